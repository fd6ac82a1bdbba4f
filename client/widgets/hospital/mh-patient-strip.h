/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Name (and native script), age and sex, MRN, phone, allergies as a chip with word and shape,
 * flags. Stands above every clinical screen and never scrolls away. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_TYPE_PATIENT_STRIP (mh_patient_strip_get_type ())
G_DECLARE_FINAL_TYPE (MhPatientStrip, mh_patient_strip, MH, PATIENT_STRIP, GtkWidget)

GtkWidget *mh_patient_strip_new (void);
/* mh_patient_type; NULL: hidden. Follows the record's changes. @today: "YYYY-MM-DD", for the age.
 */
void mh_patient_strip_show (MhPatientStrip *strip, MhRecord *patient, const char *today);
/* Who is shown; NULL: nobody. */
MhRecord *mh_patient_strip_patient (MhPatientStrip *strip);
/* Fetches the patient (from the local copy when the server is away) and shows them; hidden until
 * then, and with @id NULL. Another one wanted meanwhile wins. */
void mh_patient_strip_load (MhPatientStrip *strip, MhContext *context, const char *id);

G_END_DECLS
