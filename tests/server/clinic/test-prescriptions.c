/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prescribing, signing, waiting at the desk. On both databases. */
#include <string.h>

#include "server/clinic/prescriptions/mh-prescriptions-service.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

typedef struct
{
  MhActor *actor;
  const char *json;
  MhRecord *reply;
} Step;

static gboolean
create (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhRecord) draft
      = mh_record_from_text (&mh_prescription_type, step->json, -1, MH_JSON_CREATE, error);
  if (draft == NULL)
    return FALSE;
  g_clear_object (&step->reply);
  step->reply = mh_prescriptions_service_create (MH_REQUEST_TX (tx, lab->server, step->actor),
                                                 draft, 0, error);
  return step->reply != NULL;
}

static MhRecord *
prescribe (Lab *lab, MhActor *actor, const char *json, GError **error)
{
  Step step = { actor, json, NULL };
  return lab_write (lab, actor, create, &step, error) ? step.reply : NULL;
}

#define SIGNED                                                                                     \
  "{\"patient_id\":\"" LAB_PATIENT "\",\"tests\":[\"CBC\",\"LIPID\"],\"sign\":true,"               \
  "\"lines\":[{\"name\":\"Paracetamol\",\"dose\":\"1 tablet\",\"frequency\":\"1-0-1\"},"           \
  "{\"name\":\"Cetirizine\",\"dose\":\"1 tablet\",\"as_needed\":true}]}"

static guint
waiting (Lab *lab, const char *patient)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  MhPrescriptionsQuery query = { .patient_id = patient, .waiting = TRUE, .limit = 50 };
  g_autoptr (GPtrArray) found
      = mh_prescriptions_service_list (MH_REQUEST_DB (db, NULL, lab->reception), &query, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return found->len;
}

static void
test_signed (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) made = prescribe (lab, lab->doctor, SIGNED, &error);
  g_assert_no_error (error);
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) read = mh_prescriptions_service_read (MH_REQUEST_DB (db, NULL, lab->doctor),
                                                             mh_record_id (made), &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  GPtrArray *lines = mh_record_records (read, MH_PRESCRIPTION_LINES);
  g_assert_cmpstr (mh_record_text (read, MH_PRESCRIPTION_NUMBER), ==, "TST-P000001");
  g_assert_cmpstr (mh_record_text (read, MH_PRESCRIPTION_STATUS), ==,
                   MH_PRESCRIPTION_STATUS_SIGNED);
  g_assert_cmpstr (mh_record_text (read, MH_PRESCRIPTION_SIGNED_BY), ==,
                   mh_actor_user_id (lab->doctor));
  g_assert_cmpstr (mh_record_text (read, MH_PRESCRIPTION_PATIENT_MRN), ==, "TST000000017");
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (lines, 1), MH_PRESCRIPTION_LINE_NAME), ==,
                   "Cetirizine");
  g_autoptr (MhRecord) drawn = NULL;
  g_autoptr (GBytes) pdf
      = mh_prescriptions_service_pdf (MH_REQUEST_DB (NULL, lab->server, lab->doctor),
                                      mh_record_id (made), "hi", FALSE, &drawn, &error);
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5), ==, 0);
}

