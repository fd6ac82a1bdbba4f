/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Allergies and intolerances in a patient's chart, to be noted, changed and taken back; "none
 * known" in one press. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ALLERGIES_PANE (mh_allergies_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhAllergiesPane, mh_allergies_pane, MH, ALLERGIES_PANE, MhPane)

GtkWidget *mh_allergies_pane_new (MhContext *context);

G_END_DECLS
