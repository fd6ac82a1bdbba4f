/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What was done can be taken back for as long as its message stands: the call that sets it back is
 * made ready when it is done. */
#include "client/mh-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A widget that shows what this desk keeps no copy of has an action of this name, which asks for it
 * anew: it is done when something was taken back. */
#define MH_UNDO_SHOW_AGAIN "undo.show-again"

typedef struct
{
  const char *route;
  const char *id;     /* of the record in the route's path; NULL: it has none */
  MhRecord *body;     /* or NULL. Borrowed */
  MhRecord *base;     /* the record as it is now; NULL: whichever is there. Borrowed */
  const char *undone; /* what is said then */
} MhTakeBack;

/* Says @done where @from stands (nowhere for NULL), with Undo; @back NULL: without. */
void mh_undo_offer (GtkWidget *from, MhContext *context, const char *done, const MhTakeBack *back);
/* What makes @before of @after again by a patch: the fields that people fill in, null for those
 * that were empty. NULL when nothing of that kind differs. Caller owns it. */
MhRecord *mh_undo_patch (MhRecord *before, MhRecord *after);

G_END_DECLS
