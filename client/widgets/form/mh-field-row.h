/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One field of a record as people edit it: label above, control by kind, help or complaint below in
 * words. Checked while typing by the record's own description; a text that cannot be read (a date
 * "31/2") stays as typed, is marked and blocks saving. Dates are typed freely ("29/2/84", "45y")
 * and echoed in full.
 */
#include <gtk/gtk.h>

#include "client/models/mh-record-slot.h"

G_BEGIN_DECLS

#define MH_TYPE_FIELD_ROW (mh_field_row_get_type ())
/* Signal "activate": Enter. */
G_DECLARE_FINAL_TYPE (MhFieldRow, mh_field_row, MH, FIELD_ROW, GtkWidget)

/* @field: name in the slot's type ("phone"). NULL when the type has no such field. */
GtkWidget *mh_field_row_new (MhRecordSlot *slot, const char *field);
guint mh_field_row_index (MhFieldRow *row);
/* Shows the record's value again, after the page changed it. */
void mh_field_row_refresh (MhFieldRow *row);
/* FALSE when what stands there may not be saved; complains even if it was never touched. */
gboolean mh_field_row_check (MhFieldRow *row);
/* Says what the slot's complaints have to say about it, also when nobody has typed in it. */
void mh_field_row_complain (MhFieldRow *row);
/* What the page has to say about the value, which may be saved all the same; NULL: nothing. */
void mh_field_row_remark (MhFieldRow *row, const char *words);
/* What the page offers below the words; Tab goes there from the control. */
void mh_field_row_add_below (MhFieldRow *row, GtkWidget *offer);
void mh_field_row_set_label (MhFieldRow *row, const char *label);
/* The control that takes the focus. */
GtkWidget *mh_field_row_control (MhFieldRow *row);

G_END_DECLS
