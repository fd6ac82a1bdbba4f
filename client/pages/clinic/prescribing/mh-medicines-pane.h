/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Medicines in a patient's chart: what is taken now, and everything that was ever prescribed. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_MEDICINES_PANE (mh_medicines_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhMedicinesPane, mh_medicines_pane, MH, MEDICINES_PANE, MhPane)

GtkWidget *mh_medicines_pane_new (MhContext *context);

G_END_DECLS
