/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/frontdesk/mh-patient-papers.h"

#include "client/models/mh-photo.h"
#include "client/models/mh-read.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/media/mh-document-print.h"
#include "shared/base/mh-day.h"
#include "shared/records/people/mh-patient.h"
#include "shared/reports/mh-report-label.h"
#include "shared/reports/people/mh-report-wristband.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *from;
  MhContext *context;
  MhRecord *patient, *hospital;
  MhPatientPaper paper;
} Printing;

static void
patient_papers_printing_free (Printing *printing)
{
  g_object_unref (printing->from);
  g_object_unref (printing->context);
  g_object_unref (printing->patient);
  g_clear_object (&printing->hospital);
  g_free (printing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printing, patient_papers_printing_free)

static void
patient_papers_print (Printing *printing, GBytes *photo)
{
  char today[11];
  gboolean is_card = printing->paper == MH_PATIENT_PAPER_CARD;
  gboolean small = mh_report_wristband_is_small (printing->patient, mh_when_today_text (today));
  const char *language = mh_day_language ();
  g_autoptr (MhDocument) document
      = is_card ? mh_report_patient_card (printing->hospital, printing->patient, photo, language)
                : mh_report_wristband (printing->hospital, printing->patient, small, language);
  mh_document_print (printing->from,
                     &(MhPrintWanted){ .printer = MH_PRINTER_LABELS,
                                       .name = is_card ? _ ("Patient card") : _ ("Wristband") },
                     document);
}

static void
patient_papers_photo_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Printing) printing = data;
  g_autoptr (GBytes) photo = mh_photo_finish (result);
  patient_papers_print (printing, photo);
}

static void
patient_papers_hospital_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Printing *printing = data;
  g_autoptr (GError) error = NULL;
  printing->hospital = mh_read_finish (result, &error);

  if (printing->hospital != NULL && printing->paper == MH_PATIENT_PAPER_CARD)
    {
      mh_photo_async (printing->context, printing->patient, NULL, patient_papers_photo_cb,
                      printing);
      return;
    }

  if (printing->hospital != NULL)
    patient_papers_print (printing, NULL);
  else
    mh_shell_fail (printing->from, error);

  patient_papers_printing_free (printing);
}

void
mh_patient_paper_print (GtkWidget *from,
                        MhContext *context,
                        MhRecord *patient,
                        MhPatientPaper paper)
{
  if (!mh_record_has (patient, MH_PATIENT_MRN))
    {
      mh_shell_toast (from, _ ("The MRN comes when the server is back; print it then."));
      return;
    }

  Printing *printing = g_new0 (Printing, 1);
  printing->from = g_object_ref (from);
  printing->context = g_object_ref (context);
  printing->patient = g_object_ref (patient);
  printing->paper = paper;
  mh_read_async (context, "hospital.read", mh_record_text (patient, MH_PATIENT_HOSPITAL_ID), NULL,
                 patient_papers_hospital_cb, printing);
}
