/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telling critical values (rules.md 3): what counts as read back, whose turn it is, what may close,
 * how fast it went. */
#include "shared/base/mh-clock.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/rules/lab/mh-critical.h"

static void
test_read_back (void)
{
  static const struct
  {
    const char *value, *said;
    gboolean holds;
  } rows[] = {
    { "6.8", "6.8", TRUE },
    { "6.8", "6.80", TRUE },
    { "6.8", "K is 6.8", TRUE },
    { "6.8", "potassium six, 6.8!", TRUE },
    { "6.8", "68", FALSE },
    { "6.8", "6.9", FALSE },
    { "6.8", "8.6", FALSE },
    { "6.8", "16.8", FALSE },
    { "6.8", "six point eight", FALSE },
    { "6.8", "", FALSE },
    { "6.8", "   ", FALSE },
    { "6.8", NULL, FALSE },
    { "20", "20", TRUE },
    { "20", "20.0", TRUE },
    { "20", "2", FALSE },
    { "<0.5", "below 0.5", TRUE },
    { "<0.5", "5", FALSE },
    { ">500", "more than 500", TRUE },
    { ">=20", "twenty or more, 20", TRUE },
    { ">=20", "seven", FALSE },
    { "<=7", "7 or less", TRUE },
    { "<=7", "17", FALSE },
    { "P. falciparum", "falciparum, yes", TRUE },
    { "P. falciparum", "", FALSE },
    { "1:160", "one to 160", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (mh_critical_read_back_holds (rows[i].value, rows[i].said) != rows[i].holds)
      g_error ("%s said as “%s”", rows[i].value, rows[i].said);
  g_assert_true (mh_critical_read_back_lacks_figure ("0.01", "WBC zero point zero one"));
  g_assert_true (mh_critical_read_back_lacks_figure (">15", NULL));
  g_assert_false (mh_critical_read_back_lacks_figure ("0.01", "WBC 0.1"));
  g_assert_false (mh_critical_read_back_lacks_figure ("P. falciparum", "falciparum"));
}

static void
test_rungs (void)
{
  static const struct
  {
    gint64 minutes; /* after it was due */
    const char *rung;
  } rows[] = {
    { -30, "orderer" }, { -1, "orderer" },  { 0, "on_call" },
    { 14, "on_call" },  { 15, "head" },     { 29, "head" },
    { 30, "director" }, { 45, "director" }, { 6000, "director" },
  };
  gint64 due = 1000 * MH_HOUR;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (mh_critical_rung_at (due, 15 * MH_MINUTE, due + rows[i].minutes * MH_MINUTE),
                     ==, rows[i].rung);
  g_assert_cmpstr (mh_critical_rung_at (due, 15 * MH_MINUTE, due - 1), ==, "orderer");
  g_assert_cmpstr (mh_critical_rung_at (due, 15 * MH_MINUTE, due + 15 * MH_MINUTE - 1), ==,
                   "on_call");
  g_assert_cmpstr (mh_critical_rung_after ("orderer"), ==, "on_call");
  g_assert_cmpstr (mh_critical_rung_after ("on_call"), ==, "head");
  g_assert_cmpstr (mh_critical_rung_after ("head"), ==, "director");
  g_assert_cmpstr (mh_critical_rung_after ("director"), ==, "director");
}

static void
test_closing (void)
{
  static const struct
  {
    const char *state;
    gboolean told;
    const char *reason;
    gboolean may;
  } rows[] = {
    { "open", FALSE, "acknowledged", FALSE },
    { "open", FALSE, "reconciled", TRUE },
    { "open", FALSE, "duplicate", TRUE },
    { "open", FALSE, "error", TRUE },
    { "open", TRUE, "acknowledged", FALSE },
    { "acknowledged", TRUE, "acknowledged", TRUE },
    { "acknowledged", FALSE, "acknowledged", FALSE },
    { "acknowledged", TRUE, "reconciled", TRUE },
    { "acknowledged", TRUE, "duplicate", TRUE },
    { "acknowledged", TRUE, "error", TRUE },
    { "closed", TRUE, "acknowledged", FALSE },
    { "closed", FALSE, "error", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((mh_critical_may_close (rows[i].state, rows[i].told, rows[i].reason) == NULL)
        != rows[i].may)
      g_error ("%s, told %d, as %s", rows[i].state, rows[i].told, rows[i].reason);
}

/* @told: minutes until it was read back, -1: never. */
static void
add_item (GPtrArray *items, const char *state, const char *reason, gint64 told, gint64 opened)
{
  MhRecord *item = mh_record_new (&mh_critical_item_type);
  mh_record_set_text (item, MH_CRITICAL_ITEM_STATE, state);
  mh_record_set_text (item, MH_CRITICAL_ITEM_CLOSE_REASON, reason);
  mh_record_set_text (item, MH_CRITICAL_ITEM_DEPARTMENT, "Medicine");
  mh_record_set_int (item, MH_CRITICAL_ITEM_OPENED_AT, opened);
  mh_record_set_int (item, MH_CRITICAL_ITEM_DUE_AT, opened + 30 * MH_MINUTE);
  mh_record_set_int (item, MH_CRITICAL_ITEM_N_CALLS, 1);
  if (told >= 0)
    mh_record_set_int (item, MH_CRITICAL_ITEM_ACKNOWLEDGED_AT, opened + told * MH_MINUTE);
  g_ptr_array_add (items, item);
}

/* Nearest rank; 30 minutes are in time, one more is not; what was an error does not count. */
static void
test_figures (void)
{
  static const int told[] = { 5, 10, 12, 15, 20, 25, 28, 30, 31, 60 };
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 opened = 1000 * MH_HOUR, now = opened + 29 * MH_MINUTE;
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    add_item (items, "closed", "acknowledged", told[i], opened);
  add_item (items, "closed", "error", -1, opened);
  add_item (items, "closed", "duplicate", -1, opened);
  add_item (items, "closed", "reconciled", -1, opened);
  add_item (items, "open", NULL, -1, opened); /* not due yet */
  g_autoptr (MhRecord) all = mh_critical_figure (items, NULL, now);
  g_assert_cmpint (mh_record_int (all, MH_CRITICAL_FIGURE_ITEMS), ==, 11);
  g_assert_cmpint (mh_record_int (all, MH_CRITICAL_FIGURE_ACKNOWLEDGED), ==, 10);
  g_assert_cmpint (mh_record_int (all, MH_CRITICAL_FIGURE_IN_TIME), ==, 8);
  g_assert_cmpstr (mh_record_text (all, MH_CRITICAL_FIGURE_IN_TIME_PERCENT), ==, "72.7");
  g_assert_cmpstr (mh_record_text (all, MH_CRITICAL_FIGURE_MEDIAN_MINUTES), ==, "20.0");
  g_assert_cmpstr (mh_record_text (all, MH_CRITICAL_FIGURE_P90_MINUTES), ==, "31.0");
  g_assert_cmpint (mh_record_int (all, MH_CRITICAL_FIGURE_NEVER_REACHED), ==, 1);
  g_assert_cmpint (mh_record_int (all, MH_CRITICAL_FIGURE_OPEN), ==, 1);
  /* Two minutes later the open one is due and counts as not in time. */
  g_autoptr (MhRecord) later = mh_critical_figure (items, NULL, opened + 31 * MH_MINUTE);
  g_assert_cmpint (mh_record_int (later, MH_CRITICAL_FIGURE_ITEMS), ==, 12);
  g_autoptr (MhRecord) none = mh_critical_figure (items, "Surgery", now);
  g_assert_cmpint (mh_record_int (none, MH_CRITICAL_FIGURE_ITEMS), ==, 0);
  g_assert_false (mh_record_has (none, MH_CRITICAL_FIGURE_IN_TIME_PERCENT));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/critical/read-back", test_read_back);
  g_test_add_func ("/rules/critical/rungs", test_rungs);
  g_test_add_func ("/rules/critical/closing", test_closing);
  g_test_add_func ("/rules/critical/figures", test_figures);
  return g_test_run ();
}
