/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes over the border is cleaned, what goes out is valid, and nobody is told of nothing. */
#include "shared/base/mh-error.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/people/mh-patient.h"

#include <string.h>

static MhRecord *
read_patient (const char *json, MhJsonMode mode)
{
  g_autoptr (GError) error = NULL;
  MhRecord *patient = mh_record_from_text (&mh_patient_type, json, -1, mode, &error);
  g_assert_no_error (error);
  return patient;
}

static void
test_text_is_cleaned (void)
{
  static const char json[]
      = "{\"given_name\":\"  A\\u0301sha \\u202e \",\"notes\":\"one \\r\\ntwo\\u0007\\n\","
        "\"allergies\":[\" Nu\\u0308sse\\u0001 \"]}";
  g_autoptr (MhRecord) patient = read_patient (json, MH_JSON_CREATE);
  g_assert_cmpstr (mh_record_text (patient, MH_PATIENT_GIVEN_NAME), ==, "Ásha");
  g_assert_cmpstr (mh_record_text (patient, MH_PATIENT_NOTES), ==, "one\ntwo");
  g_assert_cmpstr (mh_record_list (patient, MH_PATIENT_ALLERGIES)[0], ==, "Nüsse");
  g_autoptr (MhRecord) trusted = read_patient (json, MH_JSON_TRUSTED);
  g_assert_cmpstr (mh_record_list (trusted, MH_PATIENT_ALLERGIES)[0], ==, " Nu\xcc\x88sse\x01 ");
  g_assert_cmpstr (mh_record_text (trusted, MH_PATIENT_NOTES), ==, "one \r\ntwo\x07\n");
}

/* A long word of another script must not come back cut in the middle of a character. */
static void
test_messages_are_text (void)
{
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GString) word = g_string_new ("a");
  for (int i = 0; i < 60; i++)
    g_string_append (word, "आ");
  mh_record_set_text (patient, MH_PATIENT_SEX, word->str);
  mh_record_check_field (patient, MH_PATIENT_SEX, issues);
  const MhIssue *issue = mh_issues_find (issues, "sex");
  g_assert_cmpstr (issue->code, ==, "unknown_code");
  g_assert_true (g_utf8_validate (issue->message, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (issue->message, -1), <, 80);
}

static void
test_too_many_children (void)
{
  for (guint n = 100; n <= 101; n++)
    {
      g_autoptr (MhRecord) order = mh_record_new (&mh_order_type);
      g_autoptr (MhIssues) issues = mh_issues_new ();
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (MhRecord) item = mh_record_new (&mh_order_item_type);
          mh_record_set_text (item, MH_ORDER_ITEM_TEST, "CBC");
          mh_record_append (order, MH_ORDER_ITEMS, item);
        }
      mh_record_check_field (order, MH_ORDER_ITEMS, issues);
      g_assert_cmpuint (mh_issues_count (issues), ==, n - 100);
      if (n > 100)
        g_assert_cmpstr (mh_issues_find (issues, "items")->code, ==, "too_many");
    }
}

static void
test_empty_json_is_null (void)
{
  g_autoptr (MhRecord) report = mh_record_new (&mh_report_type);
  mh_record_set_text (report, MH_REPORT_CONTENT, "");
  g_autofree char *json = mh_record_to_json (report, MH_JSON_SKIP_UNSET);
  g_assert_cmpstr (json, ==, "{\"content\":null}");
}

static void
count (GObject *object, GParamSpec *spec, gpointer counter)
{
  *(guint *)counter += 1;
}

/* Each setter, twice with the same value: one notice. */
static void
test_same_value_is_silent (void)
{
  static const char *const one[] = { "dust", NULL }, *const two[] = { "dust", "milk", NULL };
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  guint notices = 0;
  g_signal_connect (patient, "notify", G_CALLBACK (count), &notices);
  for (int round = 0; round < 2; round++)
    {
      mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, "Asha");
      mh_record_set_int (patient, MH_PATIENT_BIRTH_ORDER, 1);
      mh_record_set_bool (patient, MH_PATIENT_VIP, TRUE);
      mh_record_set_list (patient, MH_PATIENT_ALLERGIES, one);
      mh_record_set_null (patient, MH_PATIENT_FAMILY_NAME);
      mh_record_unset (patient, MH_PATIENT_EMAIL);
      g_assert_cmpuint (notices, ==, 5);
    }
  mh_record_set_list (patient, MH_PATIENT_ALLERGIES, two);
  mh_record_set_null (patient, MH_PATIENT_VIP);
  mh_record_unset (patient, MH_PATIENT_GIVEN_NAME);
  g_assert_cmpuint (notices, ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/border/text-is-cleaned", test_text_is_cleaned);
  g_test_add_func ("/record/border/messages-are-text", test_messages_are_text);
  g_test_add_func ("/record/border/too-many-children", test_too_many_children);
  g_test_add_func ("/record/border/empty-json-is-null", test_empty_json_is_null);
  g_test_add_func ("/record/border/same-value-is-silent", test_same_value_is_silent);
  return g_test_run ();
}
