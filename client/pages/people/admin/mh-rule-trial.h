/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Beside the form of a rule of automatic verification: what it would have done with the values of
 * the last days, before it is put in force. */
#include <gtk/gtk.h>

#include "client/models/mh-record-slot.h"

G_BEGIN_DECLS

/* @slot holds an mh_auto_rule_type. */
GtkWidget *mh_rule_trial_new (MhContext *context, MhRecordSlot *slot);

G_END_DECLS
