/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-order-rules.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"

#include <string.h>

static gboolean
order_rules_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

const char *
mh_order_rules_tab (MhRecord *order)
{
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  const char *method = mh_record_text (order, MH_ORDER_PAYMENT_METHOD);
  if (order_rules_is (status, MH_ORDER_STATUS_CANCELLED)
      || order_rules_is (status, MH_ORDER_STATUS_EXPIRED))
    return NULL;
  if (order_rules_is (status, MH_ORDER_STATUS_COMPLETED))
    return MH_ORDER_TAB_COMPLETED;
  if (order_rules_is (status, MH_ORDER_STATUS_PROCESSING)
      || order_rules_is (status, MH_ORDER_STATUS_RESULTED))
    return MH_ORDER_TAB_PROCESSING;
  if (order_rules_is (mh_record_text (order, MH_ORDER_PAYMENT_STATE), MH_PAYMENT_STATE_FAILED))
    return MH_ORDER_TAB_FAILED;

  /* What an insurer is to pay does not keep the laboratory waiting. */
  if (mh_record_int (order, MH_ORDER_DUE) <= 0 || order_rules_is (method, MH_METHOD_INSURANCE))
    return MH_ORDER_TAB_PAID;

  return order_rules_is (method, MH_METHOD_ONLINE) ? NULL : MH_ORDER_TAB_COD;
}

/* How far an item has come; the order stands where its slowest live item stands. */
static int
item_rank (const char *status)
{
  static const char *const ranks[]
      = { MH_ITEM_STATUS_TO_COLLECT, MH_ITEM_STATUS_COLLECTED, MH_ITEM_STATUS_RECEIVED,
          MH_ITEM_STATUS_RESULTED, MH_ITEM_STATUS_VERIFIED };
  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    if (order_rules_is (status, ranks[i]))
      return (int)i;
  return -1;
}

const char *
mh_order_rules_status (GPtrArray *items)
{
  int least = G_MAXINT, most = -1;
  for (guint i = 0; i < items->len; i++)
    {
      int rank = item_rank (mh_record_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_STATUS));
      if (rank < 0)
        continue;
      least = MIN (least, rank);
      most = MAX (most, rank);
    }

  if (most < 0)
    return MH_ORDER_STATUS_CANCELLED;
  if (least == 4)
    return MH_ORDER_STATUS_COMPLETED;
  if (least == 3)
    return MH_ORDER_STATUS_RESULTED;

  /* One tube in the laboratory is enough for the order to be in work. */
  if (most >= 2)
    return MH_ORDER_STATUS_PROCESSING;

  return least == 1 ? MH_ORDER_STATUS_COLLECTED : MH_ORDER_STATUS_PLACED;
}

typedef struct
{
  const char *status, *event, *after;
} Step;

