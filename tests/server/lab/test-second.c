/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is determined twice before it is released: by two people who agree; on both databases. */
#include "server/lab/results/mh-results-service.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "tests/server/lab-fixture.h"

#include <string.h>

static void
drop (MhRecord *record)
{
  g_clear_object (&record);
}

/* Enters and verifies, so that only the rule is in the way. */
static MhActor *
second_person (void)
{
  static const char *const may[]
      = { MH_MAY_READ_RESULT, MH_MAY_ENTER_RESULT, MH_MAY_VERIFY_RESULT, NULL };
  return mh_actor_new ("01900000-0000-7000-8000-0000000002f2", "Meena Second", "pathologist",
                       LAB_HOSPITAL, NULL, may);
}

static void
save (Lab *lab, MhActor *actor, const char *order, const char *values)
{
  g_autoptr (GError) error = NULL;
  drop (lab_save (lab, actor, order, values, TRUE, &error));
  g_assert_no_error (error);
}

static char *
group_of (Lab *lab, const char *values)
{
  char *order = lab_order (lab, "ABORH");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  save (lab, lab->technician, order, values);
  return order;
}

static void
assert_row (Lab *lab, const char *order, const char *status, const char *value, const char *second)
{
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->pathologist, order);
  MhRecord *row = lab_row (sheet, "ABO");
  g_assert_true (mh_record_bool (row, MH_RESULT_ROW_SECOND_WANTED));
  g_assert_cmpstr (mh_record_text (row, MH_RESULT_ROW_STATUS), ==, status);
  g_assert_cmpstr (mh_record_text (row, MH_RESULT_ROW_VALUE), ==, value);
  g_assert_cmpstr (mh_record_text (row, MH_RESULT_ROW_SECOND_VALUE), ==, second);
  g_assert_cmpstr (mh_record_text (row, MH_RESULT_ROW_SECOND_NAME), ==,
                   second != NULL ? "Meena Second" : NULL);
  g_assert_cmpint (mh_record_has (row, MH_RESULT_ROW_SECOND_AT), ==, second != NULL);
}

static void
assert_item (Lab *lab, const char *order, const char *status)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) items = mh_store_all (db, &mh_order_item_type, "order_id", order, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (items->pdata[0], MH_ORDER_ITEM_STATUS), ==, status);
}

