/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue's own rules on a real store: history, sign-off, checks, files, reagents, reflexes.
 */
#include <string.h>

#include "server/lab/catalogue/mh-catalogue-rows-service.h"
#include "server/lab/catalogue/mh-catalogue-service.h"
#include "server/lab/catalogue/mh-tariff-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "tests/server/catalogue-fixture.h"

typedef struct
{
  MhActor *actor;
  const MhRecordType *type;
  const char *id, *text;
  MhRecord *body, *reply;
  gboolean dry_run;
} Step;

/* --- history and sign-off --- */

static gboolean
sign_rows (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_catalogue_sign_rows (MH_REQUEST_TX (tx, NULL, step->actor), step->body, error);
  return step->reply != NULL;
}

static gint64
sign (Lab *lab, MhActor *actor, const char *kind, const char *id, gboolean withdraw, GError **error)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_catalogue_signing_type);
  mh_record_set_text (body, MH_CATALOGUE_SIGNING_RECORD_TYPE, kind);
  mh_record_add_to_list (body, MH_CATALOGUE_SIGNING_RECORD_IDS, id);
  mh_record_set_bool (body, MH_CATALOGUE_SIGNING_WITHDRAW, withdraw);
  Step step = { .actor = actor, .body = body };
  if (!lab_write (lab, actor, sign_rows, &step, error))
    return -1;
  gint64 count = mh_record_int (step.reply, MH_CATALOGUE_SIGNING_COUNT);
  g_object_unref (step.reply);
  return count;
}

static GPtrArray *
history (Lab *lab, const char *id)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  GPtrArray *found = mh_catalogue_history_list (db, LAB_HOSPITAL, id, 0, 50, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return found;
}

static void
test_history (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) ed = catalogue_editor ();
  g_autoptr (MhRecord) cbc = catalogue_row (lab, &mh_test_type, "CBC");
  const char *id = mh_record_id (cbc);
  g_autoptr (MhRecord) one = catalogue_change (
      lab, ed, &mh_test_type, id, "{\"method\":\"Impedance\",\"price\":36000}", &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) same
      = catalogue_change (lab, ed, &mh_test_type, id, "{\"method\":\"Impedance\"}", &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) entries = history (lab, id);
  /* as shipped, and the one change; what changed nothing is no entry */
  g_assert_cmpuint (entries->len, ==, 2);
  MhRecord *newest = g_ptr_array_index (entries, 0), *first = g_ptr_array_index (entries, 1);
  g_assert_cmpstr (mh_record_text (newest, MH_CATALOGUE_REVISION_CHANGES), ==,
                   "{\"method\":[null,\"Impedance\"],\"price\":[\"350.00\",\"360.00\"]}");
  g_assert_cmpstr (mh_record_text (newest, MH_CATALOGUE_REVISION_BY_NAME), ==, "Ed Editor");
  g_assert_cmpstr (mh_record_text (newest, MH_CATALOGUE_REVISION_CODE), ==, "CBC");
  g_assert_cmpstr (mh_record_text (first, MH_CATALOGUE_REVISION_ACTION), ==, MH_REVISION_CREATED);
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) then = mh_catalogue_history_at (db, id, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mh_record_int (then, MH_TEST_PRICE), ==, 35000);
  g_autoptr (MhRecord) never = mh_catalogue_history_at (db, id, 99, &error);
  g_assert_null (never);
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* The database itself refuses to change it. */
  g_assert_cmpint (mh_db_exec (db, "UPDATE catalogue_revision SET code = 'X'", MH_NO_ARGS, &error),
                   <, 0);
  lab_done (lab, db);
}

#define OTHER_HOUSE "01900000-0000-7000-8000-0000000000ff"

static gboolean
write_list (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_catalogue_history_write (tx, NULL, data,
                                     (MhCatalogueStep){ MH_REVISION_CREATED, NULL, NULL }, error);
}