static void
test_refused (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) forbidden = NULL;
  static const struct
  {
    const char *json, *field, *code;
  } cases[] = {
    { "{\"patient_id\":\"" LAB_PATIENT "\",\"tests\":[\"CBC\",\"NOPE\"]}", "tests[1]",
      "unknown_code" },
    { "{\"patient_id\":\"" LAB_PATIENT "\",\"tests\":[\"CBC\",\"CBC\"]}", "tests[1]", "duplicate" },
    { "{\"patient_id\":\"" LAB_HOSPITAL "\",\"tests\":[\"CBC\"]}", "patient_id", "unknown" },
    { "{\"patient_id\":\"" LAB_PATIENT "\",\"sign\":true,\"lines\":[{\"name\":\"Paracetamol\","
      "\"frequency\":\"1-0-1\"}]}",
      "lines[0].dose", "required" },
    { "{\"patient_id\":\"" LAB_PATIENT "\",\"sign\":true,\"lines\":[{\"name\":\"Paracetamol\","
      "\"dose\":\"1 tablet\"}]}",
      "lines[0].frequency", "required" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (prescribe (lab, lab->doctor, cases[i].json, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      const MhIssue *issue = mh_issues_find (mh_error_get_issues (error), cases[i].field);
      g_assert_nonnull (issue);
      g_assert_cmpstr (issue->code, ==, cases[i].code);
    }
  g_assert_null (prescribe (lab, lab->reception, SIGNED, &forbidden));
  g_assert_error (forbidden, MH_ERROR, MH_ERROR_FORBIDDEN);
}

typedef struct
{
  const char *prescription_id;
  char *order_id;
} Ordering;

static gboolean
order_tests (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Ordering *ordering = data;
  g_autoptr (MhRecord) draft = mh_record_new (&mh_order_type);
  g_autoptr (MhRecord) item = mh_record_new (&mh_order_item_type);
  mh_record_set_text (draft, MH_ORDER_PATIENT_ID, LAB_PATIENT);
  mh_record_set_text (draft, MH_ORDER_PRESCRIPTION_ID, ordering->prescription_id);
  mh_record_set_text (item, MH_ORDER_ITEM_TEST, "CBC");
  mh_record_append (draft, MH_ORDER_ITEMS, item);
  g_autoptr (MhRecord) order
      = mh_orders_service_place (MH_REQUEST_TX (tx, lab->server, lab->reception), draft, error);
  return order != NULL;
}

/* Drafts and prescriptions of medicines alone do not wait; ordered ones do no longer. */
static void
test_waiting (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) draft = prescribe (
      lab, lab->doctor, "{\"patient_id\":\"" LAB_PATIENT "\",\"tests\":[\"CBC\"]}", &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) medicine = prescribe (
      lab, lab->doctor,
      "{\"patient_id\":\"" LAB_PATIENT "\",\"sign\":true,\"lines\":[{\"name\":\"Paracetamol\","
      "\"dose\":\"1 tablet\",\"frequency\":\"1-0-1\"}]}",
      &error);
  g_assert_no_error (error);
  g_assert_cmpuint (waiting (lab, NULL), ==, 0);
  g_autoptr (MhRecord) made = prescribe (lab, lab->doctor, SIGNED, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (waiting (lab, NULL), ==, 1);
  g_assert_cmpuint (waiting (lab, LAB_PATIENT), ==, 1);
  g_assert_cmpuint (waiting (lab, LAB_HOSPITAL), ==, 0);
  Ordering ordering = { .prescription_id = mh_record_id (made) };
  mh_assert_ok (lab_write (lab, lab->reception, order_tests, &ordering, &error), error);
  g_assert_cmpuint (waiting (lab, NULL), ==, 0);
}

/* --- withdrawn --- */

typedef struct
{
  MhActor *actor;
  const char *id, *json;
  MhRecord *reply;
} Cancel;

static gboolean
cancel_one (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Cancel *cancel = data;
  g_autoptr (MhRecord) body
      = mh_record_from_text (&mh_prescription_cancel_type, cancel->json, -1, MH_JSON_CREATE, error);
  g_clear_object (&cancel->reply);
  /* as the router does */
  if (body == NULL || !mh_record_validate (body, MH_CHECK_CREATE, error))
    return FALSE;
  cancel->reply = mh_prescriptions_service_cancel (MH_REQUEST_TX (tx, lab->server, cancel->actor),
                                                   cancel->id, body, error);
  return cancel->reply != NULL;
}

static MhRecord *
withdraw (Lab *lab, MhActor *actor, const char *id, const char *json, GError **error)
{
  Cancel cancel = { actor, id, json, NULL };
  return lab_write (lab, actor, cancel_one, &cancel, error) ? cancel.reply : NULL;
}

/* Alerts of that kind, about the order with that id. */
static guint
n_told (Lab *lab, const char *order_id)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) found = mh_store_all (db, &mh_alert_type, "subject_id", order_id, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpstr (mh_record_text (g_ptr_array_index (found, i), MH_ALERT_KIND), ==,
                     MH_ALERT_PRESCRIPTION_WITHDRAWN);
  return found->len;
}

#define WHY "{\"code\":\"wrong_medicine\"}"

/* Its medicines stop, its tests are not waited for, nobody orders them, and it is done once. */
static void
test_withdrawn (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) made = prescribe (lab, lab->doctor, SIGNED, &error);
  g_assert_no_error (error);
  const char *id = mh_record_id (made);
  g_autoptr (MhRecord) gone
      = withdraw (lab, lab->doctor, id, "{\"code\":\"other\",\"note\":\"sent home\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_record_text (gone, MH_PRESCRIPTION_STATUS), ==,
                   MH_PRESCRIPTION_STATUS_CANCELLED);
  g_assert_cmpstr (mh_record_text (gone, MH_PRESCRIPTION_CANCEL_CODE), ==, MH_CANCEL_OTHER);
  g_assert_cmpstr (mh_record_text (gone, MH_PRESCRIPTION_CANCEL_REASON), ==, "sent home");
  g_assert_cmpstr (mh_record_text (gone, MH_PRESCRIPTION_CANCELLED_NAME), ==, "Dr Dev Doctor");
  g_assert_true (mh_record_has (gone, MH_PRESCRIPTION_CANCELLED_AT));
  g_assert_true (mh_record_has (gone, MH_PRESCRIPTION_SIGNED_AT));
  GPtrArray *lines = mh_record_records (gone, MH_PRESCRIPTION_LINES);
  g_assert_cmpuint (lines->len, ==, 2);
  for (guint i = 0; i < lines->len; i++)
    {
      g_assert_true (mh_record_has (lines->pdata[i], MH_PRESCRIPTION_LINE_STOPPED_ON));
      g_assert_cmpstr (mh_record_text (lines->pdata[i], MH_PRESCRIPTION_LINE_STOP_REASON), ==,
                       "sent home");
    }
  g_assert_cmpuint (waiting (lab, NULL), ==, 0);
  Ordering ordering = { .prescription_id = id };
  g_assert_false (lab_write (lab, lab->reception, order_tests, &ordering, &error));
  const MhIssue *issue = mh_issues_find (mh_error_get_issues (error), "prescription_id");
  g_assert_cmpstr (issue->code, ==, "withdrawn");
  g_clear_error (&error);
  g_assert_null (withdraw (lab, lab->doctor, id, WHY, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (MhRecord) drawn = NULL;
  g_autoptr (GBytes) pdf = mh_prescriptions_service_pdf (
      MH_REQUEST_DB (NULL, lab->server, lab->doctor), id, "en", FALSE, &drawn, &error);
  g_assert_no_error (error);
  g_assert_nonnull (pdf);
}

/* Tests that were ordered stay, and the desks that order are told once, by the order. */
static void
test_withdrawn_ordered (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) made = prescribe (lab, lab->doctor, SIGNED, &error);
  g_assert_no_error (error);
  Ordering ordering = { .prescription_id = mh_record_id (made) };
  mh_assert_ok (lab_write (lab, lab->reception, order_tests, &ordering, &error), error);
  g_autoptr (MhRecord) gone = withdraw (lab, lab->doctor, mh_record_id (made), WHY, &error);
  g_assert_no_error (error);
  const char *order_id = mh_record_text (gone, MH_PRESCRIPTION_ORDER_ID);
  g_assert_nonnull (order_id);
  g_autoptr (MhRecord) order = lab_get (lab, &mh_order_type, order_id);
  g_assert_cmpstr (mh_record_text (order, MH_ORDER_STATUS), ==, MH_ORDER_STATUS_PLACED);
  g_assert_cmpuint (n_told (lab, order_id), ==, 1);
}

/* Who may not prescribe, a draft, no reason, "other" without words, one that is not there. */
static void
test_withdrawal_refused (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) made = prescribe (lab, lab->doctor, SIGNED, &error);
  g_autoptr (MhRecord) draft = prescribe (
      lab, lab->doctor, "{\"patient_id\":\"" LAB_PATIENT "\",\"tests\":[\"CBC\"]}", &error);
  g_assert_no_error (error);
  const char *id = mh_record_id (made);
  const struct
  {
    MhActor *actor;
    const char *id, *json;
    int kind;
  } rows[] = { { lab->reception, id, WHY, MH_ERROR_FORBIDDEN },
               { lab->technician, id, WHY, MH_ERROR_FORBIDDEN },
               { lab->doctor, mh_record_id (draft), WHY, MH_ERROR_CONFLICT },
               { lab->doctor, id, "{}", MH_ERROR_INVALID },
               { lab->doctor, id, "{\"code\":\"because\"}", MH_ERROR_INVALID },
               { lab->doctor, id, "{\"code\":\"other\"}", MH_ERROR_INVALID },
               { lab->doctor, LAB_HOSPITAL, WHY, MH_ERROR_NOT_FOUND } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_null (withdraw (lab, rows[i].actor, rows[i].id, rows[i].json, &error));
      g_assert_error (error, MH_ERROR, rows[i].kind);
      g_clear_error (&error);
    }
  g_assert_cmpuint (waiting (lab, NULL), ==, 1);
}

