/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two records of one person become one, and two again. In the hospital of these cases every table
 * whose description refers to a patient has a row of both; what the tables hold is written out
 * before, and after merging and undoing compared byte for byte. Left out are, by name: version and
 * changed_at of every row, the audit trail, the change feed, and the merge's own two tables.
 */
#include <string.h>

#include "server/money/payments/mh-payments-service.h"
#include "server/money/payments/mh-payments-store.h"
#include "server/people/patients/mh-merge-service.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/people/patients/mh-patients-store.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-ledger.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient-merge.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/sql/mh-sql-text.h"
#include "tests/server/money-fixture.h"

static gboolean
is_left_out (const MhRecordType *type)
{
  return type->table == NULL || type == &mh_audit_entry_type || type == &mh_change_type
         || type == &mh_patient_merge_type || type == &mh_patient_merge_row_type;
}

static gboolean
is_patient_ref (const MhField *field)
{
  return field->kind == MH_KIND_REF && field->target == &mh_patient_type
         && mh_field_is_column (field);
}

/* --- every table has a row --- */

typedef struct
{
  const char *patient, *order, *mrn;
  guint n;
} Filling;

static void
fill_text (MhRecord *row, guint i, Filling *filling)
{
  const MhField *field = &mh_record_type (row)->fields[i];
  g_autofree char *text = g_strdup_printf ("text %u", ++filling->n);
  if (field->kind == MH_KIND_REF)
    mh_record_set_text (row, i,
                        field->target == &mh_patient_type    ? filling->patient
                        : field->target == &mh_hospital_type ? LAB_HOSPITAL
                        : field->target == &mh_order_type    ? filling->order
                                                             : NULL);
  else if (field->kind == MH_KIND_ENUM)
    mh_record_set_text (row, i, field->codes[0].code);
  else if (field->kind == MH_KIND_DATE)
    mh_record_set_text (row, i, "2026-01-02");
  else if (field->kind == MH_KIND_TIME)
    mh_record_set_text (row, i, "10:30");
  else if (field->kind == MH_KIND_DECIMAL)
    mh_record_set_text (row, i, "1.50");
  else if (field->kind == MH_KIND_JSON)
    mh_record_set_text (row, i, "{\"b\":1,\"a\":[2]}");
  else
    mh_record_set_text (row, i, text);
}

static MhRecord *
fill_row (const MhRecordType *type, Filling *filling)
{
  MhRecord *row = mh_record_new (type);
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      /* When and why something ended is for rows that ended; an appointment has both ends. */
      gboolean lasts = g_str_equal (field->name, "start_at") || g_str_equal (field->name, "end_at");
      if (!mh_field_is_column (field) || (field->kind == MH_KIND_INSTANT && !lasts)
          || g_str_has_prefix (field->name, "close"))
        continue;
      if (field->kind == MH_KIND_BOOL)
        mh_record_set_bool (row, i, TRUE);
      else if (field->kind == MH_KIND_LIST)
        mh_record_add_to_list (row, i, "one, \"two\"");
      else if (field->kind == MH_KIND_MONEY)
        mh_record_set_int (row, i, 0);
      else if (mh_field_is_int (field))
        mh_record_set_int (row, i, lasts ? MH_DAY * (gint64)i : 1);
      else
        fill_text (row, i, filling);
    }
  return row;
}

static gboolean
refers (const MhRecordType *type)
{
  for (guint i = 0; i < type->n_fields; i++)
    if (is_patient_ref (&type->fields[i]))
      return TRUE;
  return FALSE;
}

/* The fixture's patients have no words to be found by. */
static gboolean
index_patient (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Filling *filling = data;
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_patient_type, filling->patient, error);
  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : NULL;
  if (after == NULL)
    return FALSE;
  mh_record_set_text (after, MH_PATIENT_MRN, filling->mrn);
  return mh_tx_update_within (tx, before, after, error)
         && mh_patients_store_index (tx, NULL, after, error);
}

/* Those that the house itself has made by now (orders, payments, accounts, the ledger) stay as they
 * are: their sums have to agree. */
