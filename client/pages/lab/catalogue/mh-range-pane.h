/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The ranges of one analyte: drawn over the ages, listed, changed, with what is missing said. */
#include "client/widgets/base/mh-pane.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_RANGE_PANE (mh_range_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhRangePane, mh_range_pane, MH, RANGE_PANE, MhPane)

GtkWidget *mh_range_pane_new (MhContext *context);
void mh_range_pane_show (MhRangePane *pane, MhRecord *analyte);

G_END_DECLS
