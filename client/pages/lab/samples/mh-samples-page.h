/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Tubes before and after the bench: rounds, hand-overs, storage, other laboratories. Opens on
 * "rounds", "handover", "storage" or "referral". */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_SAMPLES_PAGE (mh_samples_page_get_type ())
G_DECLARE_FINAL_TYPE (MhSamplesPage, mh_samples_page, MH, SAMPLES_PAGE, MhPane)

GtkWidget *mh_samples_page_new (MhContext *context);

G_END_DECLS
