/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Everything that is known of a record, to be read: an audit entry with its changes, a job with its
 * error. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

void mh_look_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *record);

G_END_DECLS
