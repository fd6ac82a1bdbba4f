/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delta checks and held tubes, cultures, attachments and questions to supervisors, on both
 * databases. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/results/mh-results-history.h"
#include "server/lab/results/mh-results-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-escalation.h"
#include "shared/records/lab/mh-isolate.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-tube-hold.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

#include <string.h>

#define FIRST_DAY "2026-03-11T06:00:00.000Z"
#define SECOND_DAY "2026-03-12T06:00:00.000Z"
#define LATER_THAN_WINDOW "2026-03-14T06:00:00.001Z"

static void
assert_row (MhRecord *sheet, const char *code, guint field, const char *expected)
{
  g_assert_cmpstr (mh_record_text (lab_row (sheet, code), field), ==, expected);
}

/* What most of the services here look like. */
typedef MhRecord *(*Service) (const MhRequest *req, const char *id, MhRecord *body, GError **error);
typedef struct
{
  Service service;
  MhActor *actor;
  const char *id;
  MhRecord *body, *sheet;
} Ask;

static gboolean
run_ask (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Ask *ask = data;
  g_clear_object (&ask->sheet);
  ask->sheet
      = ask->service (MH_REQUEST_TX (tx, lab->server, ask->actor), ask->id, ask->body, error);
  return ask->sheet != NULL;
}

static MhRecord *
ask (Lab *lab,
     Service service,
     MhActor *actor,
     const char *id,
     const MhRecordType *type,
     const char *json,
     GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (MhRecord) body = mh_record_from_text (type, json, -1, MH_JSON_CREATE, &wrong);
  g_assert_no_error (wrong);
  Ask asked = { service, actor, id, body, NULL };
  return lab_write (lab, actor, run_ask, &asked, error) ? asked.sheet : NULL;
}

