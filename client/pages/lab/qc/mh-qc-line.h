/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The line below the result grid that tells how quality control stands for the analytes of a sheet;
 * it follows by itself when a control locks or releases one. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_QC_LINE (mh_qc_line_get_type ())
G_DECLARE_FINAL_TYPE (MhQcLine, mh_qc_line, MH, QC_LINE, MhPane)

/* @sheet: mh_results_sheet_type, or NULL. */
void mh_qc_line_show (MhQcLine *line, MhRecord *sheet);

G_END_DECLS
