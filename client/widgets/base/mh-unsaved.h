/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What was begun and not saved, by its name and time: "Continue VERMA Asha, begun 10:42", with a
 * button that discards it and then offers to take that back. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* Signal "continued": it is to be gone on with. */
#define MH_TYPE_UNSAVED (mh_unsaved_get_type ())
G_DECLARE_FINAL_TYPE (MhUnsaved, mh_unsaved, MH, UNSAVED, GtkWidget)

/* @form: the draft's name (mh-draft.h). @name: what it is, for people. */
GtkWidget *mh_unsaved_new (MhContext *context, const char *form, MhRecord *draft, const char *name);
MhRecord *mh_unsaved_draft (MhUnsaved *row);

G_END_DECLS
