/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The paper on which a consent was signed, chosen from those of its patient: consents first. */
#include "client/models/mh-record-slot.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @slot: of a consent that says whose it is. */
GtkWidget *mh_paper_choice_new (MhRecordSlot *slot);
/* What takes the focus in it. */
GtkWidget *mh_paper_choice_control (GtkWidget *choice);

G_END_DECLS
