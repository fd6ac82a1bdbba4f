/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-withdraw-dialog.h"

#include "client/pages/lab/results/mh-note-dialog.h"
#include "client/widgets/base/mh-shell.h"
#include "shared/records/clinic/mh-prescription.h"

#include <glib/gi18n-lib.h>

static const MhNoteKind withdraw = {
  N_ ("Withdraw the prescription"),
  N_ ("Why it is withdrawn"),
  N_ ("Withdraw"),
  "prescription.cancel",
  mh_prescription_cancel_codes,
  MH_PRESCRIPTION_CANCEL_BODY_CODE,
  MH_PRESCRIPTION_CANCEL_BODY_NOTE,
};

gboolean
mh_withdraw_fits (MhRecord *prescription)
{
  return prescription != NULL && mh_record_has (prescription, MH_PRESCRIPTION_SIGNED_AT)
         && !mh_record_has (prescription, MH_PRESCRIPTION_CANCELLED_AT);
}

static char *
what_follows (MhRecord *prescription)
{
  const char *number = mh_record_text (prescription, MH_PRESCRIPTION_NUMBER);
  const char *const *tests = mh_record_list (prescription, MH_PRESCRIPTION_TESTS);
  gboolean has_tests = tests != NULL && tests[0] != NULL;
  const char *of_tests
      = !has_tests ? ""
        : mh_record_has (prescription, MH_PRESCRIPTION_ORDER_ID)
            ? _ ("Its tests are ordered already and stay: the front desk is told, and takes them "
                 "off the order.")
            : _ ("Its tests are not waited for at the front desk any more.");

  return g_strdup_printf (
      "%s\n%s%s%s", number != NULL ? number : "",
      _ ("Its medicines count as not taken from today. The paper and its QR code say that it was "
         "withdrawn."),
      has_tests ? "\n" : "", of_tests);
}

void
mh_withdraw_dialog_show (GtkWidget *opener,
                         MhContext *context,
                         MhRecord *prescription,
                         MhNoteTold told)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_prescription_cancel_type);
  g_autofree char *about = what_follows (prescription);
  mh_note_dialog_show (opener, context, &withdraw,
                       &(MhNoteSubject){ about, mh_record_id (prescription), body }, told);
}