/* What one hospital asks for its tests is nobody else's business. */
static void
test_other_house (const MhTestDb *test)
{
  static const struct
  {
    const char *list, *hospital, *asks;
    guint n;
  } cases[] = { { "01900000-0000-7000-8000-0000000000a1", LAB_HOSPITAL, LAB_HOSPITAL, 1 },
                { "01900000-0000-7000-8000-0000000000a2", OTHER_HOUSE, LAB_HOSPITAL, 0 },
                { "01900000-0000-7000-8000-0000000000a3", OTHER_HOUSE, NULL, 1 },
                { "01900000-0000-7000-8000-0000000000a4", NULL, LAB_HOSPITAL, 1 } };
  g_autoptr (Lab) lab = lab_new (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRecord) list = mh_record_new (&mh_price_list_type);
      mh_record_set_text (list, MH_ID, cases[i].list);
      mh_record_set_int (list, MH_VERSION, 1);
      mh_record_set_text (list, MH_PRICE_LIST_HOSPITAL_ID, cases[i].hospital);
      g_assert_true (lab_write (lab, lab->doctor, write_list, list, &error));
      MhDb *db = lab_reader (lab);
      g_autoptr (GPtrArray) own
          = mh_catalogue_history_list (db, cases[i].asks, cases[i].list, 0, 50, &error);
      g_assert_no_error (error);
      g_autoptr (GPtrArray) all
          = mh_catalogue_history_recent (db, cases[i].asks, G_MAXINT64, NULL, 1, &error);
      g_assert_no_error (error);
      lab_done (lab, db);
      g_assert_cmpuint (own->len, ==, cases[i].n);
      g_assert_cmpuint (
          all->len > 0
              && g_strcmp0 (mh_record_text (all->pdata[0], MH_CATALOGUE_REVISION_RECORD_ID),
                            cases[i].list)
                     == 0,
          ==, cases[i].n);
    }
}

static void
test_sign_off (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) sneaked = NULL;
  g_autoptr (MhActor) ed = catalogue_editor ();
  g_autoptr (MhActor) mira = catalogue_director ();
  g_autoptr (MhRecord) cbc = catalogue_row (lab, &mh_test_type, "CBC");
  const char *id = mh_record_id (cbc);
  g_assert_cmpint (sign (lab, ed, "test", id, FALSE, &refused), ==, -1);
  g_assert_error (refused, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_autoptr (MhRecord) forged
      = catalogue_change (lab, ed, &mh_test_type, id, "{\"verified\":true}", &sneaked);
  g_assert_null (forged);
  g_assert_error (sneaked, MH_ERROR, MH_ERROR_FORBIDDEN);
  g_assert_cmpint (sign (lab, mira, "test", id, FALSE, &error), ==, 1);
  g_assert_cmpint (sign (lab, mira, "test", id, FALSE, &error), ==, 0);
  g_autoptr (MhRecord) signed_row = lab_get (lab, &mh_test_type, id);
  g_assert_true (mh_record_bool (signed_row, MH_TEST_VERIFIED));
  g_assert_cmpstr (mh_record_text (signed_row, MH_TEST_SIGNED_BY), ==, "Dr Mira Director");
  /* Money and names leave it; the method takes it back, whoever changes it. */
  g_autoptr (MhRecord) dearer = catalogue_change (
      lab, ed, &mh_test_type, id, "{\"price\":40000,\"short_name\":\"Count\"}", &error);
  g_assert_true (mh_record_bool (dearer, MH_TEST_VERIFIED));
  g_autoptr (MhRecord) other
      = catalogue_change (lab, mira, &mh_test_type, id, "{\"method\":\"Flow\"}", &error);
  g_assert_no_error (error);
  g_assert_false (mh_record_bool (other, MH_TEST_VERIFIED));
  g_assert_null (mh_record_text (other, MH_TEST_SIGNED_BY));
  g_autoptr (GPtrArray) entries = history (lab, id);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (entries, 0), MH_CATALOGUE_REVISION_ACTION),
                   ==, MH_REVISION_UNSIGNED);
  g_assert_cmpint (sign (lab, mira, "test", id, FALSE, &error), ==, 1);
  g_assert_cmpint (sign (lab, mira, "test", id, TRUE, &error), ==, 1);
  g_assert_no_error (error);
  g_autoptr (MhCatalogueView) view = catalogue_view_now (lab);
  g_autoptr (GPtrArray) waiting = mh_catalogue_sign_waiting (view, "test");
  gboolean found = FALSE;
  for (guint i = 0; i < waiting->len; i++)
    found
        = found
          || g_strcmp0 (mh_record_text (g_ptr_array_index (waiting, i), MH_CATALOGUE_WAITING_CODE),
                        "CBC")
                 == 0;
  g_assert_true (found);
}

