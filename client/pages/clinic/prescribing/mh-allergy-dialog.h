/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One allergy or intolerance in a dialog. */
#include "client/mh-context.h"
#include "client/models/mh-formulary.h"
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

#define MH_TYPE_ALLERGY_DIALOG (mh_allergy_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhAllergyDialog, mh_allergy_dialog, MH, ALLERGY_DIALOG, MhDialog)

/* @allergy to be changed; NULL: a new one of @patient_id. @formulary tells what a name means to the
 * checks. */
void mh_allergy_dialog_edit (GtkWidget *opener,
                             MhContext *context,
                             MhFormulary *formulary,
                             const char *patient_id,
                             MhRecord *allergy);

G_END_DECLS