/* --- what an order takes over --- */

#define WARD "01900000-0000-7000-8000-0000000000a1"
#define OTHER_WARD "01900000-0000-7000-8000-0000000000a2"

static gboolean
furnish (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) ward
      = lab_parse (&mh_department_type, "{\"id\":\"" WARD "\",\"hospital_id\":\"" LAB_HOSPITAL
                                        "\",\"code\":\"W1\",\"name\":\"Ward 1\"}");
  g_autoptr (MhRecord) other
      = lab_parse (&mh_department_type, "{\"id\":\"" OTHER_WARD "\",\"hospital_id\":\"" LAB_HOSPITAL
                                        "\",\"code\":\"W2\",\"name\":\"Ward 2\"}");
  g_autoptr (MhRecord) doctor = lab_parse (
      &mh_user_type,
      "{\"id\":\"%s\",\"username\":\"rao\",\"name\":\"Dr Rao\",\"roles\":[\"doctor\"],"
      "\"hospital_id\":\"" LAB_HOSPITAL "\",\"department_id\":\"" WARD "\",\"active\":true}",
      mh_actor_user_id (lab->doctor));
  return mh_tx_insert (tx, ward, MH_AUDIT_CREATE, NULL, error)
         && mh_tx_insert (tx, other, MH_AUDIT_CREATE, NULL, error)
         && mh_tx_insert (tx, doctor, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
place_draft (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  MhRecord **draft = data;
  MhRecord *order
      = mh_orders_service_place (MH_REQUEST_TX (tx, lab->server, lab->reception), draft[0], error);
  g_set_object (&draft[1], order);
  g_clear_object (&order);
  return draft[1] != NULL;
}

/* What the doctor wrote reaches the laboratory; what the desk says itself counts before it. */
static void
test_taken_over (const MhTestDb *test)
{
  static const struct
  {
    const char *sent; /* beside patient, prescription and test */
    gboolean prescribed;
    const char *priority, *doctor_name, *notes, *department;
    gboolean of_the_house;
  } rows[] = {
    { "", TRUE, "stat", "Dr Rao", "Dengue?\nplatelets daily", WARD, TRUE },
    { ",\"priority\":\"urgent\"", TRUE, "urgent", "Dr Rao", "Dengue?\nplatelets daily", WARD,
      TRUE },
    { ",\"clinical_notes\":\"fever\"", TRUE, "stat", "Dr Rao", "fever", WARD, TRUE },
    { ",\"department_id\":\"" OTHER_WARD "\"", TRUE, "stat", "Dr Rao", "Dengue?\nplatelets daily",
      OTHER_WARD, TRUE },
    { ",\"doctor_name\":\"Dr Outside\"", TRUE, "stat", "Dr Outside", "Dengue?\nplatelets daily",
      NULL, FALSE },
    { "", FALSE, "routine", NULL, NULL, NULL, FALSE },
    { ",\"doctor_name\":\"Dr Outside\"", FALSE, "routine", "Dr Outside", NULL, NULL, FALSE },
    { ",\"doctor_id\":\"DOCTOR\",\"doctor_name\":\"Somebody\"", FALSE, "routine", "Dr Rao", NULL,
      WARD, TRUE },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  mh_assert_ok (lab_write (lab, lab->reception, furnish, NULL, &error), error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u: %s", i, rows[i].sent);
      g_autoptr (MhRecord) made
          = prescribe (lab, lab->doctor,
                       "{\"patient_id\":\"" LAB_PATIENT
                       "\",\"sign\":true,\"tests\":[\"CBC\"],\"priority\":\"stat\","
                       "\"diagnosis\":\"Dengue?\",\"test_notes\":\"platelets daily\"}",
                       &error);
      g_assert_no_error (error);
      g_autoptr (GString) json = g_string_new ("{\"patient_id\":\"" LAB_PATIENT "\"");
      if (rows[i].prescribed)
        g_string_append_printf (json, ",\"prescription_id\":\"%s\"", mh_record_id (made));
      g_string_append_printf (json, "%s,\"items\":[{\"test\":\"CBC\"}]}", rows[i].sent);
      g_string_replace (json, "DOCTOR", mh_actor_user_id (lab->doctor), 0);
      g_autoptr (MhRecord) draft = lab_parse (&mh_order_type, "%s", json->str);
      MhRecord *both[] = { draft, NULL };
      mh_assert_ok (lab_write (lab, lab->reception, place_draft, both, &error), error);
      g_autoptr (MhRecord) order = both[1];
      g_assert_cmpstr (mh_record_text (order, MH_ORDER_PRIORITY), ==, rows[i].priority);
      g_assert_cmpstr (mh_record_text (order, MH_ORDER_DOCTOR_NAME), ==, rows[i].doctor_name);
      g_assert_cmpstr (mh_record_text (order, MH_ORDER_CLINICAL_NOTES), ==, rows[i].notes);
      g_assert_cmpstr (mh_record_text (order, MH_ORDER_DEPARTMENT_ID), ==, rows[i].department);
      g_assert_true (mh_record_has (order, MH_ORDER_DOCTOR_ID) == rows[i].of_the_house);
    }
}

/* Page after page, each once, newest first. */
static void
test_pages (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  MhPrescriptionsQuery query = { .patient_id = LAB_PATIENT, .limit = 2 };
  g_autofree char *last = NULL;
  guint pages = 0;
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (MhRecord) made = prescribe (lab, lab->doctor, SIGNED, &error);
      g_assert_no_error (error);
    }
  for (guint n = 2; n == 2; pages++)
    {
      MhDb *db = lab_reader (lab);
      g_autoptr (GPtrArray) page
          = mh_prescriptions_service_list (MH_REQUEST_DB (db, NULL, lab->doctor), &query, &error);
      lab_done (lab, db);
      g_assert_no_error (error);
      n = page->len;
      for (guint i = 0; i < n; i++)
        g_assert_true (g_hash_table_add (seen, g_strdup (mh_record_id (page->pdata[i]))));
      if (n == 0)
        continue;
      g_free (last);
      last = g_strdup (mh_record_id (page->pdata[n - 1]));
      query.before_at = mh_record_int (page->pdata[n - 1], MH_CREATED_AT);
      query.before_id = last;
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 5);
  g_assert_cmpuint (pages, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/prescriptions/signed", test_signed);
  mh_test_add_both ("/prescriptions/refused", test_refused);
  mh_test_add_both ("/prescriptions/waiting", test_waiting);
  mh_test_add_both ("/prescriptions/withdrawn", test_withdrawn);
  mh_test_add_both ("/prescriptions/withdrawn/ordered", test_withdrawn_ordered);
  mh_test_add_both ("/prescriptions/withdrawal-refused", test_withdrawal_refused);
  mh_test_add_both ("/prescriptions/taken-over", test_taken_over);
  mh_test_add_both ("/prescriptions/pages", test_pages);
  return mh_test_run ();
}
