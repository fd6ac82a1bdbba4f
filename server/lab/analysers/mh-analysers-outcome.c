/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-outcome.h"

#include "shared/base/mh-error.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyser.h"

#define DETAIL_MOST 400

void
mh_analysers_leave (MhRecord *result, const char *reason, const char *detail)
{
  mh_record_set_text (result, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_OPEN);
  mh_record_set_text (result, MH_DEVICE_RESULT_REASON, reason);
  mh_record_take_text (result, MH_DEVICE_RESULT_DETAIL,
                       detail != NULL ? mh_text_cut (detail, DETAIL_MOST) : NULL);
}

void
mh_analysers_ignore (MhRecord *result, const char *detail)
{
  mh_record_set_text (result, MH_DEVICE_RESULT_STATUS, MH_DEVICE_RESULT_IGNORED);
  mh_record_set_text (result, MH_DEVICE_RESULT_DETAIL, detail);
}

gboolean
mh_analysers_is_about_values (const GError *error)
{
  return g_error_matches (error, MH_ERROR, MH_ERROR_INVALID)
         || g_error_matches (error, MH_ERROR, MH_ERROR_CONFLICT)
         || g_error_matches (error, MH_ERROR, MH_ERROR_FORBIDDEN)
         || g_error_matches (error, MH_ERROR, MH_ERROR_NOT_FOUND);
}
