/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What was begun in a form and not saved, each by its name and time: "Continue VERMA Asha, begun
 * 10:42". For a new record whose slot keeps several drafts (mh_record_slot_begin() with a name that
 * ends with a slash); nothing is shown otherwise. Only drafts are offered that are about the same:
 * whatever the record says beside the fields of the form (its patient) must be equal.
 */
#include <gtk/gtk.h>

#include "client/models/mh-record-slot.h"

G_BEGIN_DECLS

/* Signal "continued": one of them is in the slot now. */
#define MH_TYPE_FORM_DRAFTS (mh_form_drafts_get_type ())
G_DECLARE_FINAL_TYPE (MhFormDrafts, mh_form_drafts, MH, FORM_DRAFTS, GtkWidget)

/* @is_shown: has the form a row for this field? @form: what it is asked with, borrowed. */
GtkWidget *mh_form_drafts_new (MhRecordSlot *slot,
                               gboolean (*is_shown) (gpointer form, guint field),
                               gpointer form);

G_END_DECLS
