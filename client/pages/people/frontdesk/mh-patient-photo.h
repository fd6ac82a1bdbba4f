/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Adding, changing and removing the photo of a patient. It is cut square and made small here, then
 * goes the way of every document; without a server it waits in the outbox with the change of the
 * patient behind it. */
#include "client/mh-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for a picture's file. */
void mh_patient_photo_choose (GtkWidget *from, MhContext *context, MhRecord *patient);
/* Takes one with a camera. */
void mh_patient_photo_camera (GtkWidget *from, MhContext *context, MhRecord *patient);
/* @file is a picture, as it came from a camera or a drop. */
void mh_patient_photo_take (GtkWidget *from, MhContext *context, MhRecord *patient, GBytes *file);
void mh_patient_photo_remove (GtkWidget *from, MhContext *context, MhRecord *patient);

G_END_DECLS