/* clang-format off */
static const Step steps[] = {
  { MH_SAMPLE_STATUS_TO_COLLECT, MH_CUSTODY_LABEL_PRINTED, MH_SAMPLE_STATUS_TO_COLLECT },
  { MH_SAMPLE_STATUS_TO_COLLECT, MH_CUSTODY_IDENTIFIED,    MH_SAMPLE_STATUS_TO_COLLECT },
  { MH_SAMPLE_STATUS_TO_COLLECT, MH_CUSTODY_COLLECTED,     MH_SAMPLE_STATUS_COLLECTED },
  { MH_SAMPLE_STATUS_TO_COLLECT, MH_CUSTODY_CANCELLED,     MH_SAMPLE_STATUS_CANCELLED },
  { MH_SAMPLE_STATUS_COLLECTED,  MH_CUSTODY_LABEL_PRINTED, MH_SAMPLE_STATUS_COLLECTED },
  { MH_SAMPLE_STATUS_COLLECTED,  MH_CUSTODY_HANDED_OVER,   MH_SAMPLE_STATUS_IN_TRANSIT },
  { MH_SAMPLE_STATUS_COLLECTED,  MH_CUSTODY_RECEIVED,      MH_SAMPLE_STATUS_RECEIVED },
  { MH_SAMPLE_STATUS_COLLECTED,  MH_CUSTODY_REJECTED,      MH_SAMPLE_STATUS_REJECTED },
  { MH_SAMPLE_STATUS_IN_TRANSIT, MH_CUSTODY_HANDED_OVER,   MH_SAMPLE_STATUS_IN_TRANSIT },
  { MH_SAMPLE_STATUS_IN_TRANSIT, MH_CUSTODY_RECEIVED,      MH_SAMPLE_STATUS_RECEIVED },
  { MH_SAMPLE_STATUS_IN_TRANSIT, MH_CUSTODY_REJECTED,      MH_SAMPLE_STATUS_REJECTED },
  { MH_SAMPLE_STATUS_RECEIVED,   MH_CUSTODY_LABEL_PRINTED, MH_SAMPLE_STATUS_RECEIVED },
  { MH_SAMPLE_STATUS_RECEIVED,   MH_CUSTODY_UNRECEIVED,    MH_SAMPLE_STATUS_COLLECTED },
  { MH_SAMPLE_STATUS_RECEIVED,   MH_CUSTODY_ACCEPTED,      MH_SAMPLE_STATUS_RECEIVED },
  { MH_SAMPLE_STATUS_RECEIVED,   MH_CUSTODY_ALIQUOTED,     MH_SAMPLE_STATUS_RECEIVED },
  { MH_SAMPLE_STATUS_RECEIVED,   MH_CUSTODY_LOADED,        MH_SAMPLE_STATUS_RECEIVED },
  { MH_SAMPLE_STATUS_RECEIVED,   MH_CUSTODY_REJECTED,      MH_SAMPLE_STATUS_REJECTED },
  { MH_SAMPLE_STATUS_RECEIVED,   MH_CUSTODY_STORED,        MH_SAMPLE_STATUS_STORED },
  { MH_SAMPLE_STATUS_RECEIVED,   MH_CUSTODY_REFERRED,      MH_SAMPLE_STATUS_REFERRED },
  { MH_SAMPLE_STATUS_RECEIVED,   MH_CUSTODY_DISPOSED,      MH_SAMPLE_STATUS_DISPOSED },
  { MH_SAMPLE_STATUS_STORED,     MH_CUSTODY_STORED,        MH_SAMPLE_STATUS_STORED },
  { MH_SAMPLE_STATUS_STORED,     MH_CUSTODY_REFERRED,      MH_SAMPLE_STATUS_REFERRED },
  { MH_SAMPLE_STATUS_STORED,     MH_CUSTODY_RETRIEVED,     MH_SAMPLE_STATUS_RECEIVED },
  { MH_SAMPLE_STATUS_STORED,     MH_CUSTODY_DISPOSED,      MH_SAMPLE_STATUS_DISPOSED },
  { MH_SAMPLE_STATUS_REFERRED,   MH_CUSTODY_RECEIVED,      MH_SAMPLE_STATUS_RECEIVED },
  { MH_SAMPLE_STATUS_REFERRED,   MH_CUSTODY_DISPOSED,      MH_SAMPLE_STATUS_DISPOSED },
  { MH_SAMPLE_STATUS_REJECTED,   MH_CUSTODY_RETRIEVED,     MH_SAMPLE_STATUS_REJECTED },
  { MH_SAMPLE_STATUS_REJECTED,   MH_CUSTODY_DISPOSED,      MH_SAMPLE_STATUS_DISPOSED },
  { MH_SAMPLE_STATUS_REJECTED,   MH_CUSTODY_STORED,        MH_SAMPLE_STATUS_REJECTED },
};
/* clang-format on */

const char *
mh_sample_rules_after (const char *status, const char *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (order_rules_is (steps[i].status, status) && order_rules_is (steps[i].event, event))
      return steps[i].after;
  return NULL;
}

const char *
mh_sample_rules_permission (const char *event)
{
  static const char *const at_the_bed[] = { MH_CUSTODY_LABEL_PRINTED, MH_CUSTODY_IDENTIFIED,
                                            MH_CUSTODY_COLLECTED, MH_CUSTODY_HANDED_OVER, NULL };
  return g_strv_contains (at_the_bed, event) ? "sample.collect" : "sample.receive";
}

gboolean
mh_sample_rules_needs_reason (const char *event)
{
  return order_rules_is (event, MH_CUSTODY_REJECTED)
         || order_rules_is (event, MH_CUSTODY_CANCELLED);
}

gboolean
mh_sample_rules_is_reject_reason (const char *reason)
{
  for (const MhCode *code = mh_reject_reason_codes; code->code != NULL; code++)
    if (order_rules_is (code->code, reason))
      return TRUE;
  return FALSE;
}

