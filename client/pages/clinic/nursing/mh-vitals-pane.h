/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A patient's vital signs: trends and table. open() takes the patient's id. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_VITALS_PANE (mh_vitals_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhVitalsPane, mh_vitals_pane, MH, VITALS_PANE, MhPane)

GtkWidget *mh_vitals_pane_new (MhContext *context);

G_END_DECLS
