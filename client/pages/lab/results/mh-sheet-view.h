/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The results of an order to be read, not changed: value, flag by word and arrow, range, what was
 * measured before, what was remarked. */
#include "client/widgets/base/mh-pane.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_SHEET_VIEW (mh_sheet_view_get_type ())
G_DECLARE_FINAL_TYPE (MhSheetView, mh_sheet_view, MH, SHEET_VIEW, MhPane)

/* mh_results_sheet_type; NULL: empty. */
void mh_sheet_view_show (MhSheetView *view, MhRecord *sheet);
/* The keys to its rows, as soon as there are any. */
void mh_sheet_view_grab (MhSheetView *view);

G_END_DECLS