/* --- what is refused --- */

static void
test_refusals (const MhTestDb *test)
{
  static const struct
  {
    const MhRecordType *type;
    const char *json, *field, *code; /* NULL: it is taken */
  } rows[] = {
    /* The shipped rows of HGB: 0d–12y and 12y on. */
    { &mh_reference_range_type,
      "{\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"any\","
      "\"from_age\":\"6mo\",\"to_age\":\"5y\",\"low\":\"11\"}",
      "from_age", "overlap" },
    { &mh_reference_range_type,
      "{\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"any\",\"low\":\"11\"}", "from_age",
      "overlap" },
    { &mh_reference_range_type,
      "{\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"male\",\"low\":\"11\"}", NULL, NULL },
    { &mh_reference_range_type,
      "{\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"female\","
      "\"from_age\":\"6mo\",\"to_age\":\"5y\",\"low\":\"11\"}",
      NULL, NULL },
    { &mh_reference_range_type,
      "{\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"any\","
      "\"from_age\":\"5y\",\"to_age\":\"5y\",\"low\":\"11\"}",
      "to_age", "order" },
    { &mh_reference_range_type,
      "{\"analyte\":\"NONE\",\"kind\":\"reference\",\"sex\":\"any\",\"low\":\"1\"}", "analyte",
      "unknown_code" },
    { &mh_analyte_type,
      "{\"code\":\"F1\",\"name\":\"F\",\"kind\":\"calculated\",\"formula\":"
      "\"HGB * (\"}",
      "formula", "format" },
    { &mh_analyte_type,
      "{\"code\":\"F2\",\"name\":\"F\",\"kind\":\"calculated\",\"formula\":"
      "\"NOBODY * 2\"}",
      "formula", "unknown_code" },
    { &mh_analyte_type,
      "{\"code\":\"F3\",\"name\":\"F\",\"kind\":\"calculated\",\"formula\":"
      "\"K * 2\",\"formula_units\":[\"K=mmol/L\",\"F3=1\"]}",
      "formula_units", "unit" },
    { &mh_analyte_type,
      "{\"code\":\"F4\",\"name\":\"F\",\"kind\":\"calculated\",\"formula\":"
      "\"K * 2\",\"formula_units\":[\"F4=1\"]}",
      "formula_units", "unit_missing" },
    { &mh_analyte_type,
      "{\"code\":\"F5\",\"name\":\"F\",\"kind\":\"calculated\",\"formula\":"
      "\"K * 2\",\"formula_units\":[\"K=1\",\"F5=1\"]}",
      NULL, NULL },
    { &mh_analyte_type,
      "{\"code\":\"F6\",\"name\":\"F\",\"kind\":\"calculated\",\"formula\":"
      "\"F6 + 1\",\"formula_units\":[\"F6=1\"]}",
      "formula", "circle" },
    { &mh_test_type,
      "{\"code\":\"T1\",\"name\":\"T\",\"bench\":\"Z\",\"container\":\"EDTA\","
      "\"specimen\":\"s\",\"analytes\":[\"HGB\"],\"price\":1}",
      "bench", "unknown_code" },
    { &mh_test_type,
      "{\"code\":\"T2\",\"name\":\"T\",\"bench\":\"H\",\"container\":\"EDTA\","
      "\"specimen\":\"s\",\"analytes\":[\"ZZ\"],\"price\":1}",
      "analytes", "unknown_code" },
    { &mh_reflex_rule_type,
      "{\"code\":\"R1\",\"name\":\"R\",\"analyte\":\"K\",\"operator\":"
      "\"above\",\"value\":\"5\",\"add_test\":\"ZZ\",\"active\":true}",
      "add_test", "unknown_code" },
    { &mh_reflex_rule_type,
      "{\"code\":\"R2\",\"name\":\"R\",\"test\":\"CBC\",\"analyte\":\"K\","
      "\"operator\":\"above\",\"value\":\"5\",\"add_test\":\"KT\",\"active\":true}",
      "analyte", "mismatch" },
    { &mh_reflex_rule_type,
      "{\"code\":\"R3\",\"name\":\"R\",\"analyte\":\"K\",\"operator\":"
      "\"above\",\"value\":\"5\",\"add_test\":\"HB\",\"active\":true}",
      NULL, NULL },
    { &mh_reflex_rule_type,
      "{\"code\":\"R4\",\"name\":\"R\",\"analyte\":\"HGB\",\"operator\":"
      "\"below\",\"value\":\"5\",\"add_test\":\"KT\",\"active\":true}",
      "add_test", "circle" },
    { &mh_reagent_type, "{\"code\":\"X1\",\"name\":\"X\",\"uses\":[\"ZZ=1\"]}", "uses",
      "unknown_code" },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) ed = catalogue_editor ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRecord) made = catalogue_add (lab, ed, rows[i].type, rows[i].json, &error);
      if (rows[i].field == NULL)
        g_assert_no_error (error);
      else
        catalogue_assert_issue (error, rows[i].field, rows[i].code);
    }
}

