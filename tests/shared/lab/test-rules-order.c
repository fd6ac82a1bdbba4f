/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"
#include "shared/rules/lab/mh-order-rules.h"

#include <string.h>

static void
test_tabs (void)
{
  static const struct
  {
    const char *status, *payment_state;
    gint64 due;
    const char *tab, *method;
  } rows[] = {
    { "placed", "unpaid", 1, "cod" },
    { "placed", "paid", 0, "paid" },
    { "placed", "part_paid", 1, "cod" },
    { "placed", "paid", -1, "paid" },
    { "placed", "failed", 1, "failed" },
    { "collected", "unpaid", 1, "cod" },
    { "collected", "paid", 0, "paid" },
    { "collected", "failed", 1, "failed" },
    { "processing", "unpaid", 1, "processing" },
    { "processing", "failed", 1, "processing" },
    { "processing", "paid", 0, "processing" },
    { "resulted", "paid", 0, "processing" },
    { "completed", "paid", 0, "completed" },
    { "completed", "unpaid", 1, "completed" },
    { "expired", "unpaid", 1, NULL },
    { "expired", "failed", 1, NULL, "online" },
    { "placed", "unpaid", 1, NULL, "online" },
    { "placed", "part_paid", 1, NULL, "online" },
    { "placed", "failed", 1, "failed", "online" },
    { "placed", "paid", 0, "paid", "online" },
    { "placed", "unpaid", 1, "cod", "cod" },
    { "placed", "unpaid", 1, "cod", "cash" },
    { "placed", "unpaid", 1, "cod", "card" },
    { "placed", "unpaid", 1, "paid", "insurance" },
    { "collected", "unpaid", 1, "paid", "insurance" },
    { "processing", "unpaid", 1, "processing", "insurance" },
    { "cancelled", "unpaid", 1, NULL },
    { "cancelled", "failed", 1, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) order = mh_record_new (&mh_order_type);
      mh_record_set_text (order, MH_ORDER_STATUS, rows[i].status);
      mh_record_set_text (order, MH_ORDER_PAYMENT_STATE, rows[i].payment_state);
      mh_record_set_int (order, MH_ORDER_DUE, rows[i].due);
      mh_record_set_text (order, MH_ORDER_PAYMENT_METHOD, rows[i].method);
      g_assert_cmpstr (mh_order_rules_tab (order), ==, rows[i].tab);
    }
}

/* Items by their first letters: t(o collect), c(ollected), r(eceived), e(ntered: resulted),
 * v(erified), x (cancelled). */
static void
test_status (void)
{
  static const struct
  {
    const char *items, *status;
  } rows[] = { { "", "cancelled" },    { "x", "cancelled" },   { "t", "placed" },
               { "tt", "placed" },     { "tc", "placed" },     { "c", "collected" },
               { "cc", "collected" },  { "cx", "collected" },  { "tr", "processing" },
               { "cr", "processing" }, { "r", "processing" },  { "re", "processing" },
               { "te", "processing" }, { "tv", "processing" }, { "e", "resulted" },
               { "ev", "resulted" },   { "ex", "resulted" },   { "v", "completed" },
               { "vv", "completed" },  { "vx", "completed" } };
  static const char letters[] = "tcrevx";
  static const char *const statuses[]
      = { "to_collect", "collected", "received", "resulted", "verified", "cancelled" };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
      for (const char *c = rows[i].items; *c != 0; c++)
        {
          MhRecord *item = mh_record_new (&mh_order_item_type);
          mh_record_set_text (item, MH_ORDER_ITEM_STATUS, statuses[strchr (letters, *c) - letters]);
          g_ptr_array_add (items, item);
        }
      g_assert_cmpstr (mh_order_rules_status (items), ==, rows[i].status);
    }
}

/* Every pair of a status and an event: what is not in this list is out of order. */
static const char *const steps[] = {
  "to_collect label_printed to_collect",
  "to_collect identified to_collect",
  "to_collect collected collected",
  "to_collect cancelled cancelled",
  "collected label_printed collected",
  "collected handed_over in_transit",
  "collected received received",
  "collected rejected rejected",
  "in_transit handed_over in_transit",
  "in_transit received received",
  "in_transit rejected rejected",
  "received label_printed received",
  "received unreceived collected",
  "received accepted received",
  "received aliquoted received",
  "received loaded received",
  "received rejected rejected",
  "received stored stored",
  "received disposed disposed",
  "stored stored stored",
  "stored referred referred",
  "referred disposed disposed",
  "rejected retrieved rejected",
  "received referred referred",
  "stored retrieved received",
  "stored disposed disposed",
  "referred received received",
  "rejected disposed disposed",
  "rejected stored rejected",
  NULL,
};

static void
test_sample_steps (void)
{
  guint allowed = 0;
  for (const MhCode *status = mh_sample_status_codes; status->code != NULL; status++)
    for (const MhCode *event = mh_custody_codes; event->code != NULL; event++)
      {
        const char *after = mh_sample_rules_after (status->code, event->code);
        if (after == NULL)
          after = "";
        g_autofree char *step = g_strdup_printf ("%s %s %s", status->code, event->code, after);
        gboolean listed = g_strv_contains (steps, step);
        if (listed != (*after != 0))
          g_error ("%s", step);
        allowed += listed;
      }
  g_assert_cmpuint (allowed, ==, G_N_ELEMENTS (steps) - 1);
  g_assert_null (mh_sample_rules_after (NULL, MH_CUSTODY_COLLECTED));
  g_assert_null (mh_sample_rules_after (MH_SAMPLE_STATUS_TO_COLLECT, "dropped"));
}

