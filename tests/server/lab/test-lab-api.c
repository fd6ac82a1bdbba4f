/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The handlers of results, reports and prescriptions, called without HTTP: what they answer and
 * what they leave in the audit trail. On both databases. */
#include <string.h>

#include "server/clinic/prescriptions/mh-prescriptions-api.h"
#include "server/lab/reports/mh-reports-api.h"
#include "server/lab/results/mh-results-api.h"
#include "server/platform/audit/mh-read-log.h"
#include "server/platform/http/mh-router.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

typedef struct
{
  const char *route, *id;
  MhActor *actor;
  MhRecord *body;
  MhReply *reply;
} Ask;

static MhHandler
handler_of (const char *route)
{
  g_autoptr (GError) error = NULL;
  MhRouter *router = mh_router_new ();
  MhHandler handler = NULL;
  mh_results_bind (router);
  mh_reports_bind (router);
  mh_prescriptions_bind (router);
  for (guint i = 0; i < mh_router_size (router); i++)
    if (g_str_equal (mh_router_nth (router, i)->route->id, route))
      handler = mh_router_nth (router, i)->handler;
  mh_router_free (router);
  g_assert_nonnull (handler);
  return handler;
}

static gboolean
run (Lab *lab, MhTx *tx, MhDb *db, Ask *ask, GError **error)
{
  const char *const params[] = { "id", ask->id, NULL };
  MhCall *call = mh_call_new_for_test (ask->route, &(MhRequest){ tx, db, lab->server, ask->actor },
                                       ask->body, ask->id != NULL ? params : NULL);
  g_clear_pointer (&ask->reply, mh_reply_free);
  ask->reply = handler_of (ask->route) (call, error);
  mh_call_free (call);
  return ask->reply != NULL;
}

static gboolean
run_write (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return run (lab, tx, NULL, data, error);
}

/* By the route's own mode; the answer's JSON ("" for a paper), NULL with @error. */
static char *
ask (Lab *lab, MhActor *actor, const char *route, const char *id, MhRecord *body, GError **error)
{
  Ask asked = { route, id, actor, body, NULL };
  MhRouteMode mode = mh_route_find (route)->mode;
  gboolean ok;
  if (mode == MH_ROUTE_WRITE)
    ok = lab_write (lab, actor, run_write, &asked, error);
  else
    {
      MhDb *db = mode == MH_ROUTE_READ ? lab_reader (lab) : NULL;
      ok = run (lab, NULL, db, &asked, error);
      if (db != NULL)
        lab_done (lab, db);
    }
  const GString *text = ok ? mh_reply_body (asked.reply) : NULL;
  char *json = ok ? g_strdup (text != NULL && text->str != NULL ? text->str : "") : NULL;
  g_clear_pointer (&asked.reply, mh_reply_free);
  return json;
}

static void
assert_answer (Lab *lab,
               MhActor *actor,
               const char *route,
               const char *id,
               MhRecord *body,
               const char *contains)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = ask (lab, actor, route, id, body, &error);
  g_assert_no_error (error);
  if (contains != NULL && strstr (json, contains) == NULL)
    g_error ("%s: no %s in %s", route, contains, json);
}

static MhRecord *
body_of (const MhRecordType *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  MhRecord *body = mh_record_from_text (type, json, -1, MH_JSON_CREATE, &error);
  g_assert_no_error (error);
  return body;
}

/* Rows of the audit trail of that verb and kind of record. */
static guint
audited (Lab *lab, const char *verb, const char *type)
{
  g_autoptr (GError) error = NULL;
  mh_assert_ok (mh_read_log_flush (mh_server_read_log (lab->server), &error), error);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) all = mh_store_all (db, &mh_audit_entry_type, "object_type", type, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  guint n = 0;
  for (guint i = 0; i < all->len; i++)
    n += g_strcmp0 (mh_record_text (all->pdata[i], MH_AUDIT_ENTRY_VERB), verb) == 0;
  return n;
}

static void
test_day (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) early = NULL;
  g_autofree char *order = lab_order (lab, "HB");
  g_autoptr (MhRecord) values
      = body_of (&mh_results_put_type,
                 "{\"results\":[{\"analyte\":\"HGB\",\"value\":\"13.20\"}],\"final\":true}");
  g_autoptr (MhRecord) verify = body_of (&mh_verification_type, "{\"decision\":\"verify\"}");
  assert_answer (lab, lab->reception, "label.pdf", order, NULL, NULL);
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  g_assert_null (ask (lab, lab->pathologist, "report.pdf", order, NULL, &early));
  g_assert_error (early, MH_ERROR, MH_ERROR_NOT_FOUND);
  assert_answer (lab, lab->technician, "result.sheet", order, NULL, "\"status\":\"pending\"");
  assert_answer (lab, lab->technician, "result.save", order, values, "\"value\":\"13.20\"");
  assert_answer (lab, lab->pathologist, "result.verify", order, verify, "\"status\":\"completed\"");
  assert_answer (lab, lab->pathologist, "report.list", order, NULL, "\"version_no\":1");
  assert_answer (lab, lab->pathologist, "report.pdf", order, NULL, NULL);
  g_autoptr (MhRecord) stored = lab_get (lab, &mh_order_type, order);
  assert_answer (lab, NULL, "report.verify", mh_record_text (stored, MH_ORDER_REPORT_ID), NULL,
                 "\"genuine\":true");
  g_assert_cmpuint (audited (lab, MH_AUDIT_READ, "results_sheet"), ==, 1);
  g_assert_cmpuint (audited (lab, MH_AUDIT_READ, "report"), ==, 2);
  g_assert_cmpuint (audited (lab, MH_AUDIT_PRINT, "sample"), ==, 1);
  g_assert_cmpuint (audited (lab, MH_AUDIT_VERIFY, "order"), ==, 1);
}

