/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two versions of a patient: what is asked, and what is sent after each answer. */
#include "client/models/mh-merge.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-patient.h"

static MhRecord *
patient (const char *given, const char *family, const char *phone)
{
  MhRecord *record = mh_record_new (&mh_patient_type);
  mh_record_set_text (record, MH_ID, "0190aaaa-0000-7000-8000-000000000000");
  if (given != NULL)
    mh_record_set_text (record, MH_PATIENT_GIVEN_NAME, given);
  if (family != NULL)
    mh_record_set_text (record, MH_PATIENT_FAMILY_NAME, family);
  if (phone != NULL)
    mh_record_set_text (record, MH_PATIENT_PHONE, phone);
  return record;
}

static void
test_only_differences_are_asked (void)
{
  g_autoptr (MhRecord) current = patient ("Asha", "Verma", "1");
  g_autoptr (MhRecord) patch = patient (NULL, "Verma", "2"); /* the family name is agreed upon */
  g_autoptr (MhMerge) merge = mh_merge_new (patch, NULL, current);
  g_assert_cmpuint (mh_merge_n_questions (merge), ==, 1);
  g_assert_cmpuint (mh_merge_field (merge, 0), ==, MH_PATIENT_PHONE);
  g_assert_true (mh_merge_is_mine (merge, 0));
  g_assert_cmpstr (mh_record_text (mh_merge_mine (merge), MH_PATIENT_PHONE), ==, "2");
  g_autoptr (MhRecord) sent = mh_merge_patch (merge);
  g_assert_cmpstr (mh_record_text (sent, MH_PATIENT_PHONE), ==, "2");
  g_assert_false (mh_record_is_set (sent, MH_PATIENT_FAMILY_NAME));
  g_assert_false (mh_record_is_set (sent, MH_ID));
  mh_merge_choose (merge, 0, FALSE);
  g_assert_null (mh_merge_patch (merge));
}

static void
test_an_emptied_field (void)
{
  g_autoptr (MhRecord) current = patient ("Asha", "Verma", "1");
  g_autoptr (MhRecord) patch = patient (NULL, NULL, NULL);
  mh_record_set_null (patch, MH_PATIENT_PHONE);
  g_autoptr (MhMerge) merge = mh_merge_new (patch, NULL, current);
  g_assert_cmpuint (mh_merge_n_questions (merge), ==, 1);
  g_autoptr (MhRecord) sent = mh_merge_patch (merge);
  g_assert_true (mh_record_is_set (sent, MH_PATIENT_PHONE));
  g_assert_false (mh_record_has (sent, MH_PATIENT_PHONE));
}

/* What nobody else touched is sent without a question. */
static void
test_with_the_version_before (void)
{
  g_autoptr (MhRecord) base = patient ("Asha", "Verma", "1");
  g_autoptr (MhRecord) current = patient ("Asha", "Soni", "1");
  g_autoptr (MhRecord) patch = patient (NULL, "Khan", "2");
  g_autoptr (MhMerge) merge = mh_merge_new (patch, base, current);
  g_assert_cmpuint (mh_merge_n_questions (merge), ==, 1);
  g_assert_cmpuint (mh_merge_field (merge, 0), ==, MH_PATIENT_FAMILY_NAME);
  mh_merge_choose (merge, 0, FALSE);
  g_autoptr (MhRecord) sent = mh_merge_patch (merge);
  g_assert_false (mh_record_is_set (sent, MH_PATIENT_FAMILY_NAME));
  g_assert_cmpstr (mh_record_text (sent, MH_PATIENT_PHONE), ==, "2");
}

static void
test_of_an_operation (void)
{
  static const struct
  {
    const char *type, *current;
    gint64 if_match;
    gboolean can;
  } rows[] = { { "patient", "{\"given_name\":\"Asha\",\"version\":4}", 3, TRUE },
               { "patient", "{\"given_name\":\"Asha\",\"version\":4}", -1, FALSE },
               { "patient", NULL, 3, FALSE },
               { "patient", "{\"given", 3, FALSE },
               { "no-such-type", "{}", 3, FALSE },
               { NULL, "{}", 3, FALSE } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhOp) op
          = mh_op_new ("patient.update", NULL, "{\"given_name\":\"Usha\"}", rows[i].if_match);
      op->type = g_strdup (rows[i].type);
      op->current = g_strdup (rows[i].current);
      g_autoptr (MhMerge) merge = mh_merge_new_for_op (op);
      g_assert_cmpint (merge != NULL, ==, rows[i].can);
      if (merge != NULL)
        g_assert_cmpint (mh_record_version (mh_merge_theirs (merge)), ==, 4);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/merge/differences", test_only_differences_are_asked);
  g_test_add_func ("/merge/emptied", test_an_emptied_field);
  g_test_add_func ("/merge/base", test_with_the_version_before);
  g_test_add_func ("/merge/operation", test_of_an_operation);
  return g_test_run ();
}
