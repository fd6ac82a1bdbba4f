/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Registering a patient, five fields first, or changing one. Possible duplicates are shown while
 * typing. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* Told the saved (or waiting) record; the dialog closes by itself. @order: the person wants to
 * order tests for the patient next. */
typedef void (*MhPatientSaved) (MhRecord *patient, gboolean waiting, gboolean order, gpointer data);

/* @patient NULL: a new one, with what was left of an unsaved form. @typed: what stood in the search
 * box, put where it fits; or NULL. */
void mh_patient_dialog_show (GtkWidget *parent,
                             MhContext *context,
                             MhRecord *patient,
                             const char *typed,
                             MhPatientSaved saved,
                             gpointer data);
/* A new one, filled from @read: what stands on an identity card (mh-identity-card.h). */
void mh_patient_dialog_show_read (GtkWidget *parent,
                                  MhContext *context,
                                  MhRecord *read,
                                  MhPatientSaved saved,
                                  gpointer data);

G_END_DECLS