static gboolean
fill_tables (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Filling *filling = data;
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      if (is_left_out (type) || !refers (type) || type == &mh_order_type || type == &mh_payment_type
          || type == &mh_patient_account_type || type == &mh_ledger_entry_type
          || type == &mh_invoice_type)
        continue;
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (rows, fill_row (type, filling));
      if (!mh_tx_insert_parts (tx, rows, error))
        return FALSE;
      g_autoptr (MhRecord) stored
          = mh_store_get (mh_tx_db (tx), type, mh_record_id (g_ptr_array_index (rows, 0)), error);
      if (stored == NULL)
        {
          g_prefix_error (error, "%s: ", type->table);
          return FALSE;
        }
    }
  return TRUE;
}

/* --- what all tables hold --- */

static void
dump_type (MhDb *db, const MhRecordType *type, GString *out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mh_store_all (db, type, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      mh_record_unset (row, MH_VERSION);
      mh_record_unset (row, MH_CHANGED_AT);
      g_autofree char *json = mh_record_to_json (row, MH_JSON_WITH_SECRETS | MH_JSON_SKIP_UNSET);
      g_string_append_printf (out, "%s %s\n", type->table, json);
    }
}

static void
dump_words (MhDb *db, GString *out)
{
  static const char sql_words[]
      = "SELECT word, patient_id FROM patient_word"
        " UNION ALL SELECT pair, patient_id FROM patient_pair ORDER BY 1, 2";
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRows) rows = mh_db_query (db, sql_words, NULL, 0, &error);
  g_assert_no_error (error);
  while (mh_rows_next (rows, &error))
    g_string_append_printf (out, "%s %s\n", mh_rows_text (rows, 0), mh_rows_text (rows, 1));
  g_assert_no_error (error);
}

static char *
dump (Lab *lab)
{
  GString *out = g_string_new (NULL);
  MhDb *db = lab_reader (lab);
  for (guint i = 0; i < mh_registry_size (); i++)
    if (!is_left_out (mh_registry_nth (i)))
      dump_type (db, mh_registry_nth (i), out);
  dump_words (db, out);
  lab_done (lab, db);
  return g_string_free (out, FALSE);
}

static void
assert_same (const char *before, const char *after)
{
  g_auto (GStrv) old = g_strsplit (before, "\n", -1);
  g_auto (GStrv) new = g_strsplit (after, "\n", -1);
  for (guint i = 0; old[i] != NULL && new[i] != NULL; i++)
    g_assert_cmpstr (new[i], ==, old[i]);
  g_assert_cmpuint (strlen (after), ==, strlen (before));
}

/* --- steps --- */

typedef MhRecord *(*Decide) (const MhRequest *req, const char *, MhRecord *, GError **);

typedef struct
{
  MhActor *actor;
  const char *id, *survivor, *loser, *note;
  Decide how; /* NULL: proposing */
  MhRecord *reply;
} Step;

static gboolean
act (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  if (step->how == NULL)
    {
      g_autoptr (MhRecord) draft = mh_record_new (&mh_patient_merge_type);
      mh_record_set_text (draft, MH_PATIENT_MERGE_SURVIVOR_ID, step->survivor);
      mh_record_set_text (draft, MH_PATIENT_MERGE_LOSER_ID, step->loser);
      mh_record_set_text (draft, MH_PATIENT_MERGE_REASON, "Same person, came twice");
      step->reply = mh_merges_service_propose (MH_REQUEST_TX (tx, NULL, step->actor), draft, error);
      return step->reply != NULL;
    }
  g_autoptr (MhRecord) decision = mh_record_new (&mh_patient_merge_decision_type);
  mh_record_set_text (decision, MH_PATIENT_MERGE_DECISION_NOTE_TEXT, step->note);
  step->reply = step->how (MH_REQUEST_TX (tx, NULL, step->actor), step->id, decision, error);
  return step->reply != NULL;
}

static MhRecord *
propose (Lab *lab, MhActor *actor, const char *survivor, const char *loser, GError **error)
{
  Step step = { .actor = actor, .survivor = survivor, .loser = loser };
  return lab_write (lab, actor, act, &step, error) ? step.reply : NULL;
}

static MhRecord *
decide (Lab *lab, MhActor *actor, Decide how, MhRecord *merge, const char *note, GError **error)
{
  Step step = { .actor = actor, .how = how, .id = mh_record_id (merge), .note = note };
  return lab_write (lab, actor, act, &step, error) ? step.reply : NULL;
}