/* By whom it may not be verified, and in which words. */
static void
assert_refused (Lab *lab, MhActor *actor, const char *order, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (lab_verify (lab, actor, order, MH_DECISION_VERIFY, "looked at", &error));
  g_assert_error (error, MH_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
assert_issue (Lab *lab, MhActor *actor, const char *order, const char *values, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (lab_save (lab, actor, order, values, FALSE, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  const MhIssue *issue = mh_issues_nth (mh_error_get_issues (error), 0);
  g_assert_cmpstr (issue->field, ==, "results[0].value");
  g_assert_cmpstr (issue->code, ==, code);
}

static void
test_two_people (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) meena = second_person ();
  g_autofree char *order = group_of (lab, "ABO=A RHD=POS");
  assert_row (lab, order, MH_RESULT_STATUS_DRAFT, "A", NULL);
  assert_item (lab, order, MH_ITEM_STATUS_RECEIVED);
  assert_refused (lab, lab->pathologist, order, MH_ERROR_CONFLICT, "a second time, by another");
  assert_issue (lab, lab->technician, order, "ABO/2=A", "same_person");
  assert_row (lab, order, MH_RESULT_STATUS_DRAFT, "A", NULL);

  /* one of the two analytes alone holds the test */
  save (lab, meena, order, "ABO/2=A");
  assert_row (lab, order, MH_RESULT_STATUS_ENTERED, "A", "A");
  assert_item (lab, order, MH_ITEM_STATUS_RECEIVED);
  assert_refused (lab, lab->pathologist, order, MH_ERROR_CONFLICT, "Rh (D) type has to be");
  save (lab, meena, order, "RHD/2=pos");
  assert_item (lab, order, MH_ITEM_STATUS_RESULTED);

  /* who made the second has entered a value, too */
  assert_refused (lab, meena, order, MH_ERROR_FORBIDDEN, "somebody else has to verify");
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
  assert_row (lab, order, MH_RESULT_STATUS_VERIFIED, "A", "A");
}

static void
test_differs (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) meena = second_person ();
  g_autofree char *order = group_of (lab, "ABO=A RHD=POS");
  save (lab, meena, order, "ABO/2=B RHD/2=POS");
  assert_row (lab, order, MH_RESULT_STATUS_DRAFT, "A", "B");
  assert_item (lab, order, MH_ITEM_STATUS_RECEIVED);
  assert_refused (lab, lab->pathologist, order, MH_ERROR_CONFLICT,
                  "differ: A by Tara Technician, B by Meena Second");

  /* the first is mended: what confirmed it, or did not, is gone, and stays to be seen */
  save (lab, lab->technician, order, "ABO=B");
  assert_row (lab, order, MH_RESULT_STATUS_DRAFT, "B", NULL);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) past
      = mh_store_all (db, &mh_result_version_type, "order_id", order, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (past->len, ==, 1);
  g_assert_nonnull (strstr (mh_record_text (past->pdata[0], MH_RESULT_VERSION_CONTENT),
                            "\"second_value\":\"B\""));
  g_assert_cmpstr (mh_record_text (past->pdata[0], MH_RESULT_VERSION_SECOND_VALUE), ==, "B");
  g_assert_cmpstr (mh_record_text (past->pdata[0], MH_RESULT_VERSION_SECOND_NAME), ==,
                   "Meena Second");

  /* whoever types over the first is the first person from then on */
  save (lab, meena, order, "ABO=A");
  assert_issue (lab, meena, order, "ABO/2=A", "same_person");
  save (lab, lab->pathologist, order, "ABO/2=A");
  assert_item (lab, order, MH_ITEM_STATUS_RESULTED);
}

static void
test_what_may_be_sent (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) meena = second_person ();
  g_autofree char *order = lab_order (lab, "ABORH KT");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  assert_issue (lab, meena, order, "ABO/2=A", "no_first");
  drop (lab_save (lab, lab->technician, order, "ABO=A K=4.1", FALSE, NULL));
  assert_issue (lab, meena, order, "K/2=4.1", "not_wanted");
  assert_issue (lab, meena, order, "ABO/2=Q", "unknown_code");
  /* both at once are not two determinations, and nothing of it is kept */
  assert_issue (lab, meena, order, "RHD/2=POS RHD=POS", "no_first");
  g_autoptr (GError) error = NULL;
  g_assert_null (lab_save (lab, meena, order, "RHD=POS RHD/2=POS", FALSE, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  assert_row (lab, order, MH_RESULT_STATUS_DRAFT, "A", NULL);
  /* taken back again by an empty one */
  drop (lab_save (lab, meena, order, "ABO/2=A", FALSE, NULL));
  assert_row (lab, order, MH_RESULT_STATUS_DRAFT, "A", "A");
  drop (lab_save (lab, meena, order, "ABO/2=", FALSE, NULL));
  assert_row (lab, order, MH_RESULT_STATUS_DRAFT, "A", NULL);
}

/* A group that cannot be determined is answered in words, and nobody confirms words. */
static void
test_no_value (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "ABORH");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_autoptr (MhRecord) put = lab_parse (
      &mh_results_put_type,
      "{\"results\":[{\"analyte\":\"ABO\",\"comment\":\"Mixed field: transfused\"},"
      "{\"analyte\":\"RHD\",\"comment\":\"Mixed field: transfused\"}],\"final\":true}");
  lab_put (lab, lab->technician, order, put);
  assert_item (lab, order, MH_ITEM_STATUS_RESULTED);
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_no_error (error);
}

/* --- by itself --- */

typedef struct
{
  const MhRecordType *type;
  const char *json;
} Row;

static gboolean
insert (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Row *row = data;
  g_autoptr (MhRecord) record
      = mh_record_from_text (row->type, row->json, -1, MH_JSON_TRUSTED, error);
  return record != NULL && mh_tx_insert (tx, record, MH_AUDIT_CREATE, NULL, error);
}

static void
add (Lab *lab, const MhRecordType *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  Row row = { type, json };
  mh_assert_ok (lab_write (lab, lab->reception, insert, &row, &error), error);
}

/* As it was handed over before there was the rule. */
static gboolean
hand_over (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) results
      = mh_store_all (mh_tx_db (tx), &mh_result_type, "order_id", data, error);
  g_autoptr (GPtrArray) items
      = mh_store_all (mh_tx_db (tx), &mh_order_item_type, "order_id", data, error);
  for (guint i = 0; i < results->len; i++)
    {
      g_autoptr (MhRecord) after = mh_record_copy (results->pdata[i]);
      mh_record_set_text (after, MH_RESULT_STATUS, MH_RESULT_STATUS_ENTERED);
      if (!mh_tx_update (tx, results->pdata[i], after, MH_AUDIT_UPDATE, NULL, error))
        return FALSE;
    }
  g_autoptr (MhRecord) item = mh_record_copy (items->pdata[0]);
  mh_record_set_text (item, MH_ORDER_ITEM_STATUS, MH_ITEM_STATUS_RESULTED);
  return mh_tx_update_part (tx, items->pdata[0], item, error);
}

static void
test_auto (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) meena = second_person ();
  add (lab, &mh_auto_rule_type,
       "{\"hospital_id\":\"" LAB_HOSPITAL "\",\"name\":\"groups\",\"active\":true,"
       "\"by_hand\":true,\"bench\":\"T\"}");
  add (lab, &mh_setting_type,
       "{\"hospital_id\":\"" LAB_HOSPITAL "\",\"key\":\"" MH_SET_VERIFY_AUTO
       "\",\"kind\":\"" MH_SETTING_KIND_BOOL "\",\"value\":\"true\"}");
  g_autofree char *order = group_of (lab, "ABO=A RHD=POS");
  assert_row (lab, order, MH_RESULT_STATUS_DRAFT, "A", NULL);

  /* also where it was handed over already */
  mh_assert_ok (lab_write (lab, lab->reception, hand_over, order, &error), error);
  assert_refused (lab, lab->pathologist, order, MH_ERROR_CONFLICT, "a second time, by another");
  save (lab, meena, order, "ABO/2=AB RHD/2=POS");
  assert_row (lab, order, MH_RESULT_STATUS_DRAFT, "A", "AB");
  save (lab, meena, order, "ABO/2=A");
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->pathologist, order);
  const char *const *held = mh_record_list (lab_row (sheet, "ABO"), MH_RESULT_ROW_HELD);
  g_assert_true (held == NULL || !g_strv_contains (held, MH_HELD_SECOND));
}

