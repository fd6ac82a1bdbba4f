/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Beside the form of a report template: a made-up report in that look, drawn anew while one types,
 * and the choice of the logo. */
#include <gtk/gtk.h>

#include "client/models/mh-record-slot.h"

G_BEGIN_DECLS

/* @slot holds an mh_report_template_type. */
GtkWidget *mh_template_look_new (MhContext *context, MhRecordSlot *slot);

G_END_DECLS
