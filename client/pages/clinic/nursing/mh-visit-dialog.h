/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Opens a visit for somebody who comes without an appointment. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

#define MH_TYPE_VISIT_DIALOG (mh_visit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhVisitDialog, mh_visit_dialog, MH, VISIT_DIALOG, MhDialog)

/* Goes to the visit when it is open. */
void mh_visit_dialog_show (GtkWidget *opener, MhContext *context);

G_END_DECLS