/* Two formulas that need each other, and a unit under a formula. */
static void
test_units (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) round_trip = NULL;
  g_autoptr (GError) unit = NULL;
  g_autoptr (MhActor) ed = catalogue_editor ();
  g_autoptr (MhRecord) chol = catalogue_row (lab, &mh_analyte_type, "CHOL");
  g_autoptr (MhRecord) in_mg = catalogue_change (lab, ed, &mh_analyte_type, mh_record_id (chol),
                                                 "{\"ucum\":\"mg/dL\"}", &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) made = catalogue_add (
      lab, ed, &mh_analyte_type,
      "{\"code\":\"A1\",\"name\":\"A\",\"kind\":\"calculated\",\"decimals\":1,\"formula\":\"CHOL / "
      "5\",\"formula_units\":[\"CHOL=mg/dL\",\"A1=1\"]}",
      &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) moved = catalogue_change (lab, ed, &mh_analyte_type, mh_record_id (chol),
                                                 "{\"ucum\":\"mmol/L\"}", &unit);
  g_assert_null (moved);
  catalogue_assert_issue (unit, "ucum", "unit");
  g_autoptr (MhRecord) second = catalogue_add (
      lab, ed, &mh_analyte_type,
      "{\"code\":\"A2\",\"name\":\"A\",\"kind\":\"calculated\",\"decimals\":1,\"formula\":\"A1 + "
      "1\",\"formula_units\":[\"A1=1\",\"A2=1\"]}",
      &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) circle = catalogue_change (
      lab, ed, &mh_analyte_type, mh_record_id (made),
      "{\"formula\":\"A2 * 2\",\"formula_units\":[\"A2=1\",\"A1=1\"]}", &round_trip);
  g_assert_null (circle);
  catalogue_assert_issue (round_trip, "formula", "circle");
}

/* --- trying a formula --- */