/* What the desk sends and gets when several orders are verified at once and taken back. */
static void
test_bulk (const MhTestDb *test)
{
  static const char batch[] = "01900000-0000-7000-8000-00000000b001";
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) late = NULL;
  g_autofree char *order = lab_order (lab, "HB");
  g_autoptr (MhRecord) values
      = body_of (&mh_results_put_type,
                 "{\"results\":[{\"analyte\":\"HGB\",\"value\":\"13.20\"}],\"final\":true}");
  g_autoptr (MhRecord) bulk = body_of (&mh_bulk_verification_type,
                                       "{\"batch_id\":\"01900000-0000-7000-8000-00000000b001\"}");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  assert_answer (lab, lab->technician, "result.save", order, values, NULL);
  assert_answer (lab, lab->pathologist, "verify.bulk", order, bulk, "\"status\":\"waiting\"");
  assert_answer (lab, lab->pathologist, "verify.undo", batch, NULL, "\"taken_back\":1");
  g_assert_null (ask (lab, lab->pathologist, "verify.undo", batch, NULL, &late));
  g_assert_error (late, MH_ERROR, MH_ERROR_CONFLICT);
  assert_answer (lab, lab->technician, "result.sheet", order, NULL, "\"status\":\"entered\"");
}

/* The instant of issue is left out: one at 13.2 seconds past the minute reads like the result. */
static void
assert_tells_none (const char *json, const char *const *secrets)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = mh_json_parse (json, -1, &error);
  g_assert_no_error (error);
  JsonObject *members = json_node_get_object (answer);
  g_assert_true (json_object_has_member (members, "issued_at"));
  json_object_remove_member (members, "issued_at");
  g_autofree char *rest = json_to_string (answer, FALSE);
  for (guint i = 0; secrets[i]; i++)
    g_assert_null (strstr (rest, secrets[i]));
}

/* Nothing about the patient in the answer that anybody may ask for. */
static void
test_public (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "HB");
  g_autoptr (MhRecord) values
      = body_of (&mh_results_put_type,
                 "{\"results\":[{\"analyte\":\"HGB\",\"value\":\"13.20\"}],\"final\":true}");
  g_autoptr (MhRecord) verify = body_of (&mh_verification_type, "{\"decision\":\"verify\"}");
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  assert_answer (lab, lab->technician, "result.save", order, values, NULL);
  assert_answer (lab, lab->pathologist, "result.verify", order, verify, NULL);
  g_autoptr (MhRecord) stored = lab_get (lab, &mh_order_type, order);
  g_autofree char *json
      = ask (lab, NULL, "report.verify", mh_record_text (stored, MH_ORDER_REPORT_ID), NULL, &error);
  static const char *const secrets[]
      = { "Asha", "Verma", "TST000000017", LAB_PATIENT, "13.2", NULL };
  g_assert_no_error (error);
  assert_tells_none (json, secrets);
  g_assert_null (ask (lab, NULL, "report.verify", LAB_PATIENT, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
}

static void
test_prescription (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) draft
      = body_of (&mh_prescription_type,
                 "{\"id\":\"01900000-0000-7000-8000-000000000777\",\"patient_id\":\"" LAB_PATIENT
                 "\",\"tests\":[\"CBC\"],\"sign\":true}");
  const char *id = mh_record_id (draft);
  assert_answer (lab, lab->doctor, "prescription.create", NULL, draft, "\"status\":\"signed\"");
  assert_answer (lab, lab->doctor, "prescription.read", id, NULL, "\"number\":\"TST-P000001\"");
  assert_answer (lab, lab->reception, "prescription.list", NULL, NULL, id);
  assert_answer (lab, lab->doctor, "prescription.pdf", id, NULL, NULL);
  g_assert_cmpuint (audited (lab, MH_AUDIT_PRINT, "prescription"), ==, 1);
  g_assert_cmpuint (audited (lab, MH_AUDIT_READ, "prescription"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/lab-api/day", test_day);
  mh_test_add_both ("/lab-api/bulk", test_bulk);
  mh_test_add_both ("/lab-api/public", test_public);
  mh_test_add_both ("/lab-api/prescription", test_prescription);
  return mh_test_run ();
}