static void
assert_conflict (gpointer reply, GError **error, int kind, const char *says)
{
  g_assert_null (reply);
  g_assert_error (*error, MH_ERROR, kind);
  if (strstr ((*error)->message, says) == NULL)
    g_error ("“%s” does not say “%s”", (*error)->message, says);
  g_clear_error (error);
}

static MhRecord *
merged (Lab *lab, const char *survivor, const char *loser)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) merge = propose (lab, lab->reception, survivor, loser, &error);
  g_assert_no_error (error);
  MhRecord *done = decide (lab, lab->doctor, mh_merges_service_agree, merge, "Seen both", &error);
  g_assert_no_error (error);
  return done;
}

/* --- the cases --- */

typedef struct
{
  Money *money;
  Lab *lab;
  char *survivor, *loser;
} House;

static void
house_init (House *house, const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  house->money = money_new (test);
  mh_payments_observe (house->money->lab->server);
  house->lab = house->money->lab;
  const char *codes[] = { "HB", "HB KT" };
  const char *numbers[] = { "TST-0000-0001-7", "TST-0000-0002-5" };
  char **people[] = { &house->survivor, &house->loser };
  for (guint i = 0; i < 2; i++)
    {
      if (i == 1)
        money_next_patient (house->money);
      *people[i] = g_strdup (house->money->patient);
      g_autofree char *order = money_order (house->money, codes[i], "cash");
      g_autofree char *open = money_order (house->money, "KT", "cash");
      g_autoptr (MhRecord) read = money_read (house->money, order);
      g_autoptr (MhRecord) paid
          = money_pay (house->money, house->money->cashier, order, NULL, "cash",
                       mh_record_int (read, MH_ORDER_DUE), NULL, &error);
      g_assert_no_error (error);
      g_autoptr (MhRecord) kept
          = money_deposit (house->money, house->money->cashier, "cash", 5000 * (i + 1), &error);
      g_assert_no_error (error);
      Filling filling = { *people[i], order, numbers[i], i * 10000 };
      lab_write (house->lab, house->lab->reception, index_patient, &filling, &error);
      g_assert_no_error (error);
      lab_write (house->lab, house->lab->reception, fill_tables, &filling, &error);
      g_assert_no_error (error);
    }
}

static void
house_clear (House *house)
{
  money_free (house->money);
  g_free (house->survivor);
  g_free (house->loser);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (House, house_clear)

/* No row of a table that may be changed refers to the one who went; every such table has one of the
 * survivor. */
static void
assert_moved (House *house)
{
  MhDb *db = lab_reader (house->lab);
  guint n_tables = 0;
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      for (guint k = 0; !is_left_out (type) && k < type->n_fields; k++)
        {
          if (!is_patient_ref (&type->fields[k]))
            continue;
          g_autoptr (GError) error = NULL;
          const char *column = type->fields[k].name;
          g_autoptr (GPtrArray) left = mh_store_all (db, type, column, house->loser, &error);
          g_autoptr (GPtrArray) there = mh_store_all (db, type, column, house->survivor, &error);
          g_assert_no_error (error);
          g_test_message ("%s.%s", type->table, column);
          n_tables++;
          g_assert_cmpuint (there->len, >=, 1);
          if ((type->flags & MH_TYPE_APPEND) != 0)
            g_assert_cmpuint (left->len, >=, 1);
          else
            g_assert_cmpuint (left->len, ==, type == &mh_patient_account_type ? 1 : 0);
        }
    }
  lab_done (house->lab, db);
  g_assert_cmpuint (n_tables, >=, 20);
}

static void
test_bytes (const MhTestDb *test)
{
  g_auto (House) house = { NULL };
  g_autoptr (GError) error = NULL;
  house_init (&house, test);
  g_autofree char *before = dump (house.lab);
  g_autoptr (MhRecord) merge = merged (house.lab, house.survivor, house.loser);
  g_autofree char *between = dump (house.lab);
  g_assert_cmpstr (before, !=, between);
  assert_moved (&house);
  money_assert_books (house.money);
  g_assert_cmpint (mh_record_int (merge, MH_PATIENT_MERGE_N_ROWS), >=, 20);
  g_autoptr (MhRecord) undone = decide (house.lab, house.lab->reception, mh_merges_service_undo,
                                        merge, "Sisters after all", &error);
  g_assert_no_error (error);
  g_assert_null (mh_record_list (undone, MH_PATIENT_MERGE_TOLD));
  g_autofree char *after = dump (house.lab);
  assert_same (before, after);
  money_assert_books (house.money);
}