static void
test_trial (const MhTestDb *test)
{
  static const struct
  {
    const char *formula, *condition, *inputs, *outcome, *value;
    gboolean message;
  } rows[] = {
    { "CHOL / HDL", NULL, "CHOL=200 HDL=50", "ok", "4.0", TRUE },
    { "CHOL / HDL", NULL, "CHOL=200", "missing", NULL, TRUE },
    { "CHOL / HDL", NULL, "CHOL=200 HDL=0", "undefined", NULL, TRUE },
    { "CHOL / HDL", "HDL > 60", "CHOL=200 HDL=50", "not_applicable", NULL, TRUE },
    { "CHOL / (", NULL, "CHOL=200 HDL=50", "broken", NULL, TRUE },
    { "NOBODY", NULL, "NOBODY=2", "ok", "2.0", TRUE },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhCatalogueView) view = catalogue_view_now (lab);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRecord) asked = mh_record_new (&mh_formula_trial_type);
      g_auto (GStrv) inputs = g_strsplit (rows[i].inputs, " ", -1);
      mh_record_set_text (asked, MH_FORMULA_TRIAL_CODE, "TRY");
      mh_record_set_text (asked, MH_FORMULA_TRIAL_FORMULA, rows[i].formula);
      mh_record_set_text (asked, MH_FORMULA_TRIAL_CONDITION, rows[i].condition);
      mh_record_set_int (asked, MH_FORMULA_TRIAL_DECIMALS, 1);
      mh_record_set_list (asked, MH_FORMULA_TRIAL_INPUTS, (const char *const *)inputs);
      g_autoptr (MhRecord) reply = mh_catalogue_try_formula (view, asked, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (mh_record_text (reply, MH_FORMULA_TRIAL_OUTCOME), ==, rows[i].outcome);
      g_assert_cmpstr (mh_record_text (reply, MH_FORMULA_TRIAL_VALUE), ==, rows[i].value);
      g_assert_cmpint (mh_record_has (reply, MH_FORMULA_TRIAL_MESSAGE), ==, rows[i].message);
    }
  g_autoptr (GError) wrong = NULL;
  g_autoptr (MhRecord) asked = mh_record_new (&mh_formula_trial_type);
  mh_record_set_text (asked, MH_FORMULA_TRIAL_FORMULA, "K");
  mh_record_add_to_list (asked, MH_FORMULA_TRIAL_INPUTS, "K=many");
  g_assert_null (mh_catalogue_try_formula (view, asked, &wrong));
  catalogue_assert_issue (wrong, "inputs", "format");
}

/* --- files --- */

static gboolean
take (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhCatalogueView) view = catalogue_view_in (tx, lab, error);
  g_clear_object (&step->reply);
  step->reply = mh_catalogue_take (
      MH_REQUEST_TX (tx, NULL, step->actor), view,
      &(MhCatalogueTake){ step->text, strlen (step->text), step->type, step->dry_run }, error);
  return step->reply != NULL;
}

static MhRecord *
take_text (Lab *lab, MhActor *actor, const MhRecordType *type, const char *text, gboolean dry)
{
  g_autoptr (GError) error = NULL;
  Step step = { .actor = actor, .type = type, .text = text, .dry_run = dry };
  mh_assert_ok (lab_write (lab, actor, take, &step, &error), error);
  return step.reply;
}

static void
assert_taken (MhRecord *taken, gint64 added, gint64 changed, gint64 removed, gint64 bad)
{
  g_assert_cmpint (mh_record_int (taken, MH_CATALOGUE_TAKEN_ADDED), ==, added);
  g_assert_cmpint (mh_record_int (taken, MH_CATALOGUE_TAKEN_CHANGED), ==, changed);
  g_assert_cmpint (mh_record_int (taken, MH_CATALOGUE_TAKEN_REMOVED), ==, removed);
  g_assert_cmpint (mh_record_int (taken, MH_CATALOGUE_TAKEN_BAD), ==, bad);
}

