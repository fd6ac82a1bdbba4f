/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-report-rules.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"

/* clang-format off */
/* Table 0123 has no W, which 0085 has: as a whole such a report is told as one without results. */
static const MhReportMeaning meanings[] = {
  { MH_REPORT_STATUS_REGISTERED,       "registered",       "O", "I" },
  { MH_REPORT_STATUS_PARTIAL,          "partial",          "A", "F", .watermark = TRUE },
  { MH_REPORT_STATUS_PRELIMINARY,      "preliminary",      "P", "P", .watermark = TRUE },
  { MH_REPORT_STATUS_FINAL,            "final",            "F", "F" },
  { MH_REPORT_STATUS_CORRECTED,        "corrected",        "C", "C", .revision = TRUE },
  { MH_REPORT_STATUS_AMENDED,          "amended",          "C", "C", .revision = TRUE },
  { MH_REPORT_STATUS_APPENDED,         "appended",         "C", "C", .revision = TRUE },
  { MH_REPORT_STATUS_CANCELLED,        "cancelled",        "X", "X", .watermark = TRUE, .struck = TRUE },
  { MH_REPORT_STATUS_ENTERED_IN_ERROR, "entered-in-error", "X", "W", .watermark = TRUE, .struck = TRUE },
};
/* clang-format on */

static gboolean
report_rules_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

const MhReportMeaning *
mh_report_rules_meaning (const char *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (report_rules_is (meanings[i].status, status))
      return &meanings[i];
  return NULL;
}

static const char *
registered_code (GPtrArray *samples)
{
  static const char *const in_work[]
      = { MH_SAMPLE_STATUS_RECEIVED, MH_SAMPLE_STATUS_STORED, MH_SAMPLE_STATUS_REFERRED, NULL };
  static const char *const gone[]
      = { MH_SAMPLE_STATUS_REJECTED, MH_SAMPLE_STATUS_CANCELLED, MH_SAMPLE_STATUS_DISPOSED, NULL };
  const char *code = "O";

  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      const char *status = mh_record_text (g_ptr_array_index (samples, i), MH_SAMPLE_STATUS);
      if (status == NULL || report_rules_is (status, MH_SAMPLE_STATUS_TO_COLLECT)
          || g_strv_contains (gone, status))
        continue;
      if (g_strv_contains (in_work, status))
        return "I";
      code = "S";
    }

  return code;
}

const char *
mh_report_rules_obr25 (const char *status, GPtrArray *samples)
{
  const MhReportMeaning *meaning = mh_report_rules_meaning (status);
  if (report_rules_is (status, MH_REPORT_STATUS_REGISTERED))
    return registered_code (samples);
  return meaning != NULL ? meaning->obr25 : NULL;
}

const char *
mh_report_rules_obx11 (const char *status, const char *result_status, gboolean is_changed)
{
  const MhReportMeaning *meaning = mh_report_rules_meaning (status);
  gboolean verified = report_rules_is (result_status, MH_RESULT_STATUS_VERIFIED)
                      || report_rules_is (result_status, MH_RESULT_STATUS_CORRECTED);
  if (meaning == NULL)
    return NULL;
  if (meaning->struck)
    return meaning->obx11;
  if (report_rules_is (result_status, MH_RESULT_STATUS_CANCELLED))
    return "X";
  if (report_rules_is (result_status, MH_RESULT_STATUS_ENTERED))
    return meaning->watermark ? "R" : "I";
  if (!verified)
    return meaning->watermark || report_rules_is (status, MH_REPORT_STATUS_REGISTERED) ? "I" : NULL;

  return meaning->revision && !is_changed ? "F" : meaning->obx11;
}

const char *
mh_report_rules_stage (GPtrArray *items)
{
  guint final = 0, open = 0;
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const char *status = mh_record_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_STATUS);
      final += report_rules_is (status, MH_ITEM_STATUS_VERIFIED);
      open += !report_rules_is (status, MH_ITEM_STATUS_VERIFIED)
              && !report_rules_is (status, MH_ITEM_STATUS_CANCELLED);
    }
  if (open > 0)
    return final > 0 ? MH_REPORT_STATUS_PARTIAL : MH_REPORT_STATUS_REGISTERED;
  return final > 0 ? MH_REPORT_STATUS_FINAL : MH_REPORT_STATUS_CANCELLED;
}
