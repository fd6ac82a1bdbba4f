/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Beside the form of an account: which patient this person is, so that their chart is protected. */
#include <gtk/gtk.h>

#include "client/models/mh-record-slot.h"

G_BEGIN_DECLS

/* @slot holds an mh_user_type. */
GtkWidget *mh_user_patient_new (MhContext *context, MhRecordSlot *slot);

G_END_DECLS