/* Three records in a chain, undone in the order that is possible. */
static void
test_chain (const MhTestDb *test)
{
  g_auto (House) house = { NULL };
  g_autoptr (GError) error = NULL;
  house_init (&house, test);
  money_next_patient (house.money);
  const char *third = house.money->patient;
  g_autofree char *order = money_order (house.money, "HB", "cash");
  g_autofree char *before = dump (house.lab);
  g_autoptr (MhRecord) first = merged (house.lab, house.survivor, house.loser);
  g_autofree char *between = dump (house.lab);
  g_autoptr (MhRecord) second = merged (house.lab, third, house.survivor);
  g_autoptr (MhRecord) gone = lab_get (house.lab, &mh_patient_type, house.loser);
  g_assert_cmpstr (mh_record_text (gone, MH_PATIENT_MERGED_INTO), ==, third);
  money_assert_books (house.money);
  assert_conflict (
      decide (house.lab, house.lab->doctor, mh_merges_service_undo, first, "two", &error), &error,
      MH_ERROR_CONFLICT, "undo that merge first");
  g_autoptr (MhRecord) one
      = decide (house.lab, house.lab->doctor, mh_merges_service_undo, second, "not she", &error);
  g_assert_no_error (error);
  g_autofree char *halfway = dump (house.lab);
  assert_same (between, halfway);
  g_autoptr (MhRecord) two
      = decide (house.lab, house.lab->doctor, mh_merges_service_undo, first, "nor she", &error);
  g_assert_no_error (error);
  g_autofree char *after = dump (house.lab);
  assert_same (before, after);
}

static GPtrArray *
find (Lab *lab, const char *q)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) next = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *found = mh_patients_service_find (MH_REQUEST_DB (db, NULL, lab->reception), q, NULL,
                                               10, &next, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return found;
}

static void
test_redirect (const MhTestDb *test)
{
  g_auto (House) house = { NULL };
  g_autoptr (GError) error = NULL;
  house_init (&house, test);
  g_autoptr (MhRecord) loser = lab_get (house.lab, &mh_patient_type, house.loser);
  g_autoptr (MhRecord) merge = merged (house.lab, house.survivor, house.loser);
  g_autoptr (GPtrArray) found = find (house.lab, mh_record_text (loser, MH_PATIENT_MRN));
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (mh_record_id (g_ptr_array_index (found, 0)), ==, house.survivor);
  MhDb *db = lab_reader (house.lab);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (MhRecord) read = mh_patients_service_read (
      MH_REQUEST_DB (db, NULL, house.lab->reception), house.loser, json, &error);
  g_autoptr (MhRecord) named = mh_patients_service_named (
      MH_REQUEST_DB (db, NULL, house.lab->reception), house.loser, &error);
  lab_done (house.lab, db);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_id (read), ==, house.survivor);
  g_assert_cmpstr (mh_record_id (named), ==, house.survivor);
  g_assert_nonnull (strstr (json->str, mh_record_text (loser, MH_PATIENT_MRN)));
  /* What is ordered under the number that went away is the survivor's. */
  g_free (house.money->patient);
  house.money->patient = g_strdup (house.loser);
  g_autofree char *order = money_order (house.money, "HB", "cash");
  g_autoptr (MhRecord) placed = money_read (house.money, order);
  g_assert_cmpstr (mh_record_text (placed, MH_ORDER_PATIENT_ID), ==, house.survivor);
  /* … and stays so when the two are parted again. */
  g_autoptr (MhRecord) undone
      = decide (house.lab, house.lab->doctor, mh_merges_service_undo, merge, "two people", &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) kept = money_read (house.money, order);
  g_assert_cmpstr (mh_record_text (kept, MH_ORDER_PATIENT_ID), ==, house.survivor);
  g_autoptr (GPtrArray) own = find (house.lab, mh_record_text (loser, MH_PATIENT_MRN));
  g_assert_cmpuint (own->len, ==, 1);
  g_assert_cmpstr (mh_record_id (g_ptr_array_index (own, 0)), ==, house.loser);
}

