/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A blood group that is not the patient's earlier one is held until somebody says why; on both
 * databases. */
#include "server/lab/results/mh-results-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-tube-hold.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-pending-release.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "tests/server/lab-fixture.h"

#include <string.h>

#define FIRST_DAY "2026-03-11T06:00:00.000Z"
#define SECOND_DAY "2026-03-12T06:00:00.000Z"
#define EARLIER "Earlier result: B positive of 11 Mar"
#define CHECK "Check the sample's identity."
#define WHY "{\"reason\":\"confirmed\",\"note\":\"Wristband read, second tube drawn\"}"

static void
drop (MhRecord *record)
{
  g_clear_object (&record);
}

static void
save (Lab *lab, MhActor *actor, const char *order, const char *values)
{
  g_autoptr (GError) error = NULL;
  drop (lab_save (lab, actor, order, values, TRUE, &error));
  g_assert_no_error (error);
}

/* Determined twice, and waiting to be verified. */
static char *
group_on (Lab *lab, const char *day, const char *abo, const char *rhd)
{
  char *order = lab_order (lab, "ABORH");
  g_autofree char *first = g_strdup_printf ("ABO=%s RHD=%s", abo, rhd);
  g_autofree char *second = g_strdup_printf ("ABO/2=%s RHD/2=%s", abo, rhd);
  lab_receive (lab, order, NULL, day);
  save (lab, lab->technician, order, first);
  save (lab, lab->second, order, second);
  return order;
}

static void
verify (Lab *lab, const char *order, const char *comment)
{
  g_autoptr (GError) error = NULL;
  drop (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, comment, &error));
  g_assert_no_error (error);
}

static char *
released_on (Lab *lab, const char *day, const char *abo, const char *rhd)
{
  char *order = group_on (lab, day, abo, rhd);
  verify (lab, order, NULL);
  return order;
}

static void
assert_refused (Lab *lab, const char *order, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_error (error, MH_ERROR, code);
  if (strstr (error->message, words) == NULL || strstr (error->message, CHECK) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
assert_status (Lab *lab, const char *order, const char *code, const char *status)
{
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->pathologist, order);
  g_assert_cmpstr (mh_record_text (lab_row (sheet, code), MH_RESULT_ROW_STATUS), ==, status);
}

/* The last hold of the order, and what the row shows beside it. */
static char *
assert_held (Lab *lab, const char *order, const char *code, const char *before)
{
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->pathologist, order);
  GPtrArray *holds = mh_record_records (sheet, MH_RESULTS_SHEET_HOLDS);
  MhRecord *row = lab_row (sheet, code);
  g_assert_true (holds != NULL && holds->len > 0);
  MhRecord *hold = g_ptr_array_index (holds, holds->len - 1);
  g_assert_cmpstr (mh_record_text (hold, MH_TUBE_HOLD_STATUS), ==, MH_HOLD_OPEN);
  g_assert_cmpstr (mh_record_text (row, MH_RESULT_ROW_GROUP_BEFORE), ==, before);
  g_assert_nonnull (strstr (mh_record_text (row, MH_RESULT_ROW_DELTA), before));
  return g_strdup (mh_record_id (hold));
}

typedef struct
{
  MhActor *actor;
  const char *id;
} Release;

static gboolean
release_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Release *step = data;
  g_autoptr (MhRecord) why = lab_parse (&mh_hold_release_type, "%s", WHY);
  g_autoptr (MhRecord) sheet = mh_results_service_release_hold (
      MH_REQUEST_TX (tx, lab->server, step->actor), step->id, why, error);
  return sheet != NULL;
}

static gboolean
release (Lab *lab, MhActor *actor, const char *hold, GError **error)
{
  Release step = { actor, hold };
  return lab_write (lab, actor, release_step, &step, error);
}

