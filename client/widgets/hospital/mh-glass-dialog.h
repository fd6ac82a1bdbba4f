/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Opening a protected chart: who one is, once more, and why. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

#define MH_TYPE_GLASS_DIALOG (mh_glass_dialog_get_type ())
/* Signal "opened" (MhRecord, an access_grant). */
G_DECLARE_FINAL_TYPE (MhGlassDialog, mh_glass_dialog, MH, GLASS_DIALOG, MhDialog)

/* @kind: MH_PROTECTED_…. */
MhDialog *mh_glass_dialog_new (MhContext *context, const char *patient_id, const char *kind);

G_END_DECLS
