/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Quality control: where each analyser and analyte stands, its chart, and what to do about it. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_QC_PAGE (mh_qc_page_get_type ())
G_DECLARE_FINAL_TYPE (MhQcPage, mh_qc_page, MH, QC_PAGE, MhPane)

GtkWidget *mh_qc_page_new (MhContext *context);

G_END_DECLS