static void
test_round_trip (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) mira = catalogue_director ();
  g_autoptr (MhCatalogueView) view = catalogue_view_now (lab);
  GString *json = mh_catalogue_file_json (view, NULL);
  g_autofree char *before = g_string_free (json, FALSE);
  g_autoptr (MhRecord) again = take_text (lab, mira, NULL, before, FALSE);
  assert_taken (again, 0, 0, 0, 0);
  for (guint i = 0; mh_catalogue_file_kind (i) != NULL; i++)
    {
      const MhRecordType *type = mh_catalogue_file_kind (i);
      g_autofree char *table = g_string_free (mh_catalogue_file_csv (view, type, NULL), FALSE);
      g_autoptr (MhRecord) taken = take_text (lab, mira, type, table, TRUE);
      assert_taken (taken, 0, 0, 0, 0);
      g_assert_cmpint (mh_record_int (taken, MH_CATALOGUE_TAKEN_SAME), ==,
                       mh_catalogue_all (view, type)->len);
    }
}

static void
test_take (const MhTestDb *test)
{
  static const char good[]
      = "code,name,short_name,bench,container,specimen,analytes,price,method,aliases,fasting\r\n"
        "NEW,\"New, with a comma\",New,H,EDTA,whole blood,HGB; "
        "HCT,99.50,,\"[\"\"a;b\"\",\"\"c\"\"]\",yes\r\n"
        "HB,Haemoglobin,Hb,H,EDTA,whole blood,HGB,120,Cyanmet,,\r\n";
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) mira = catalogue_director ();
  g_autoptr (MhActor) ed = catalogue_editor ();
  g_autoptr (MhRecord) hb = catalogue_row (lab, &mh_test_type, "HB");
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (sign (lab, mira, "test", mh_record_id (hb), FALSE, &error), ==, 1);
  g_autoptr (MhRecord) tried = take_text (lab, ed, &mh_test_type, good, TRUE);
  assert_taken (tried, 1, 1, 0, 0);
  g_autoptr (MhCatalogueView) untouched = catalogue_view_now (lab);
  g_assert_null (mh_catalogue_find (untouched, &mh_test_type, "NEW"));
  g_autoptr (MhRecord) taken = take_text (lab, ed, &mh_test_type, good, FALSE);
  assert_taken (taken, 1, 1, 0, 0);
  g_autoptr (MhRecord) made = catalogue_row (lab, &mh_test_type, "NEW");
  g_assert_cmpint (mh_record_int (made, MH_TEST_PRICE), ==, 9950);
  g_assert_cmpstr (mh_record_text (made, MH_TEST_NAME), ==, "New, with a comma");
  g_assert_cmpstr (mh_record_list (made, MH_TEST_ALIASES)[0], ==, "a;b");
  g_assert_true (mh_record_bool (made, MH_TEST_ACTIVE));
  /* A sign-off does not come with a file, and goes with one. */
  g_assert_false (mh_record_bool (made, MH_TEST_VERIFIED));
  g_autoptr (MhRecord) changed = catalogue_row (lab, &mh_test_type, "HB");
  g_assert_false (mh_record_bool (changed, MH_TEST_VERIFIED));
  g_autoptr (GPtrArray) entries = history (lab, mh_record_id (changed));
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (entries, 0), MH_CATALOGUE_REVISION_REASON),
                   ==, "file");
}

static void
assert_remark (MhRecord *taken, gint64 line, const char *field, const char *words)
{
  GPtrArray *remarks = mh_record_records (taken, MH_CATALOGUE_TAKEN_REMARKS);
  for (guint i = 0; remarks != NULL && i < remarks->len; i++)
    {
      MhRecord *remark = g_ptr_array_index (remarks, i);
      if (mh_record_int (remark, MH_CATALOGUE_REMARK_LINE) == line
          && g_strcmp0 (mh_record_text (remark, MH_CATALOGUE_REMARK_FIELD), field) == 0
          && strstr (mh_record_text (remark, MH_CATALOGUE_REMARK_REASON), words) != NULL)
        return;
    }
  g_error ("no remark in line %" G_GINT64_FORMAT " on %s", line, field);
}