static void
test_sample_rights (void)
{
  static const char *const collectors[]
      = { "label_printed", "identified", "collected", "handed_over", NULL };
  static const char *const reasons[] = { "rejected", "cancelled", NULL };
  for (const MhCode *event = mh_custody_codes; event->code != NULL; event++)
    {
      g_assert_cmpstr (mh_sample_rules_permission (event->code), ==,
                       g_strv_contains (collectors, event->code) ? "sample.collect"
                                                                 : "sample.receive");
      g_assert_cmpint (mh_sample_rules_needs_reason (event->code), ==,
                       g_strv_contains (reasons, event->code));
    }
}

static void
test_tubes (void)
{
  static const struct
  {
    const char *container, *bench, *specimen;
    gboolean shares;
  } rows[] = { { "STERILE", "M", "cerebrospinal fluid", TRUE },
               { "STERILE", "M", "urine, midstream", FALSE },
               { "STERILE", "B", "cerebrospinal fluid", FALSE },
               { "SWAB", "M", "cerebrospinal fluid", FALSE } };
  g_autoptr (MhRecord) sample = mh_record_new (&mh_sample_type);
  mh_record_set_text (sample, MH_SAMPLE_CONTAINER, "STERILE");
  mh_record_set_text (sample, MH_SAMPLE_BENCH, "M");
  mh_record_set_text (sample, MH_SAMPLE_SPECIMEN, "cerebrospinal fluid");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) test = mh_record_new (&mh_test_type);
      mh_record_set_text (test, MH_TEST_CONTAINER, rows[i].container);
      mh_record_set_text (test, MH_TEST_BENCH, rows[i].bench);
      mh_record_set_text (test, MH_TEST_SPECIMEN, rows[i].specimen);
      g_assert_cmpint (mh_tube_rules_shares (sample, test), ==, rows[i].shares);
    }
}

/* Blood culture, citrate, serum, heparin, EDTA, fluoride; then what is not drawn. */
static void
test_draw_order (void)
{
  static const struct
  {
    gint64 order;
    const char *accession;
  } sorted[]
      = { { 1, "Z" }, { 2, "A" }, { 3, "A" }, { 3, "B" }, { 6, "A" }, { 0, "A" }, { 0, "B" } };
  for (gsize i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (sorted); j++)
      {
        g_autoptr (MhRecord) a = mh_record_new (&mh_sample_type);
        g_autoptr (MhRecord) b = mh_record_new (&mh_sample_type);
        mh_record_set_text (a, MH_SAMPLE_ACCESSION, sorted[i].accession);
        mh_record_set_text (b, MH_SAMPLE_ACCESSION, sorted[j].accession);
        if (sorted[i].order > 0)
          mh_record_set_int (a, MH_SAMPLE_DRAW_ORDER, sorted[i].order);
        if (sorted[j].order > 0)
          mh_record_set_int (b, MH_SAMPLE_DRAW_ORDER, sorted[j].order);
        int expected = i < j ? -1 : i > j;
        g_assert_cmpint (CLAMP (mh_tube_rules_compare (a, b), -1, 1), ==, expected);
      }
}

static void
test_report_steps (void)
{
  /* One row for each status, one column for each, in the order of mh_report_status_codes. */
  static const char *const table[] = {
    /* registered       */ ".YYY...Y.",
    /* partial          */ ".YYY...Y.",
    /* preliminary      */ "..YY...YY",
    /* final            */ "....YYY.Y",
    /* corrected        */ "....YYY.Y",
    /* amended          */ "....YYY.Y",
    /* appended         */ "....YYY.Y",
    /* cancelled        */ ".........",
    /* entered_in_error */ ".........",
  };
  guint n = 0;
  for (; mh_report_status_codes[n].code != NULL; n++)
    for (guint k = 0; mh_report_status_codes[k].code != NULL; k++)
      if (mh_report_rules_may_become (mh_report_status_codes[n].code,
                                      mh_report_status_codes[k].code)
          != (table[n][k] == 'Y'))
        g_error ("%s to %s", mh_report_status_codes[n].code, mh_report_status_codes[k].code);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (table));
  g_assert_false (mh_report_rules_may_become (NULL, MH_REPORT_STATUS_FINAL));
  g_assert_false (mh_report_rules_may_become (MH_REPORT_STATUS_FINAL, NULL));
  static const char released[] = "..YYYYY..";
  for (guint k = 0; k < n; k++)
    g_assert_cmpint (mh_report_rules_is_released (mh_report_status_codes[k].code), ==,
                     released[k] == 'Y');
  g_assert_false (mh_report_rules_is_released (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/order/tabs", test_tabs);
  g_test_add_func ("/rules/order/status", test_status);
  g_test_add_func ("/rules/order/sample-steps", test_sample_steps);
  g_test_add_func ("/rules/order/sample-rights", test_sample_rights);
  g_test_add_func ("/rules/order/tubes", test_tubes);
  g_test_add_func ("/rules/order/draw-order", test_draw_order);
  g_test_add_func ("/rules/order/report-steps", test_report_steps);
  return g_test_run ();
}
