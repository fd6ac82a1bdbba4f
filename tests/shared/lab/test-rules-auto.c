/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may go without a person: every condition of a rule from both sides, and which rule holds. */
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/mh-types.h"
#include "shared/rules/lab/mh-auto-verify.h"

#include <string.h>

static MhRecord *
record_of (const MhRecordType *type, const char *base, const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf ("{%s%s%s}", base, *more != 0 ? "," : "", more);
  MhRecord *record = mh_record_from_text (type, json, -1, MH_JSON_TRUSTED, &error);
  g_assert_no_error (error);
  return record;
}

#define GOOD                                                                                       \
  "\"test\":\"KT\",\"analyte\":\"K\",\"kind\":\"numeric\",\"instrument\":\"C1\",\"range_id\":"     \
  "\"01900000-0000-7000-8000-000000000001\",\"range_verified\":true"
#define RULE "\"name\":\"r\",\"active\":true"

static void
test_conditions (void)
{
  static const struct
  {
    const char *rule, *result;
    int haemolysis;
    guint deltas;
    gboolean previous, qc_bad, kept, too_old;
    const char *held;
  } rows[] = {
    { "", "\"value\":\"4.1\",\"flag\":\"N\"", -1, .held = "" },
    { "", "\"flag\":\"N\"", -1, .held = "no_value" },
    { "", "\"value\":\"4.1\"", -1, .held = "no_range" },
    { "", "\"value\":\"5.6\",\"flag\":\"H\"", -1, .held = "flag" },
    { "\"flags\":[\"N\",\"H\"]", "\"value\":\"5.6\",\"flag\":\"H\"", -1, .held = "" },
    { "\"flags\":[\"N\",\"H\"]", "\"value\":\"3.1\",\"flag\":\"L\"", -1, .held = "flag" },
    { "\"flags\":[\"HH\"]", "\"value\":\"6.8\",\"flag\":\"HH\",\"critical\":true", -1,
      .held = "critical" },
    { "\"flags\":[\"LL\"]", "\"value\":\"2.1\",\"flag\":\"LL\"", -1, .held = "critical" },
    { "\"flags\":[\"AA\"]", "\"value\":\"x\",\"flag\":\"AA\"", -1, .held = "critical" },
    { "", "\"value\":\"4.1\",\"flag\":\"N\",\"critical\":true", -1, .held = "critical" },
    { "\"low\":\"4.0\",\"high\":\"4.5\"", "\"value\":\"3.9\",\"flag\":\"N\"", -1,
      .held = "limits" },
    { "\"low\":\"4.0\",\"high\":\"4.5\"", "\"value\":\"4.0\",\"flag\":\"N\"", -1, .held = "" },
    { "\"low\":\"4.0\",\"high\":\"4.5\"", "\"value\":\"4.5\",\"flag\":\"N\"", -1, .held = "" },
    { "\"low\":\"4.0\",\"high\":\"4.5\"", "\"value\":\"4.51\",\"flag\":\"N\"", -1,
      .held = "limits" },
    { "\"low\":\"4.0\"", "\"value\":\"<5\",\"flag\":\"N\"", -1, .held = "limits" },
    { "\"signed_range\":true", "\"value\":\"4.1\",\"flag\":\"N\"", -1, .held = "" },
    { "\"signed_range\":true", "\"value\":\"4.1\",\"flag\":\"N\",\"range_verified\":false", -1,
      .held = "range_unsigned" },
    { "\"signed_range\":false", "\"value\":\"4.1\",\"flag\":\"N\",\"range_verified\":false", -1,
      .held = "" },
    { "\"delta\":true", "\"value\":\"4.1\",\"flag\":\"N\",\"delta\":\"+1.2\"", -1, 1,
      .held = "delta" },
    { "\"delta\":true", "\"value\":\"4.1\",\"flag\":\"N\"", -1, 0, .held = "" },
    { "\"delta\":false", "\"value\":\"4.1\",\"flag\":\"N\",\"delta\":\"+1.2\"", -1, 1, .held = "" },
    { "\"delta\":false", "\"value\":\"4.1\",\"flag\":\"N\"", -1, 2, .held = "tube" },
    { "\"previous\":true", "\"value\":\"4.1\",\"flag\":\"N\"", -1, .held = "no_previous" },
    { "\"previous\":true", "\"value\":\"4.1\",\"flag\":\"N\"", -1, .previous = TRUE, .held = "" },
    { "\"qc\":true", "\"value\":\"4.1\",\"flag\":\"N\"", -1, .qc_bad = TRUE, .held = "qc" },
    { "\"qc\":true", "\"value\":\"4.1\",\"flag\":\"N\"", -1, .held = "" },
    { "\"qc\":false", "\"value\":\"4.1\",\"flag\":\"N\"", -1, .qc_bad = TRUE, .held = "" },
    { "", "\"value\":\"4.1\",\"flag\":\"N\",\"device_flags\":[\"BUBBLE\"]", -1,
      .held = "device_flag" },
    { "\"device_flags\":[\"BUBBLE\"]",
      "\"value\":\"4.1\",\"flag\":\"N\",\"device_flags\":[\"BUBBLE\"]", -1, .held = "" },
    { "\"device_flags\":[\"BUBBLE\"]",
      "\"value\":\"4.1\",\"flag\":\"N\",\"device_flags\":[\"BUBBLE\",\"CLOT\"]", -1,
      .held = "device_flag" },
    { "\"max_haemolysis\":1", "\"value\":\"4.1\",\"flag\":\"N\"", -1, .held = "hil" },
    { "\"max_haemolysis\":1", "\"value\":\"4.1\",\"flag\":\"N\"", 0, .held = "" },
    { "\"max_haemolysis\":1", "\"value\":\"4.1\",\"flag\":\"N\"", 1, .held = "" },
    { "\"max_haemolysis\":1", "\"value\":\"4.1\",\"flag\":\"N\"", 2, .held = "hil" },
    { "", "\"value\":\"4.1\",\"flag\":\"N\"", 4, .held = "" },
    { "", "\"value\":\"4.1\",\"flag\":\"N\",\"instrument\":null", -1, .held = "by_hand" },
    { "\"by_hand\":true", "\"value\":\"4.1\",\"flag\":\"N\",\"instrument\":null", -1, .held = "" },
    { "", "\"value\":\"4.1\",\"flag\":\"N\",\"instrument\":null,\"kind\":\"calculated\"", -1,
      .held = "" },
    { "", "\"value\":\"4.1\",\"flag\":\"N\",\"comment\":\"look\"", -1, .held = "comment" },
    { "", "\"value\":\"4.1\",\"flag\":\"N\"", -1, .kept = TRUE, .held = "kept" },
    { "\"flags\":[\"N\"]", "\"value\":\"4.1\",\"flag\":\"N\"", -1, .too_old = TRUE,
      .held = "too_old" },
    { "\"delta\":true", "\"value\":\"5.6\",\"flag\":\"H\",\"delta\":\"+2\",\"comment\":\"x\"", -1,
      1, .held = "flag delta comment" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhRecord) rule = record_of (&mh_auto_rule_type, RULE, rows[i].rule);
      g_autoptr (MhRecord) result = record_of (&mh_result_type, GOOD, "");
      g_autoptr (MhRecord) more = record_of (&mh_result_type, rows[i].result, "");
      mh_record_apply (result, more);
      MhAutoCase value = { .result = result,
                           .bench = "C",
                           .has_previous = rows[i].previous,
                           .tube_deltas = rows[i].deltas,
                           .kept = rows[i].kept,
                           .qc_good = !rows[i].qc_bad,
                           .too_old = rows[i].too_old,
                           .haemolysis = rows[i].haemolysis,
                           .icterus = -1,
                           .lipaemia = -1 };
      g_auto (GStrv) held = mh_auto_held (rule, &value);
      g_autofree char *joined = g_strjoinv (" ", held);
      if (strcmp (joined, rows[i].held) != 0)
        g_error ("row %u: %s instead of %s", i, joined, rows[i].held);
    }
  g_autoptr (MhRecord) result = record_of (&mh_result_type, GOOD, "");
  MhAutoCase value = { .result = result, .qc_good = TRUE };
  g_auto (GStrv) none = mh_auto_held (NULL, &value);
  g_assert_cmpstr (none[0], ==, "no_rule");
}