/* A bad line stops all, and says where, in which column and what to do. */
static void
test_take_bad (const MhTestDb *test)
{
  static const char table[] = "code,name,bench,container,specimen,analytes,price\n"
                              "GOOD,Good,H,EDTA,serum,HGB,10\n"
                              "BAD1,,H,EDTA,serum,HGB,10\n"
                              "BAD2,Bad,H,EDTA,serum,HGB,much\n"
                              "GOOD,Twice,H,EDTA,serum,HGB,10\n"
                              "a,b,c,d,e,f,g,h\n";
  static const char linked[] = "code,name,bench,container,specimen,analytes,price\n"
                               "GOOD,Good,H,EDTA,serum,HGB,10\n"
                               "BAD3,Bad,H,EDTA,serum,NOBODY,10\n";
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) ed = catalogue_editor ();
  g_autoptr (MhRecord) taken = take_text (lab, ed, &mh_test_type, table, FALSE);
  assert_remark (taken, 3, "name", "");
  assert_remark (taken, 4, "price", "");
  assert_remark (taken, 5, "code", "twice");
  assert_remark (taken, 6, NULL, "quotation");
  g_autoptr (MhRecord) links = take_text (lab, ed, &mh_test_type, linked, FALSE);
  assert_remark (links, 3, "analytes", "NOBODY");
  g_autoptr (MhCatalogueView) view = catalogue_view_now (lab);
  g_assert_null (mh_catalogue_find (view, &mh_test_type, "GOOD"));
  g_autoptr (GError) head = NULL;
  g_autoptr (GError) format = NULL;
  Step column = { .actor = ed, .type = &mh_test_type, .text = "code,weight\nX,1\n" };
  g_assert_false (lab_write (lab, ed, take, &column, &head));
  catalogue_assert_issue (head, "weight", "unknown_field");
  Step strange = { .actor = ed, .text = "{\"format\":\"other\"}" };
  g_assert_false (lab_write (lab, ed, take, &strange, &format));
  catalogue_assert_issue (format, "text", "format");
  /* Prices need their own right. */
  g_autoptr (GError) money = NULL;
  Step prices = { .actor = ed,
                  .type = &mh_price_list_type,
                  .text = "code,name,currency\nCORP,Corporate,INR\n" };
  g_assert_false (lab_write (lab, ed, take, &prices, &money));
  g_assert_error (money, MH_ERROR, MH_ERROR_FORBIDDEN);
}

/* An analyte's ranges come as a whole; the test of a file may name the file's analyte. */
static void
test_take_whole (const MhTestDb *test)
{
  static const char ranges[] = "analyte,kind,sex,from_age,to_age,low,high\n"
                               "K,reference,any,0d,1mo,3.7,5.9\n"
                               "K,reference,any,1mo,,3.5,5.0\n"
                               "K,critical,any,0d,,2.8,6.2\n";
  static const char overlapping[] = "analyte,kind,sex,from_age,to_age,low,high\n"
                                    "K,reference,any,0d,2mo,3.7,5.9\n"
                                    "K,reference,any,1mo,,3.5,5.0\n";
  static const char both[]
      = "{\"format\":\"mahima-catalogue\",\"version\":1,\"test\":[{\"code\":\"NAT\",\"name\":"
        "\"Sodium\",\"bench\":\"C\",\"container\":\"SST\",\"specimen\":\"serum\",\"analytes\":"
        "[\"NA\"],\"price\":100}],\"analyte\":[{\"code\":\"NA\",\"name\":\"Sodium\",\"kind\":"
        "\"numeric\"}]}";
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) ed = catalogue_editor ();
  g_autoptr (MhRecord) taken = take_text (lab, ed, &mh_reference_range_type, ranges, FALSE);
  /* the shipped "0d and older" row is replaced by the two; the critical one stays */
  assert_taken (taken, 2, 0, 1, 0);
  g_autoptr (MhCatalogueView) view = catalogue_view_now (lab);
  g_assert_cmpuint (mh_catalogue_ranges (view, "K")->len, ==, 3);
  g_assert_cmpuint (mh_catalogue_ranges (view, "HGB")->len, ==, 3);
  g_autoptr (MhRecord) refused = take_text (lab, ed, &mh_reference_range_type, overlapping, FALSE);
  g_assert_cmpint (mh_record_int (refused, MH_CATALOGUE_TAKEN_BAD), ==, 1);
  assert_remark (refused, 2, "from_age", "overlap");
  g_autoptr (MhRecord) linked = take_text (lab, ed, NULL, both, FALSE);
  assert_taken (linked, 2, 0, 0, 0);
}

