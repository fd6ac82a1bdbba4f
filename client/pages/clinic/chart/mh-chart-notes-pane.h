/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The notes of a chart: the list, and beside it the one that is read or written. F4 begins one,
 * Ctrl+S keeps a draft, Ctrl+Enter signs, F6 adds to a signed one. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CHART_NOTES_PANE (mh_chart_notes_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhChartNotesPane, mh_chart_notes_pane, MH, CHART_NOTES_PANE, MhPane)

/* Its open() takes "PATIENT-ID" or "PATIENT-ID/NOTE-ID". */
GtkWidget *mh_chart_notes_pane_new (MhContext *context);

G_END_DECLS
