/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is said about a paper, or about a consent: a form by description, the file above it where
 * there is one. */
#include "client/mh-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @record: as it was saved; or as it was filled in, when nobody was asked to save it. */
typedef void (*MhPaperDone) (GtkWidget *opener, MhRecord *record, gboolean waiting);

typedef struct
{
  const char *title, *button; /* in the person's language */
  MhRecord *record;           /* what is known; a new one unless it has a version */
  const char *const *fields;
  const char *route; /* "consent.create", "document.update"; NULL: the opener saves */
  GBytes *file;      /* shown above the form, or NULL */
  const char *content_type;
  gboolean signed_paper; /* of a consent: offers the patient's papers */
  MhPaperDone done;
} MhPaperAsk;

void mh_paper_dialog_show (GtkWidget *opener, MhContext *context, const MhPaperAsk *ask);

G_END_DECLS