static void
test_held (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = released_on (lab, FIRST_DAY, "B", "POS");
  g_autofree char *same = released_on (lab, SECOND_DAY, "B", "POS");
  g_autofree char *other = group_on (lab, SECOND_DAY, "A", "POS");
  g_autofree char *hold = assert_held (lab, other, "ABO", "B positive");
  assert_refused (lab, other, MH_ERROR_CONFLICT, "Earlier result: B positive of 12 Mar");
  /* the rest of the tube is the same patient's, or the same other one's */
  assert_status (lab, other, "RHD", MH_RESULT_STATUS_ENTERED);

  g_assert_false (release (lab, lab->second, hold, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_clear_error (&error);
  mh_assert_ok (release (lab, lab->pathologist, hold, &error), error);
  verify (lab, other, NULL);
  assert_status (lab, other, "ABO", MH_RESULT_STATUS_VERIFIED);
}

/* Either half of the group is enough, and what could not be determined is no other group. */
static void
test_either_half (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *first = released_on (lab, FIRST_DAY, "B", "POS");
  g_autofree char *negative = group_on (lab, SECOND_DAY, "B", "NEG");
  g_autofree char *hold = assert_held (lab, negative, "RHD", "B positive");
  assert_refused (lab, negative, MH_ERROR_CONFLICT, EARLIER);
}

/* What somebody typed after the tube was released is a new question. */
static void
test_typed_since (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = released_on (lab, FIRST_DAY, "B", "POS");
  g_autofree char *order = group_on (lab, SECOND_DAY, "A", "POS");
  g_autofree char *hold = assert_held (lab, order, "ABO", "B positive");
  mh_assert_ok (release (lab, lab->pathologist, hold, &error), error);
  save (lab, lab->technician, order, "ABO=AB");
  save (lab, lab->second, order, "ABO/2=AB");
  g_autofree char *again = assert_held (lab, order, "ABO", "B positive");
  g_assert_cmpstr (again, !=, hold);
  assert_refused (lab, order, MH_ERROR_CONFLICT, EARLIER);

  /* and solved when it is the patient's group after all */
  save (lab, lab->technician, order, "ABO=B");
  save (lab, lab->second, order, "ABO/2=B");
  verify (lab, order, NULL);
}

/* Both waited when neither was released: the second is held by the first. */
static void
test_both_waited (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *one = group_on (lab, FIRST_DAY, "B", "POS");
  g_autofree char *two = group_on (lab, FIRST_DAY, "O", "POS");
  verify (lab, one, NULL);
  assert_refused (lab, two, MH_ERROR_INVALID, EARLIER);
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->pathologist, two);
  const char *const *held = mh_record_list (lab_row (sheet, "ABO"), MH_RESULT_ROW_HELD);
  g_assert_true (held != NULL && g_strv_contains (held, MH_HELD_GROUP));
  verify (lab, two, "Second tube drawn at the bedside: O again");
}

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

static gboolean
set_group (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_patient_type, LAB_PATIENT, error);
  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : NULL;
  if (after == NULL)
    return FALSE;
  mh_record_set_text (after, MH_PATIENT_BLOOD_GROUP, data);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static void
test_on_record (const MhTestDb *test)
{
  static const struct
  {
    const char *record, *abo, *rhd;
    gboolean held;
  } cases[] = {
    { MH_BLOOD_B_POS, "B", "POS", FALSE }, { MH_BLOOD_B_POS, "A", "POS", TRUE },
    { MH_BLOOD_B_POS, "B", "NEG", TRUE },  { MH_BLOOD_AB_NEG, "AB", "NEG", FALSE },
    { MH_BLOOD_O_NEG, "O", "POS", TRUE },
  };
  g_autoptr (Lab) lab = lab_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      mh_assert_ok (lab_write (lab, lab->reception, set_group, (gpointer)cases[i].record, &error),
                    error);
      g_autofree char *order = group_on (lab, FIRST_DAY, cases[i].abo, cases[i].rhd);
      g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->pathologist, order);
      GPtrArray *holds = mh_record_records (sheet, MH_RESULTS_SHEET_HOLDS);
      g_assert_cmpint (holds != NULL && holds->len > 0, ==, cases[i].held);
      if (cases[i].held)
        assert_refused (lab, order, MH_ERROR_CONFLICT, "On the patient's record: ");
    }
}

/* No rule lets it go. */
static void
test_auto (const MhTestDb *test)
{
  static const Row rows[] = {
    { &mh_auto_rule_type, "{\"hospital_id\":\"" LAB_HOSPITAL "\",\"name\":\"groups\","
                          "\"active\":true,\"by_hand\":true,\"bench\":\"T\",\"no_range\":true}" },
    { &mh_setting_type, "{\"hospital_id\":\"" LAB_HOSPITAL "\",\"key\":\"" MH_SET_VERIFY_AUTO
                        "\",\"kind\":\"" MH_SETTING_KIND_BOOL "\",\"value\":\"true\"}" },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *one = released_on (lab, FIRST_DAY, "B", "POS");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Row row = rows[i];
      mh_assert_ok (lab_write (lab, lab->reception, insert, &row, &error), error);
    }
  g_autofree char *three = group_on (lab, SECOND_DAY, "O", "POS");
  assert_status (lab, three, "ABO", MH_RESULT_STATUS_ENTERED);
  assert_refused (lab, three, MH_ERROR_CONFLICT, EARLIER);
}

typedef struct
{
  const char *order;
} Bulk;

static gboolean
bulk_step (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Bulk *step = data;
  g_autoptr (MhRecord) body = mh_record_new (&mh_bulk_verification_type);
  mh_record_set_text (body, MH_BULK_VERIFICATION_BATCH_ID, "01900000-0000-7000-8000-0000000000b1");
  g_autoptr (MhRecord) pending = mh_results_service_verify_bulk (
      MH_REQUEST_TX (tx, lab->server, lab->pathologist), step->order, body, error);
  return pending != NULL;
}

/* And no act on many orders, also where it was released after this one was handed over. */
static void
test_bulk (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *one = group_on (lab, FIRST_DAY, "B", "POS");
  g_autofree char *two = group_on (lab, FIRST_DAY, "O", "POS");
  g_autofree char *three = NULL;
  verify (lab, one, NULL);
  Bulk step = { two };
  g_assert_false (lab_write (lab, lab->pathologist, bulk_step, &step, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, EARLIER));
  g_clear_error (&error);
  three = group_on (lab, SECOND_DAY, "B", "POS");
  step.order = three;
  mh_assert_ok (lab_write (lab, lab->pathologist, bulk_step, &step, &error), error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/group/held", test_held);
  mh_test_add_both ("/group/either-half", test_either_half);
  mh_test_add_both ("/group/typed-since", test_typed_since);
  mh_test_add_both ("/group/both-waited", test_both_waited);
  mh_test_add_both ("/group/on-record", test_on_record);
  mh_test_add_both ("/group/auto", test_auto);
  mh_test_add_both ("/group/bulk", test_bulk);
  return mh_test_run ();
}