/* --- what the database refuses by itself --- */

typedef struct
{
  const char *order;
  const char *second, *by, *status;
} Forged;

static gboolean
forge (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Forged *forged = data;
  g_autoptr (GPtrArray) results
      = mh_store_all (mh_tx_db (tx), &mh_result_type, "order_id", forged->order, error);
  g_autoptr (MhRecord) after = mh_record_copy (results->pdata[0]);
  mh_record_set_text (after, MH_RESULT_SECOND_VALUE, forged->second);
  mh_record_set_text (after, MH_RESULT_SECOND_BY, forged->by);
  mh_record_set_text (after, MH_RESULT_STATUS, forged->status);
  if (!mh_tx_update (tx, results->pdata[0], after, MH_AUDIT_UPDATE, NULL, error))
    return FALSE;
  g_autoptr (MhRecord) read
      = mh_store_get (mh_tx_db (tx), &mh_result_type, mh_record_id (after), error);
  return read != NULL;
}

static void
test_database (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = group_of (lab, "ABO=A RHD=POS");
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->pathologist, order);
  const char *value = mh_record_text (lab_row (sheet, "ABO"), MH_RESULT_ROW_VALUE);
  static const char other[] = "01900000-0000-7000-8000-000000000299";
  const struct
  {
    Forged forged;
    gboolean taken;
  } cases[] = {
    { { order, value, mh_actor_user_id (lab->technician), MH_RESULT_STATUS_ENTERED }, FALSE },
    { { order, "B", other, MH_RESULT_STATUS_VERIFIED }, FALSE },
    { { order, "B", other, MH_RESULT_STATUS_ENTERED }, TRUE },
    { { order, value, other, MH_RESULT_STATUS_VERIFIED }, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      Forged forged = cases[i].forged;
      g_assert_cmpint (lab_write (lab, lab->pathologist, forge, &forged, &error), ==,
                       cases[i].taken);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/second/two-people", test_two_people);
  mh_test_add_both ("/second/differs", test_differs);
  mh_test_add_both ("/second/what-may-be-sent", test_what_may_be_sent);
  mh_test_add_both ("/second/no-value", test_no_value);
  mh_test_add_both ("/second/auto", test_auto);
  mh_test_add_both ("/second/database", test_database);
  return mh_test_run ();
}
