/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the codes of one analyser mean: analyte, test, unit and factor, words. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

#define MH_TYPE_CODES_DIALOG (mh_codes_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhCodesDialog, mh_codes_dialog, MH, CODES_DIALOG, MhDialog)

/* @link: an analyser_link. */
void mh_codes_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *link);

G_END_DECLS
