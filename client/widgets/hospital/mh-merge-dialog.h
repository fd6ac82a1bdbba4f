/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Both versions of a record side by side; for each field in which they differ a person chooses. */
#include "client/models/mh-merge.h"
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

#define MH_TYPE_MERGE_DIALOG (mh_merge_dialog_get_type ())
/* Signal "decided" (MhMerge *), with the choices made; the dialog closes after it. Closing it
 * otherwise decides nothing. */
G_DECLARE_FINAL_TYPE (MhMergeDialog, mh_merge_dialog, MH, MERGE_DIALOG, MhDialog)

MhDialog *mh_merge_dialog_new (MhContext *context, MhMerge *merge);

G_END_DECLS
