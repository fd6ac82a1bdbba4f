/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A dialog with a form over a slot, once its record was sent. */
#include "client/models/mh-record-slot.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/form/mh-form.h"

G_BEGIN_DECLS

/* As mh_dialog_fail(), in the form. */
gboolean mh_saved_fail (MhDialog *dialog, const GError *error, MhForm *form, GtkWidget *save);

/* Says @done where the dialog was opened (@waiting when it is kept until the server is back; NULL:
 * @done) and closes it; what was refused is shown in the form, and @save may be pressed again.
 * TRUE: it is saved, and the slot has the answer. */
gboolean mh_saved (MhDialog *dialog,
                   MhRecordSlot *slot,
                   GAsyncResult *result,
                   MhForm *form,
                   GtkWidget *save,
                   const char *done,
                   const char *waiting);

G_END_DECLS