/* --- prices --- */

typedef struct
{
  const char *id;
  MhRecord *body, *reply;
  MhActor *actor;
} Price;

static gboolean
put_prices (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Price *price = data;
  g_autoptr (MhCatalogueView) view = catalogue_view_in (tx, lab, error);
  g_clear_object (&price->reply);
  price->reply = price->id == NULL
                     ? mh_tariff_list_create (MH_REQUEST_TX (tx, NULL, price->actor), view,
                                              price->body, error)
                     : mh_tariff_list_update (
                         MH_REQUEST_TX (tx, NULL, price->actor), view,
                         (MhPatch){ .id = price->id, .if_match = -1, .body = price->body }, error);
  return price->reply != NULL;
}

static void
test_price_history (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) mira = catalogue_director ();
  g_autoptr (MhRecord) list = catalogue_body (
      &mh_price_list_type, "{\"code\":\"CORP\",\"name\":\"Corporate\",\"currency\":"
                           "\"INR\",\"entries\":[{\"code\":\"CBC\",\"price\":30000},"
                           "{\"code\":\"HB\",\"price\":5000}]}");
  g_autoptr (MhRecord) cheaper = catalogue_body (
      &mh_price_list_type, "{\"entries\":[{\"code\":\"CBC\",\"price\":20000},{\"code\":\"KT\","
                           "\"price\":1000}]}");
  Price price = { .actor = mira, .body = list };
  mh_assert_ok (lab_write (lab, mira, put_prices, &price, &error), error);
  g_autofree char *id = g_strdup (mh_record_id (price.reply));
  price.id = id;
  price.body = cheaper;
  mh_assert_ok (lab_write (lab, mira, put_prices, &price, &error), error);
  g_clear_object (&price.reply);
  g_autoptr (GPtrArray) entries = history (lab, id);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (entries, 0), MH_CATALOGUE_REVISION_CHANGES),
                   ==,
                   "{\"price CBC\":[\"300.00\",\"200.00\"],\"price KT\":[null,\"10.00\"],"
                   "\"price HB\":[\"50.00\",null]}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/catalogue/history", test_history);
  mh_test_add_both ("/catalogue/other-house", test_other_house);
  mh_test_add_both ("/catalogue/sign-off", test_sign_off);
  mh_test_add_both ("/catalogue/refusals", test_refusals);
  mh_test_add_both ("/catalogue/units", test_units);
  mh_test_add_both ("/catalogue/trial", test_trial);
  mh_test_add_both ("/catalogue/round-trip", test_round_trip);
  mh_test_add_both ("/catalogue/take", test_take);
  mh_test_add_both ("/catalogue/take-bad", test_take_bad);
  mh_test_add_both ("/catalogue/take-whole", test_take_whole);
  mh_test_add_both ("/catalogue/price-history", test_price_history);
  return mh_test_run ();
}