/* Analyte before test before bench before any; an analyser's own before; inactive ones never. */
static void
test_choice (void)
{
  static const struct
  {
    const char *rules[4];
    const char *chosen; /* its name */
  } rows[] = {
    { { "\"name\":\"any\"", "\"name\":\"bench\",\"bench\":\"C\"" }, "bench" },
    { { "\"name\":\"bench\",\"bench\":\"C\"", "\"name\":\"test\",\"test\":\"KT\"" }, "test" },
    { { "\"name\":\"test\",\"test\":\"KT\"", "\"name\":\"analyte\",\"analyte\":\"K\"" },
      "analyte" },
    { { "\"name\":\"analyte\",\"analyte\":\"K\"",
        "\"name\":\"mine\",\"analyte\":\"K\",\"instrument\":\"C1\"" },
      "mine" },
    { { "\"name\":\"any\"", "\"name\":\"other\",\"analyte\":\"NA\"" }, "any" },
    { { "\"name\":\"any\"", "\"name\":\"other\",\"instrument\":\"C2\"" }, "any" },
    { { "\"name\":\"other\",\"bench\":\"H\"" }, NULL },
    { { "\"name\":\"off\",\"active\":false" }, NULL },
    { { "\"name\":\"old\",\"created_at\":\"2026-01-01T00:00:00Z\"",
        "\"name\":\"new\",\"created_at\":\"2026-02-01T00:00:00Z\"" },
      "old" },
    { { "\"name\":\"new\",\"created_at\":\"2026-02-01T00:00:00Z\"",
        "\"name\":\"old\",\"created_at\":\"2026-01-01T00:00:00Z\"" },
      "old" },
  };
  g_autoptr (MhRecord) result = record_of (&mh_result_type, GOOD, "");
  MhAutoCase value = { .result = result, .bench = "C", .qc_good = TRUE };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint k = 0; rows[i].rules[k] != NULL; k++)
        {
          MhRecord *rule = record_of (&mh_auto_rule_type, rows[i].rules[k], "");
          if (!mh_record_is_set (rule, MH_AUTO_RULE_ACTIVE))
            mh_record_set_bool (rule, MH_AUTO_RULE_ACTIVE, TRUE);
          g_ptr_array_add (rules, rule);
        }
      MhRecord *chosen = mh_auto_rule_for (rules, &value);
      if (g_strcmp0 (chosen != NULL ? mh_record_text (chosen, MH_AUTO_RULE_NAME) : NULL,
                     rows[i].chosen)
          != 0)
        g_error ("row %u", i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/auto/conditions", test_conditions);
  g_test_add_func ("/rules/auto/choice", test_choice);
  return g_test_run ();
}
