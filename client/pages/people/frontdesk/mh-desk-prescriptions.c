/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/frontdesk/mh-desk-prescriptions.h"

#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/clinic/mh-prescription.h"

#include <glib/gi18n-lib.h>

static gboolean
desk_prescriptions_is_signed (MhRecord *prescription)
{
  return mh_record_has (prescription, MH_PRESCRIPTION_SIGNED_AT)
         && !mh_record_has (prescription, MH_PRESCRIPTION_CANCELLED_AT);
}

static char *
desk_prescriptions_day_text (MhRecord *prescription)
{
  return mh_when_day (mh_record_has (prescription, MH_PRESCRIPTION_SIGNED_AT)
                          ? mh_record_int (prescription, MH_PRESCRIPTION_SIGNED_AT)
                          : mh_record_int (prescription, MH_CREATED_AT));
}

static const MhTableColumn columns[] = {
  { .field = "number", .width = 100 },
  { .title = N_ ("Day"), .text = desk_prescriptions_day_text, .width = 100 },
  { .field = "doctor_name", .expand = TRUE },
  { .field = "status" },
  { NULL },
};

static void
desk_prescriptions_activated_cb (MhPane *pane, MhRecord *prescription)
{
  const char *args[] = { "id", mh_record_id (prescription), NULL };
  if (desk_prescriptions_is_signed (prescription))
    mh_file_answer_print (pane, "prescription.pdf", args, MH_PRINTER_PAGES, _ ("Prescription"));
  else
    mh_shell_toast (GTK_WIDGET (pane), mh_record_has (prescription, MH_PRESCRIPTION_CANCELLED_AT)
                                           ? _ ("It was withdrawn: there is nothing to print.")
                                           : _ ("It is not signed: there is nothing to print."));
}

void
mh_desk_prescriptions_setup (MhPane *pane, MhRecordTable *table, MhRecordList *prescriptions)
{
  mh_record_table_setup (table, "patient-prescriptions", &mh_prescription_type, columns,
                         G_LIST_MODEL (prescriptions), MH_TABLE_SINGLE);
  mh_record_table_set_lines (table, MH_PHONE_LEAST_WIDTH);
  g_signal_connect_object (table, "activated", G_CALLBACK (desk_prescriptions_activated_cb), pane,
                           G_CONNECT_SWAPPED);
}