static gboolean
insert_all (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  static const struct
  {
    const MhRecordType *type;
    const char *json;
  } more[] = {
    { &mh_bench_type, "{\"code\":\"M\",\"name\":\"Microbiology\"}" },
    { &mh_organism_type, "{\"code\":\"NG\",\"name\":\"No growth\",\"organism_group\":\"none\"}" },
    { &mh_organism_type, "{\"code\":\"NCF\",\"name\":\"Flora\",\"organism_group\":\"none\"}" },
    { &mh_organism_type,
      "{\"code\":\"ECO\",\"name\":\"Escherichia coli\",\"organism_group\":\"Enterobacterales\"}" },
    { &mh_organism_type,
      "{\"code\":\"KPN\",\"name\":\"Klebsiella\",\"organism_group\":\"Enterobacterales\"}" },
    { &mh_antibiotic_type, "{\"code\":\"AMP\",\"name\":\"Ampicillin\"}" },
    { &mh_antibiotic_type, "{\"code\":\"CIP\",\"name\":\"Ciprofloxacin\"}" },
    { &mh_antibiotic_type, "{\"code\":\"NIT\",\"name\":\"Nitrofurantoin\"}" },
    { &mh_breakpoint_type,
      "{\"standard\":\"eucast\",\"edition\":\"T\",\"organism_group\":\"Enterobacterales\","
      "\"antibiotic\":\"AMP\",\"method\":\"mic\",\"susceptible\":\"8\",\"resistant\":\"8\"}" },
    { &mh_breakpoint_type,
      "{\"standard\":\"eucast\",\"edition\":\"T\",\"organism_group\":\"Enterobacterales\","
      "\"antibiotic\":\"CIP\",\"method\":\"disk\",\"susceptible\":\"25\",\"resistant\":\"22\"}" },
    { &mh_analyte_type, "{\"code\":\"CULU\",\"name\":\"Urine culture\",\"kind\":\"structured\","
                        "\"value_set\":\"ORGANISMS\",\"active\":true}" },
    { &mh_test_type,
      "{\"code\":\"URC\",\"name\":\"Urine culture\",\"short_name\":\"Cult\",\"bench\":\"M\","
      "\"container\":\"SST\",\"specimen\":\"urine\",\"analytes\":[\"CULU\"],\"price\":60000,"
      "\"active\":true}" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    {
      g_autoptr (MhRecord) record
          = mh_record_from_text (more[i].type, more[i].json, -1, MH_JSON_TRUSTED, error);
      if (record == NULL || !mh_tx_insert (tx, record, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_delta (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  static const struct
  {
    const char *code, *limit;
  } rules[] = { { "HGB", "2.5" }, { "HCT", "8" }, { "K", "1.0" } };
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (MhRecord) before
          = mh_store_find (mh_tx_db (tx), &mh_analyte_type, "code", rules[i].code, error);
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_text (after, MH_ANALYTE_DELTA_MODE, MH_DELTA_ABSOLUTE);
      mh_record_set_text (after, MH_ANALYTE_DELTA_LIMIT, rules[i].limit);
      mh_record_set_int (after, MH_ANALYTE_DELTA_WINDOW_DAYS, 3);
      mh_record_set_int (after, MH_ANALYTE_DELTA_MIN_INTERVAL_HOURS, 1);
      if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static Lab *
lab_with (const MhTestDb *test, LabFunc func)
{
  g_autoptr (GError) error = NULL;
  Lab *lab = lab_new (test);
  mh_assert_ok (lab_write (lab, lab->reception, func, NULL, &error), error);
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
  return lab;
}

static char *
verified_before (Lab *lab, const char *codes, const char *values)
{
  g_autoptr (GError) error = NULL;
  char *order = lab_order (lab, codes);
  lab_receive (lab, order, NULL, FIRST_DAY);
  g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, order, values, TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) done
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
  return order;
}

static MhRecord *
nth (MhRecord *record, guint field, guint index)
{
  GPtrArray *list = mh_record_records (record, field);
  g_assert_nonnull (list);
  g_assert_cmpuint (list->len, >, index);
  return g_ptr_array_index (list, index);
}

/* --- differences --- */

static void
test_one_difference (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_with (test, set_delta);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = verified_before (lab, "CBC KT", "HGB=12.0 HCT=36 K=4.1");
  g_autofree char *order = lab_order (lab, "CBC KT");
  lab_receive (lab, order, NULL, SECOND_DAY);
  g_autoptr (MhRecord) sheet
      = lab_save (lab, lab->technician, order, "HGB=14.5 HCT=44 K=5.2", TRUE, &error);
  g_assert_no_error (error);
  assert_row (sheet, "HGB", MH_RESULT_ROW_DELTA, NULL); /* exactly the limit */
  assert_row (sheet, "K", MH_RESULT_ROW_DELTA, "Δ +1.1 mmol/L · 24 h · ± 1.0");
  g_assert_null (mh_record_records (sheet, MH_RESULTS_SHEET_HOLDS));
  MhRecord *earlier = nth (lab_row (sheet, "K"), MH_RESULT_ROW_EARLIER, 0);
  g_assert_cmpstr (mh_record_text (earlier, MH_EARLIER_VALUE_VALUE), ==, "4.1");
  g_assert_cmpstr (mh_record_text (earlier, MH_EARLIER_VALUE_UNIT), ==, "mmol/L");
  g_autoptr (MhRecord) done
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
}

static void
test_outside_the_window (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_with (test, set_delta);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = verified_before (lab, "KT", "K=4.1");
  g_autofree char *order = lab_order (lab, "KT");
  lab_receive (lab, order, NULL, LATER_THAN_WINDOW);
  g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, order, "K=6.0", FALSE, &error);
  g_assert_no_error (error);
  assert_row (sheet, "K", MH_RESULT_ROW_DELTA, NULL);
}

static MhRecord *
held_order (Lab *lab, char **out_order)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = verified_before (lab, "CBC", "HGB=12.0 HCT=36");
  char *order = lab_order (lab, "CBC KT");
  lab_receive (lab, order, NULL, SECOND_DAY);
  g_autoptr (MhRecord) draft
      = lab_save (lab, lab->technician, order, "HGB=8.0 HCT=24", FALSE, &error);
  g_assert_no_error (error);
  g_assert_null (mh_record_records (draft, MH_RESULTS_SHEET_HOLDS)); /* still being typed */
  MhRecord *sheet = lab_save (lab, lab->technician, order, "HGB=8.0 HCT=24 K=4.0", TRUE, &error);
  g_assert_no_error (error);
  MhRecord *hold = nth (sheet, MH_RESULTS_SHEET_HOLDS, 0);
  g_assert_cmpstr (mh_record_text (hold, MH_TUBE_HOLD_STATUS), ==, MH_HOLD_OPEN);
  const char *const *analytes = mh_record_list (hold, MH_TUBE_HOLD_ANALYTES);
  g_assert_cmpuint (g_strv_length ((GStrv)analytes), ==, 2);
  g_assert_true (g_strv_contains (analytes, "HGB") && g_strv_contains (analytes, "HCT"));
  *out_order = order;
  return sheet;
}

static guint
open_alerts (Lab *lab, const char *kind)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) alerts = mh_store_all (db, &mh_alert_type, "kind", kind, &error);
  guint n = 0;
  g_assert_no_error (error);
  lab_done (lab, db);
  for (guint i = 0; i < alerts->len; i++)
    n += g_strcmp0 (mh_record_text (g_ptr_array_index (alerts, i), MH_ALERT_STATUS),
                    MH_ALERT_CLEARED)
         != 0;
  return n;
}

/* The tube is held as a whole; the patient's other tube is not. */
static void
test_wrong_blood (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_with (test, set_delta);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = NULL;
  g_autoptr (MhRecord) sheet = held_order (lab, &order);
  g_autofree char *hold = g_strdup (mh_record_id (nth (sheet, MH_RESULTS_SHEET_HOLDS, 0)));
  g_assert_cmpuint (open_alerts (lab, MH_ALERT_TUBE_HELD), ==, 1);
  g_autoptr (MhRecord) verified
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) after = lab_sheet (lab, lab->pathologist, order);
  assert_row (after, "K", MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_VERIFIED);
  assert_row (after, "HGB", MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_ENTERED);
  assert_row (after, "MCHC", MH_RESULT_ROW_STATUS, MH_RESULT_STATUS_ENTERED);
  g_assert_null (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);

  const char *release = "{\"reason\":\"confirmed\",\"note\":\"Ward asked, wristband read\"}";
  g_assert_null (ask (lab, mh_results_service_release_hold, lab->technician, hold,
                      &mh_hold_release_type, release, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN); /* entered them */
  g_clear_error (&error);
  g_autoptr (MhRecord) released = ask (lab, mh_results_service_release_hold, lab->pathologist, hold,
                                       &mh_hold_release_type, release, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open_alerts (lab, MH_ALERT_TUBE_HELD), ==, 0);
  g_assert_null (ask (lab, mh_results_service_release_hold, lab->pathologist, hold,
                      &mh_hold_release_type, release, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (MhRecord) done
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (done, MH_ORDER_STATUS), ==, MH_ORDER_STATUS_COMPLETED);
}

static void
test_values_fit_again (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_with (test, set_delta);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = NULL;
  g_autoptr (MhRecord) sheet = held_order (lab, &order);
  g_autoptr (MhRecord) typed
      = lab_save (lab, lab->technician, order, "HGB=12.1 HCT=24", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (nth (typed, MH_RESULTS_SHEET_HOLDS, 0), MH_TUBE_HOLD_STATUS), ==,
                   MH_HOLD_SOLVED);
  g_assert_cmpuint (open_alerts (lab, MH_ALERT_TUBE_HELD), ==, 0);
  g_autoptr (MhRecord) done
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
}

static void
test_transfusion (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_with (test, set_delta);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = NULL;
  g_autoptr (MhRecord) sheet = held_order (lab, &order);
  g_autoptr (MhRecord) long_ago
      = ask (lab, mh_results_service_add_event, lab->technician, order, &mh_delta_event_type,
             "{\"kind\":\"dialysis\",\"at\":\"2026-03-11T05:59:00.000Z\"}", &error);
  g_assert_no_error (error);
  assert_row (long_ago, "HGB", MH_RESULT_ROW_DELTA, "Δ −4.0 g/dL · 24 h · ± 2.5");
  g_autoptr (MhRecord) between
      = ask (lab, mh_results_service_add_event, lab->technician, order, &mh_delta_event_type,
             "{\"kind\":\"transfusion\",\"at\":\"2026-03-11T20:00:00.000Z\"}", &error);
  g_assert_no_error (error);
  assert_row (between, "HGB", MH_RESULT_ROW_DELTA, NULL);
  g_assert_cmpstr (mh_record_text (nth (between, MH_RESULTS_SHEET_HOLDS, 0), MH_TUBE_HOLD_STATUS),
                   ==, MH_HOLD_SOLVED);
  g_assert_cmpstr (mh_record_text (nth (between, MH_RESULTS_SHEET_EVENTS, 1), MH_DELTA_EVENT_KIND),
                   ==, MH_DELTA_TRANSFUSION);
}

/* --- cultures --- */

#define GROWN                                                                                      \
  "{\"final\":false,\"results\":[{\"analyte\":\"CULU\",\"isolates\":["                             \
  "{\"organism\":\"escherichia COLI\",\"quantity\":\"10^5 CFU/mL\",\"susceptibilities\":["         \
  "{\"antibiotic\":\"AMP\",\"method\":\"mic\",\"measured\":\">16\"},"                              \
  "{\"antibiotic\":\"ciprofloxacin\",\"method\":\"disk\",\"measured\":\"23\"},"                    \
  "{\"antibiotic\":\"NIT\",\"interpretation\":\"S\"}]},"                                           \
  "{\"organism\":\"KPN\",\"susceptibilities\":["                                                   \
  "{\"antibiotic\":\"AMP\",\"method\":\"mic\",\"measured\":\"4\",\"interpretation\":\"R\"}]}]}]}"

static MhRecord *
put (Lab *lab, const char *order, const char *json, GError **error)
{
  return ask (lab, mh_results_service_save, lab->technician, order, &mh_results_put_type, json,
              error);
}

static void
assert_tested (MhRecord *isolate, guint at, const char *code, const char *sir, gboolean by_rule)
{
  MhRecord *tested = nth (isolate, MH_RESULT_ISOLATE_SUSCEPTIBILITIES, at);
  g_assert_cmpstr (mh_record_text (tested, MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC), ==, code);
  g_assert_cmpstr (mh_record_text (tested, MH_RESULT_SUSCEPTIBILITY_INTERPRETATION), ==, sir);
  g_assert_true (mh_record_bool (tested, MH_RESULT_SUSCEPTIBILITY_BY_RULE) == by_rule);
}

static void
test_culture (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_with (test, insert_all);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "URC");
  lab_receive (lab, order, NULL, FIRST_DAY);
  g_autoptr (MhRecord) first = put (lab, order, GROWN, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, order); /* as stored */
  MhRecord *row = lab_row (sheet, "CULU");
  assert_row (sheet, "CULU", MH_RESULT_ROW_VALUE, "ECO");
  assert_row (sheet, "CULU", MH_RESULT_ROW_VALUE_TEXT, "Escherichia coli; Klebsiella");
  assert_row (sheet, "CULU", MH_RESULT_ROW_FLAG, MH_FLAG_A);
  MhRecord *eco = nth (row, MH_RESULT_ROW_ISOLATES, 0), *kpn = nth (row, MH_RESULT_ROW_ISOLATES, 1);
  g_assert_cmpstr (mh_record_text (eco, MH_RESULT_ISOLATE_QUANTITY), ==, "10^5 CFU/mL");
  assert_tested (eco, 0, "AMP", "R", TRUE);
  assert_tested (eco, 1, "CIP", "I", TRUE);
  assert_tested (eco, 2, "NIT", "S", FALSE);
  assert_tested (kpn, 0, "AMP", "R", FALSE); /* a person said otherwise than the breakpoint */
  g_assert_cmpstr (mh_record_text (nth (eco, MH_RESULT_ISOLATE_SUSCEPTIBILITIES, 0),
                                   MH_RESULT_SUSCEPTIBILITY_BREAKPOINT),
                   ==, "EUCAST T: S ≤ 8, R > 8");

  g_autoptr (MhRecord) done = lab_save (lab, lab->technician, order, "", TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) again
      = put (lab, order,
             "{\"final\":true,\"results\":[{\"analyte\":\"CULU\",\"isolates\":[{\"organism\":"
             "\"KPN\"}]}]}",
             &error);
  g_assert_no_error (error);
  assert_row (again, "CULU", MH_RESULT_ROW_VALUE_TEXT, "Klebsiella");
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) versions
      = mh_results_service_history (MH_REQUEST_DB (db, NULL, lab->technician), order, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (versions->len, ==, 1);
  g_autoptr (MhRecord) was = mh_results_history_result (g_ptr_array_index (versions, 0), &error);
  g_assert_no_error (error);
  assert_tested (nth (was, MH_RESULT_ISOLATES, 0), 0, "AMP", "R", TRUE);
}

static void
test_growth_or_none (const MhTestDb *test)
{
  static const struct
  {
    const char *value, *flag;
    guint isolates;
  } cases[] = {
    { "NG", MH_FLAG_N, 0 },  { "ECO", MH_FLAG_A, 1 },       { "flora", MH_FLAG_N, 0 },
    { "kpn", MH_FLAG_A, 1 }, { "No growth", MH_FLAG_N, 0 },
  };
  g_autoptr (Lab) lab = lab_with (test, insert_all);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "URC");
  lab_receive (lab, order, NULL, FIRST_DAY);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"final\":false,\"results\":[{\"analyte\":\"CULU\",\"value\":\"%s\"}]}",
          cases[i].value);
      g_autoptr (MhRecord) saved = put (lab, order, json, &error);
      g_assert_no_error (error);
      g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, order);
      GPtrArray *isolates = mh_record_records (lab_row (sheet, "CULU"), MH_RESULT_ROW_ISOLATES);
      assert_row (sheet, "CULU", MH_RESULT_ROW_FLAG, cases[i].flag);
      g_assert_cmpuint (isolates != NULL ? isolates->len : 0, ==, cases[i].isolates);
    }
}