static void
test_two_people (const MhTestDb *test)
{
  g_auto (House) house = { NULL };
  g_autoptr (GError) error = NULL;
  house_init (&house, test);
  Lab *lab = house.lab;
  g_autoptr (MhRecord) merge = propose (lab, lab->reception, house.survivor, house.loser, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (merge, MH_PATIENT_MERGE_STATUS), ==, MH_MERGE_PROPOSED);
  assert_conflict (propose (lab, lab->doctor, house.loser, house.survivor, &error), &error,
                   MH_ERROR_CONFLICT, "proposed already");
  assert_conflict (decide (lab, lab->reception, mh_merges_service_agree, merge, NULL, &error),
                   &error, MH_ERROR_FORBIDDEN, "second person");
  assert_conflict (decide (lab, lab->doctor, mh_merges_service_undo, merge, "why", &error), &error,
                   MH_ERROR_CONFLICT, "decided");
  g_autoptr (MhRecord) no
      = decide (lab, lab->reception, mh_merges_service_decline, merge, NULL, &error);
  g_assert_no_error (error);
  assert_conflict (decide (lab, lab->doctor, mh_merges_service_agree, merge, NULL, &error), &error,
                   MH_ERROR_CONFLICT, "decided");
  g_autoptr (MhRecord) again = merged (lab, house.survivor, house.loser);
  assert_conflict (decide (lab, lab->doctor, mh_merges_service_undo, again, "no", &error), &error,
                   MH_ERROR_INVALID, "");
  assert_conflict (propose (lab, lab->reception, house.survivor, house.loser, &error), &error,
                   MH_ERROR_CONFLICT, "merged into another");
}

/* --- what forbids it --- */

typedef struct
{
  const char *id;
  const MhRecordType *type;
  guint field;
  const char *value;
} Patch;

static gboolean
patch_row (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Patch *patch = data;
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), patch->type, patch->id, error);
  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : NULL;
  if (after == NULL)
    return FALSE;
  mh_record_set_text (after, patch->field, patch->value);
  return mh_tx_update_within (tx, before, after, error);
}

static void
set_text (Lab *lab, const MhRecordType *type, const char *id, guint field, const char *value)
{
  g_autoptr (GError) error = NULL;
  Patch patch = { id, type, field, value };
  lab_write (lab, lab->reception, patch_row, &patch, &error);
  g_assert_no_error (error);
}

static char *
visit_of (Lab *lab, const char *patient)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) visit = mh_store_find (db, &mh_visit_type, "patient_id", patient, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return g_strdup (mh_record_id (visit));
}

static void
test_forbidden (const MhTestDb *test)
{
  static const struct
  {
    const char *stays, *goes;
    gboolean allowed;
  } bloods[] = { { "A+", "A+", TRUE },
                 { "A+", NULL, TRUE },
                 { NULL, "O-", TRUE },
                 { "A+", "A-", FALSE },
                 { "A+", "O+", FALSE } },
    /* what is signed cannot be opened again: it comes last */
      stays[] = { { "registered", "disposition", FALSE },
                  { "left", "with_physician", TRUE },
                  { "nurse_assessed", "cancelled", TRUE },
                  { "registered", "signed", TRUE } };
  g_auto (House) house = { NULL };
  g_autoptr (GError) error = NULL;
  house_init (&house, test);
  Lab *lab = house.lab;
  g_autofree char *one = visit_of (lab, house.survivor);
  g_autofree char *two = visit_of (lab, house.loser);
  for (guint i = 0; i < G_N_ELEMENTS (bloods) + G_N_ELEMENTS (stays); i++)
    {
      gboolean blood = i < G_N_ELEMENTS (bloods);
      const char *a = blood ? bloods[i].stays : stays[i - G_N_ELEMENTS (bloods)].stays;
      const char *b = blood ? bloods[i].goes : stays[i - G_N_ELEMENTS (bloods)].goes;
      gboolean allowed = blood ? bloods[i].allowed : stays[i - G_N_ELEMENTS (bloods)].allowed;
      const char *ids[] = { blood ? house.survivor : one, blood ? house.loser : two };
      for (guint k = 0; k < 2; k++)
        {
          if (blood)
            set_text (lab, &mh_patient_type, ids[k], MH_PATIENT_BLOOD_GROUP, k == 0 ? a : b);
          else
            {
              set_text (lab, &mh_patient_type, house.survivor, MH_PATIENT_BLOOD_GROUP, NULL);
              g_autofree char *id = g_strdup (ids[k]);
              set_text (lab, &mh_visit_type, id, MH_VISIT_KIND, MH_VISIT_OUTPATIENT);
              g_autoptr (MhRecord) now = lab_get (lab, &mh_visit_type, id);
              if (strcmp (mh_record_text (now, MH_VISIT_STATUS), MH_VISIT_SIGNED) != 0)
                set_text (lab, &mh_visit_type, id, MH_VISIT_STATUS, k == 0 ? a : b);
              set_text (lab, &mh_visit_type, id, MH_VISIT_KIND, MH_VISIT_INPATIENT);
            }
        }
      g_autoptr (MhRecord) merge
          = propose (lab, lab->reception, house.survivor, house.loser, &error);
      g_test_message ("row %u", i);
      if (!allowed)
        {
          assert_conflict (merge, &error, MH_ERROR_CONFLICT, blood ? "blood" : "admitted");
          continue;
        }
      g_assert_no_error (error);
      g_autoptr (MhRecord) no
          = decide (lab, lab->doctor, mh_merges_service_decline, merge, NULL, &error);
      g_assert_no_error (error);
    }
}

