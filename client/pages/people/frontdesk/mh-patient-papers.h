/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The patient's card and wristband, drawn here, so that they come without the server too. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

typedef enum
{
  MH_PATIENT_PAPER_CARD,
  MH_PATIENT_PAPER_WRISTBAND,
} MhPatientPaper;

/* Nothing without an MRN: it is what both papers are for; @from is told so in a toast. */
void mh_patient_paper_print (GtkWidget *from,
                             MhContext *context,
                             MhRecord *patient,
                             MhPatientPaper paper);

G_END_DECLS
