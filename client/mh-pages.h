/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The workspaces of the sidebar: one row each. A page is made when it is first shown; adding a
 * screen is adding a row here. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;         /* "orders": in mh_shell_go() */
  const char *label;      /* N_() */
  const char *icon;       /* symbolic icon name */
  const char *group;      /* N_() heading in the sidebar */
  const char *permission; /* shown only to who has it, or one of several ("a|b"); "": everybody */
  GtkWidget *(*make) (MhContext *context);
  const char *accel; /* "<Alt>1" or NULL */
  const char *opens; /* type code of the records that open here ("patient"), or NULL */
  /* Ids of the pages where an order (of a number or a tube) and a patient open that were scanned
   * while this one is on show and has no use for the code; NULL: where they open otherwise. */
  const char *scanned_order, *scanned_patient;
} MhPageInfo;

extern const MhPageInfo mh_pages[]; /* ends with an all-NULL row */
const MhPageInfo *mh_page_find (const char *id);
const MhPageInfo *mh_page_for_type (const char *type_code);
/* Where a scanned record of that type ("order", "patient") opens while @on (an id, may be NULL) is
 * on show; NULL: this person may see none. */
const MhPageInfo *mh_page_for_scan (const char *on, const char *type_code, MhContext *context);
gboolean mh_page_may (const MhPageInfo *page, MhContext *context);
/* Where this person's work begins; NULL: they may see nothing. */
const MhPageInfo *mh_page_home (MhContext *context);

G_END_DECLS
