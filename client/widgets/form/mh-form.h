/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Field rows, one column or two where there is room. Without a list of fields: every field of the
 * type that is neither NO_FORM nor SERVER_SET nor inside another record.
 *
 *   static const char *const first[] = { "given_name", "family_name", "sex", NULL };
 *   GtkWidget *form = mh_form_new (slot, first);
 *   mh_form_add_section (MH_FORM (form), _("Address"), address);
 */
#include "client/widgets/form/mh-field-row.h"

G_BEGIN_DECLS

#define MH_TYPE_FORM (mh_form_get_type ())
/* Signal "submit": Enter in the last field or Ctrl+Enter anywhere. */
G_DECLARE_FINAL_TYPE (MhForm, mh_form, MH, FORM, GtkWidget)

GtkWidget *mh_form_new (MhRecordSlot *slot, const char *const *fields);
/* A heading and more fields below it. */
void mh_form_add_section (MhForm *form, const char *title, const char *const *fields);
MhFieldRow *mh_form_row (MhForm *form, const char *field); /* NULL: not shown */
void mh_form_focus_empty (MhForm *form); /* into the first field without a value */
/* TRUE when all may be saved; else marks the wrong fields and puts the focus on the first. */
gboolean mh_form_check (MhForm *form);
/* An error of saving: complaints go to their fields (the slot has them), the rest above. NULL
 * clears. */
void mh_form_show_error (MhForm *form, const GError *error);
/* The record was changed by the page: shows it again. */
void mh_form_refresh (MhForm *form);

G_END_DECLS