static void
test_culture_refused (const MhTestDb *test)
{
  static const struct
  {
    const char *isolates, *field, *code;
  } cases[] = {
    { "[{\"organism\":\"XXX\"}]", "results[0].isolates[0].organism", "unknown_code" },
    { "[{\"organism\":\"ECO\",\"susceptibilities\":[{\"antibiotic\":\"XXX\"}]}]",
      "results[0].isolates[0].susceptibilities[0].antibiotic", "unknown_code" },
    { "[{\"organism\":\"ECO\",\"susceptibilities\":[{\"antibiotic\":\"AMP\",\"measured\":\"4\"}]}]",
      "results[0].isolates[0].susceptibilities[0].method", "required" },
    { "[{\"organism\":\"ECO\",\"susceptibilities\":[{\"antibiotic\":\"AMP\",\"method\":\"disk\","
      "\"measured\":\"<6\"}]}]",
      "results[0].isolates[0].susceptibilities[0].measured", "format" },
    { "[{\"organism\":\"ECO\",\"susceptibilities\":[{\"antibiotic\":\"AMP\"},{\"antibiotic\":"
      "\"Ampicillin\"}]}]",
      "results[0].isolates[0].susceptibilities[1].antibiotic", "duplicate" },
  };
  g_autoptr (Lab) lab = lab_with (test, insert_all);
  g_autofree char *order = lab_order (lab, "URC KT");
  lab_receive (lab, order, NULL, FIRST_DAY);
  for (guint i = 0; i <= G_N_ELEMENTS (cases); i++)
    {
      gboolean culture = i < G_N_ELEMENTS (cases);
      g_autoptr (GError) error = NULL;
      g_autofree char *json = g_strdup_printf (
          "{\"results\":[{\"analyte\":\"%s\",\"isolates\":%s}]}", culture ? "CULU" : "K",
          culture ? cases[i].isolates : "[{\"organism\":\"ECO\"}]");
      g_assert_null (put (lab, order, json, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      const MhIssue *issue = mh_issues_nth (mh_error_get_issues (error), 0);
      g_assert_cmpstr (issue->field, ==, culture ? cases[i].field : "results[0].isolates");
      g_assert_cmpstr (issue->code, ==, culture ? cases[i].code : "mismatch");
    }
}

/* --- pictures --- */

static MhRecord *
attach (Lab *lab,
        const char *order,
        const guint8 *data,
        gsize size,
        const char *more,
        GError **error)
{
  g_autofree char *content = g_base64_encode (data, size);
  g_autofree char *id = mh_id_new ();
  g_autofree char *json = g_strdup_printf (
      "{\"id\":\"%s\",\"title\":\"Smear\",\"content\":\"%s\"%s}", id, content, more);
  return ask (lab, mh_results_service_attach, lab->technician, order, &mh_attachment_put_type, json,
              error);
}

static guint8 *
picture (gsize size)
{
  guint8 *data = g_malloc0 (size);
  memcpy (data, "\x89PNG\r\n\x1a\n", 8);
  return data;
}

static gboolean
run_detach (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) sheet
      = mh_results_service_detach (MH_REQUEST_TX (tx, lab->server, lab->technician), data, error);
  return sheet != NULL && mh_record_records (sheet, MH_RESULTS_SHEET_ATTACHMENTS) == NULL;
}

static void
test_attachments (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *most = picture (MH_ATTACHMENT_MOST_BYTES + 1);
  g_autofree char *order = lab_order (lab, "KT");
  lab_receive (lab, order, NULL, FIRST_DAY);
  g_autoptr (MhRecord) sheet
      = attach (lab, order, most, MH_ATTACHMENT_MOST_BYTES, ",\"analyte\":\"K\"", &error);
  g_assert_no_error (error);
  MhRecord *kept = nth (sheet, MH_RESULTS_SHEET_ATTACHMENTS, 0);
  g_assert_cmpstr (mh_record_text (kept, MH_ATTACHMENT_CONTENT_TYPE), ==, MH_CONTENT_PNG);
  g_assert_cmpint (mh_record_int (kept, MH_ATTACHMENT_BYTES), ==, MH_ATTACHMENT_MOST_BYTES);
  g_autofree char *hash
      = g_compute_checksum_for_data (G_CHECKSUM_SHA256, most, MH_ATTACHMENT_MOST_BYTES);
  g_assert_cmpstr (mh_record_text (kept, MH_ATTACHMENT_SHA256), ==, hash);
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) told = NULL;
  g_autoptr (GBytes) bytes = mh_results_service_attachment (
      MH_REQUEST_DB (db, NULL, lab->pathologist), mh_record_id (kept), &told, &error);
  g_assert_no_error (error);
  lab_done (lab, db);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), most,
                   MH_ATTACHMENT_MOST_BYTES);
  mh_assert_ok (lab_write (lab, lab->technician, run_detach, (gpointer)mh_record_id (kept), &error),
                error);
}

