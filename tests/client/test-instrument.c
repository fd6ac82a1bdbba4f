/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which analyser typed values were measured on is said by each person anew. */
#include "client/pages/lab/results/mh-instrument-pick.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/mh-records.h"

static MhRecord *
row_new (const char *bench)
{
  MhRecord *row = mh_record_new (&mh_result_row_type);
  mh_record_set_text (row, MH_RESULT_ROW_BENCH, bench);
  mh_record_add_to_list (row, MH_RESULT_ROW_INSTRUMENTS, "CHEM1");
  mh_record_add_to_list (row, MH_RESULT_ROW_INSTRUMENTS, "CHEM2");
  return row;
}

static void
assert_remembered (MhRecord *row, const char *who, const char *wanted)
{
  g_autofree char *code = mh_instrument_pick_remembered (row, who);
  g_assert_cmpstr (code, ==, wanted);
}

static void
test_of_each (void)
{
  g_autoptr (MhRecord) chemistry = row_new ("BIO");
  g_autoptr (MhRecord) blood = row_new ("HAEM");
  assert_remembered (chemistry, "rahul", NULL);
  mh_instrument_pick_remember ("rahul", "BIO", "CHEM2");
  mh_instrument_pick_remember ("rahul", "HAEM", "CHEM1");
  assert_remembered (chemistry, "rahul", "CHEM2");
  assert_remembered (blood, "rahul", "CHEM1");
  mh_instrument_pick_remember ("rahul", "BIO", "CHEM1");
  assert_remembered (chemistry, "rahul", "CHEM1");
  assert_remembered (blood, "rahul", "CHEM1");
  mh_instrument_pick_remember ("rahul", "BIO", "CHEM9");
  assert_remembered (chemistry, "rahul", NULL); /* it cannot be measured there */
}

static void
test_somebody_else (void)
{
  g_autoptr (MhRecord) chemistry = row_new ("BIO");
  g_autoptr (MhRecord) blood = row_new ("HAEM");
  mh_instrument_pick_remember ("rahul", "BIO", "CHEM2");
  mh_instrument_pick_remember ("rahul", "HAEM", "CHEM1");
  assert_remembered (chemistry, "meena", NULL);
  assert_remembered (chemistry, NULL, NULL);
  assert_remembered (chemistry, "", NULL);
  mh_instrument_pick_remember (NULL, "BIO", "CHEM1");
  assert_remembered (chemistry, "rahul", "CHEM2");
  mh_instrument_pick_remember ("meena", "BIO", "CHEM1");
  assert_remembered (chemistry, "meena", "CHEM1");
  assert_remembered (blood, "meena", NULL);
  assert_remembered (chemistry, "rahul", NULL);
  assert_remembered (blood, "rahul", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/instrument/of-each", test_of_each);
  g_test_add_func ("/instrument/somebody-else", test_somebody_else);
  return g_test_run ();
}