/* --- labels, and what changed since --- */

static char *
tube_of (Lab *lab, const char *order)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) tube = mh_store_find (db, &mh_sample_type, "order_id", order, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return g_strdup (mh_record_id (tube));
}

typedef struct
{
  const char *id;
  int printed;
} Print;

static gboolean
print_label (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Print *print = data;
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_sample_type, print->id, error);
  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : NULL;
  if (after == NULL)
    return FALSE;
  mh_record_set_int (after, MH_SAMPLE_LABELS_PRINTED, print->printed);
  return mh_tx_update_within (tx, before, after, error);
}

static void
test_changed_since (const MhTestDb *test)
{
  g_auto (House) house = { NULL };
  g_autoptr (GError) error = NULL;
  house_init (&house, test);
  Lab *lab = house.lab;
  g_autofree char *order = money_order (house.money, "HB", "cash");
  g_autofree char *tube = tube_of (lab, order);
  Print print = { tube, 2 };
  lab_write (lab, lab->reception, print_label, &print, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) merge = merged (lab, house.survivor, house.loser);
  g_autoptr (MhRecord) voided = lab_get (lab, &mh_sample_type, tube);
  g_assert_cmpint (mh_record_int (voided, MH_SAMPLE_LABELS_PRINTED), ==, 0);
  g_assert_cmpint (mh_record_int (merge, MH_PATIENT_MERGE_N_LABELS), >=, 2);
  /* printed again, with the survivor's number; and the order's patient put right by hand */
  print.printed = 1;
  lab_write (lab, lab->reception, print_label, &print, &error);
  g_assert_no_error (error);
  money_next_patient (house.money);
  set_text (lab, &mh_order_type, order, MH_ORDER_PATIENT_ID, house.money->patient);
  g_autoptr (MhRecord) undone
      = decide (lab, lab->doctor, mh_merges_service_undo, merge, "two people", &error);
  g_assert_no_error (error);
  const char *const *told = mh_record_list (undone, MH_PATIENT_MERGE_TOLD);
  g_autofree char *label = g_strdup_printf ("sample/%s/labels_printed", tube);
  g_autofree char *pointer = g_strdup_printf ("order/%s/patient_id", order);
  g_assert_nonnull (told);
  g_assert_true (g_strv_contains (told, label));
  g_assert_true (g_strv_contains (told, pointer));
  g_assert_cmpuint (g_strv_length ((char **)told), ==, 2);
  g_autoptr (MhRecord) again = lab_get (lab, &mh_sample_type, tube);
  g_assert_cmpint (mh_record_int (again, MH_SAMPLE_LABELS_PRINTED), ==, 0);
  g_assert_cmpstr (mh_record_text (again, MH_SAMPLE_PATIENT_ID), ==, house.loser);
  g_autoptr (MhRecord) kept = money_read (house.money, order);
  g_assert_cmpstr (mh_record_text (kept, MH_ORDER_PATIENT_ID), ==, house.money->patient);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/merges/bytes", test_bytes);
  mh_test_add_both ("/merges/chain", test_chain);
  mh_test_add_both ("/merges/redirect", test_redirect);
  mh_test_add_both ("/merges/two-people", test_two_people);
  mh_test_add_both ("/merges/forbidden", test_forbidden);
  mh_test_add_both ("/merges/changed-since", test_changed_since);
  return mh_test_run ();
}