/* 50,000 by 50,000 points in a few bytes. */
#define BOMB "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\x02\0\0\0"

static void
test_attachments_refused (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree guint8 *most = picture (MH_ATTACHMENT_MOST_BYTES + 1);
  g_autofree char *order = lab_order (lab, "KT");
  lab_receive (lab, order, NULL, FIRST_DAY);
  const struct
  {
    const guint8 *data;
    gsize size;
    const char *more, *field, *code;
  } cases[] = {
    { (const guint8 *)"<svg xmlns=", 11, "", "content", "format" },
    { most, 100, ",\"sha256\":\"00\"", "sha256", "mismatch" },
    { most, 100, ",\"analyte\":\"NA\"", "analyte", "unknown_code" },
    { most, MH_ATTACHMENT_MOST_BYTES + 1, "", "content", "too_long" },
    { (const guint8 *)BOMB, sizeof BOMB, "", "content", "too_many_points" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (attach (lab, order, cases[i].data, cases[i].size, cases[i].more, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      const MhIssue *issue = mh_issues_nth (mh_error_get_issues (error), 0);
      g_assert_cmpstr (issue->field, ==, cases[i].field);
      g_assert_cmpstr (issue->code, ==, cases[i].code);
    }
}

/* --- questions --- */

static void
test_question (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "KT");
  lab_receive (lab, order, NULL, FIRST_DAY);
  g_autoptr (MhRecord) entered = lab_save (lab, lab->technician, order, "K=5.8", TRUE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) asked
      = ask (lab, mh_results_service_ask, lab->technician, order, &mh_escalation_put_type,
             "{\"analyte\":\"K\",\"reason\":\"unexpected\",\"note\":\"Not haemolysed\"}", &error);
  g_assert_no_error (error);
  MhRecord *question = nth (asked, MH_RESULTS_SHEET_ESCALATIONS, 0);
  g_autofree char *id = g_strdup (mh_record_id (question));
  g_assert_cmpint (mh_record_int (question, MH_ESCALATION_NOTIFIED_AT), >, 0);
  g_assert_cmpuint (open_alerts (lab, MH_ALERT_RESULT_ESCALATED), ==, 1);
  g_assert_null (lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  const char *reply = "{\"answer\":\"accept\",\"note\":\"On spironolactone\"}";
  g_assert_null (ask (lab, mh_results_service_answer, lab->technician, id,
                      &mh_escalation_reply_type, reply, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_FORBIDDEN); /* the own question */
  g_clear_error (&error);
  g_autoptr (MhRecord) answered = ask (lab, mh_results_service_answer, lab->pathologist, id,
                                       &mh_escalation_reply_type, reply, &error);
  g_assert_no_error (error);
  question = nth (answered, MH_RESULTS_SHEET_ESCALATIONS, 0);
  g_assert_cmpstr (mh_record_text (question, MH_ESCALATION_ANSWER), ==, MH_ESCALATION_ACCEPT);
  g_assert_cmpstr (mh_record_text (question, MH_ESCALATION_ANSWERED_NAME), ==,
                   "Dr Pia Pathologist");
  g_assert_cmpuint (open_alerts (lab, MH_ALERT_RESULT_ESCALATED), ==, 0);
  g_autoptr (MhRecord) done
      = lab_verify (lab, lab->pathologist, order, MH_DECISION_VERIFY, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/results-room/one-difference", test_one_difference);
  mh_test_add_both ("/results-room/outside-the-window", test_outside_the_window);
  mh_test_add_both ("/results-room/wrong-blood", test_wrong_blood);
  mh_test_add_both ("/results-room/values-fit-again", test_values_fit_again);
  mh_test_add_both ("/results-room/transfusion", test_transfusion);
  mh_test_add_both ("/results-room/culture", test_culture);
  mh_test_add_both ("/results-room/growth-or-none", test_growth_or_none);
  mh_test_add_both ("/results-room/culture-refused", test_culture_refused);
  mh_test_add_both ("/results-room/attachments", test_attachments);
  mh_test_add_both ("/results-room/attachments-refused", test_attachments_refused);
  mh_test_add_both ("/results-room/question", test_question);
  return mh_test_run ();
}