gboolean
mh_sample_rules_is_irreplaceable (const char *specimen, int age_days)
{
  static const char *const words[]
      = { "cerebrospinal", "csf", "biops", "tissue", "marrow", "aspirat", "amniotic", "vitreous" };
  g_autofree char *folded = specimen != NULL ? g_ascii_strdown (specimen, -1) : NULL;
  for (guint i = 0; folded != NULL && i < G_N_ELEMENTS (words); i++)
    if (strstr (folded, words[i]) != NULL)
      return TRUE;
  return age_days >= 0 && age_days < 28;
}

gboolean
mh_tube_rules_shares (MhRecord *sample, MhRecord *test)
{
  return order_rules_is (mh_record_text (sample, MH_SAMPLE_CONTAINER),
                         mh_record_text (test, MH_TEST_CONTAINER))
         && order_rules_is (mh_record_text (sample, MH_SAMPLE_BENCH),
                            mh_record_text (test, MH_TEST_BENCH))
         && order_rules_is (mh_record_text (sample, MH_SAMPLE_SPECIMEN),
                            mh_record_text (test, MH_TEST_SPECIMEN));
}

static gint64
draw_rank (MhRecord *sample)
{
  gint64 order = mh_record_int (sample, MH_SAMPLE_DRAW_ORDER);
  return order > 0 ? order : G_MAXINT64;
}

int
mh_tube_rules_compare (MhRecord *a, MhRecord *b)
{
  gint64 left = draw_rank (a), right = draw_rank (b);
  if (left != right)
    return left < right ? -1 : 1;
  return g_strcmp0 (mh_record_text (a, MH_SAMPLE_ACCESSION),
                    mh_record_text (b, MH_SAMPLE_ACCESSION));
}

/* clang-format off */
static const struct
{
  const char *from;
  const char *const to[8];
} report_steps[] = {
  { MH_REPORT_STATUS_REGISTERED,  { MH_REPORT_STATUS_PARTIAL, MH_REPORT_STATUS_PRELIMINARY, MH_REPORT_STATUS_FINAL, MH_REPORT_STATUS_CANCELLED } },
  { MH_REPORT_STATUS_PARTIAL,     { MH_REPORT_STATUS_PARTIAL, MH_REPORT_STATUS_PRELIMINARY, MH_REPORT_STATUS_FINAL, MH_REPORT_STATUS_CANCELLED } },
  { MH_REPORT_STATUS_PRELIMINARY, { MH_REPORT_STATUS_PRELIMINARY, MH_REPORT_STATUS_FINAL, MH_REPORT_STATUS_CANCELLED, MH_REPORT_STATUS_ENTERED_IN_ERROR } },
  { MH_REPORT_STATUS_FINAL,       { MH_REPORT_STATUS_CORRECTED, MH_REPORT_STATUS_AMENDED, MH_REPORT_STATUS_APPENDED, MH_REPORT_STATUS_ENTERED_IN_ERROR } },
  { MH_REPORT_STATUS_CORRECTED,   { MH_REPORT_STATUS_CORRECTED, MH_REPORT_STATUS_AMENDED, MH_REPORT_STATUS_APPENDED, MH_REPORT_STATUS_ENTERED_IN_ERROR } },
  { MH_REPORT_STATUS_AMENDED,     { MH_REPORT_STATUS_CORRECTED, MH_REPORT_STATUS_AMENDED, MH_REPORT_STATUS_APPENDED, MH_REPORT_STATUS_ENTERED_IN_ERROR } },
  { MH_REPORT_STATUS_APPENDED,    { MH_REPORT_STATUS_CORRECTED, MH_REPORT_STATUS_AMENDED, MH_REPORT_STATUS_APPENDED, MH_REPORT_STATUS_ENTERED_IN_ERROR } },
};
/* clang-format on */

gboolean
mh_report_rules_may_become (const char *from, const char *to)
{
  for (guint i = 0; from != NULL && to != NULL && i < G_N_ELEMENTS (report_steps); i++)
    if (order_rules_is (report_steps[i].from, from))
      return g_strv_contains (report_steps[i].to, to);
  return FALSE;
}

gboolean
mh_report_rules_is_released (const char *status)
{
  static const char *const released[]
      = { MH_REPORT_STATUS_PRELIMINARY, MH_REPORT_STATUS_FINAL,    MH_REPORT_STATUS_CORRECTED,
          MH_REPORT_STATUS_AMENDED,     MH_REPORT_STATUS_APPENDED, NULL };
  return status != NULL && g_strv_contains (released, status);
}
