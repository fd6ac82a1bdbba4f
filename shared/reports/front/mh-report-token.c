/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/front/mh-report-token.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/people/mh-hospital.h"

#include "shared/reports/mh-report-parts.h"
#include "shared/reports/money/mh-report-money.h"

MhDocument *
mh_report_token (MhRecord *hospital, MhRecord *token, const char *language)
{
  MhSlip slip;
  g_autoptr (GTimeZone) zone = mh_part_zone (hospital);
  mh_slip_begin (&slip, language, NULL);
  const MhWords *words = slip.words;
  gint64 issued = mh_record_int (token, MH_TOKEN_ISSUED_AT);
  g_autofree char *given = mh_words_instant (words, issued, zone);
  g_autofree char *due
      = mh_record_has (token, MH_TOKEN_DUE_AT)
            ? mh_words_instant (words, mh_record_int (token, MH_TOKEN_DUE_AT), zone)
            : NULL;

  mh_slip_head (&slip, hospital, NULL, NULL, mh_words (words, "Token"), 0);
  mh_slip_large (&slip, mh_record_text (token, MH_TOKEN_LABEL));
  mh_slip_centre (&slip, mh_record_text (token, MH_TOKEN_SCHEDULE_NAME));
  mh_slip_space (&slip, 4);
  mh_slip_pair (&slip, mh_words (words, "Room"), mh_record_text (token, MH_TOKEN_ROOM_NAME));
  mh_slip_pair (&slip, mh_words (words, "Patient"), mh_record_text (token, MH_TOKEN_PATIENT_NAME));
  mh_slip_pair (&slip, mh_words (words, "MRN"), mh_record_text (token, MH_TOKEN_PATIENT_MRN));
  mh_slip_pair (&slip, mh_words (words, "Booked for"), due);
  mh_slip_pair (&slip, mh_words (words, "Given"), given);
  mh_slip_dashes (&slip);
  mh_slip_note (&slip, mh_words (words, "Please wait until your number is shown."));

  return mh_slip_end (&slip, mh_words (words, "Token"), mh_record_text (hospital, MH_HOSPITAL_NAME),
                      issued);
}
