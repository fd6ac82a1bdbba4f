/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a tube needs before it counts as collected (rules.md 6), on both databases. */
#include <string.h>

#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/samples/mh-samples-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "tests/server/lab-fixture.h"

typedef struct
{
  const char *order;
  const char *sample;
  const char *proof; /* value of the setting; NULL: not set */
  char *json;
  MhRecord *reply;
} Step;

static gboolean
settle_due (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Step *step = data;
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, step->order, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_ORDER_PAID, mh_record_int (after, MH_ORDER_TOTAL));
  mh_record_set_int (after, MH_ORDER_DUE, 0);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static gboolean
set_proof (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Step *step = data;
  g_autoptr (MhRecord) setting = mh_record_new (&mh_setting_type);
  mh_record_take_text (setting, MH_ID, mh_id_new ());
  /* the hospital's own value comes before the one for all */
  if (strcmp (step->proof, "false") == 0)
    mh_record_set_text (setting, MH_SETTING_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (setting, MH_SETTING_KEY, MH_SET_COLLECTION_PROOF);
  mh_record_set_text (setting, MH_SETTING_KIND, MH_SETTING_KIND_BOOL);
  mh_record_set_text (setting, MH_SETTING_VALUE, step->proof);
  return mh_tx_insert (tx, setting, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
collect (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhRecord) event
      = mh_record_from_text (&mh_custody_event_type, step->json, -1, MH_JSON_CREATE, error);
  if (event == NULL)
    return FALSE;
  g_clear_object (&step->reply);
  step->reply = mh_samples_service_event (MH_REQUEST_TX (tx, lab->server, lab->technician),
                                          step->sample, event, error);
  return step->reply != NULL;
}

static char *
first_tube (Lab *lab, const char *order, char **out_accession)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) tubes = mh_orders_service_samples (db, order, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  *out_accession = g_strdup (mh_record_text (tubes->pdata[0], MH_SAMPLE_ACCESSION));
  return g_strdup (mh_record_id (tubes->pdata[0]));
}

#define TWO ",\"identifiers\":[\"name\",\"birth_date\"]"
#define SCAN ",\"scanned\":\"%s\""

/* %s is the tube's own number. */
static const struct
{
  const char *proof; /* the setting; NULL: as the house comes */
  const char *event;
  const char *field; /* that is complained about; NULL: collected */
} rows[] = {
  { NULL, "", "identifiers" },
  { NULL, TWO, "scanned" },
  { NULL, SCAN, "identifiers" },
  { NULL, SCAN ",\"identifiers\":[\"name\"]", "identifiers" },
  { NULL, SCAN TWO, NULL },
  { NULL, TWO ",\"reason\":\"label_unreadable\"", NULL },
  { NULL, ",\"reason\":\"emergency\"", NULL },
  { NULL, ",\"reason\":\"because\"", "identifiers" },
  { "true", TWO, "scanned" },
  { "false", "", NULL },
  { "false", ",\"scanned\":\"L126143004711R\"", "scanned" },
};

static void
collect_row (Lab *lab, guint row)
{
  g_autofree char *order = lab_order (lab, "CBC");
  g_autofree char *accession = NULL;
  g_autofree char *sample = first_tube (lab, order, &accession);
  g_autoptr (GError) error = NULL;
  GString *more = g_string_new (rows[row].event);
  g_string_replace (more, "%s", accession, 0);
  Step step = { .order = order, .sample = sample };
  step.json = g_strdup_printf ("{\"event\":\"collected\"%s}", more->str);
  g_string_free (more, TRUE);
  mh_assert_ok (lab_write (lab, lab->technician, settle_due, &step, &error), error);
  gboolean taken = lab_write (lab, lab->technician, collect, &step, &error);
  g_test_message ("row %u", row);
  if (rows[row].field == NULL)
    {
      mh_assert_ok (taken, error);
      g_assert_cmpstr (mh_record_text (step.reply, MH_SAMPLE_STATUS), ==,
                       MH_SAMPLE_STATUS_COLLECTED);
    }
  else
    {
      g_assert_false (taken);
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), rows[row].field));
    }
  g_clear_object (&step.reply);
  g_free (step.json);
}

static void
test_proof (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  const char *proof = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      Step step = { .proof = rows[i].proof };
      if (g_strcmp0 (rows[i].proof, proof) != 0)
        mh_assert_ok (lab_write (lab, lab->technician, set_proof, &step, &error), error);
      proof = rows[i].proof;
      collect_row (lab, i);
    }
}

/* A receipt by mistake is taken back and leaves its row in the chain; what was worked on stays. */
static void
test_taken_back (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autofree char *order = lab_order (lab, "KT");
  g_autofree char *accession = NULL;
  g_autofree char *sample = first_tube (lab, order, &accession);
  static const struct
  {
    const char *event, *sample, *order;
    gboolean here;
  } steps[] = { { "unreceived", MH_SAMPLE_STATUS_COLLECTED, MH_ORDER_STATUS_COLLECTED, FALSE },
                { "received", MH_SAMPLE_STATUS_RECEIVED, MH_ORDER_STATUS_PROCESSING, TRUE } };
  Step step = { .order = order, .sample = sample };
  lab_receive (lab, order, NULL, LAB_FIRST_OF_TWELVE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = NULL;
      step.json = g_strdup_printf ("{\"event\":\"%s\"}", steps[i].event);
      mh_assert_ok (lab_write (lab, lab->technician, collect, &step, &error), error);
      g_autoptr (MhRecord) after = lab_get (lab, &mh_order_type, order);
      g_assert_cmpstr (mh_record_text (step.reply, MH_SAMPLE_STATUS), ==, steps[i].sample);
      g_assert_cmpint (mh_record_has (step.reply, MH_SAMPLE_RECEIVED_AT), ==, steps[i].here);
      g_assert_cmpstr (mh_record_text (after, MH_ORDER_STATUS), ==, steps[i].order);
      g_assert_cmpint (mh_record_has (after, MH_ORDER_RECEIVED_AT), ==, steps[i].here);
      g_free (step.json);
    }
  g_autoptr (GError) saved = NULL, refused = NULL;
  g_autoptr (MhRecord) sheet = lab_save (lab, lab->technician, order, "K=4.1", TRUE, &saved);
  mh_assert_ok (sheet != NULL, saved);
  step.json = g_strdup ("{\"event\":\"unreceived\"}");
  g_assert_false (lab_write (lab, lab->technician, collect, &step, &refused));
  g_assert_error (refused, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_object (&step.reply);
  g_free (step.json);
}

/* --- who lies here --- */

static gboolean
admit (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) visit = mh_record_new (&mh_visit_type);
  mh_record_set_text (visit, MH_VISIT_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (visit, MH_VISIT_PATIENT_ID, data);
  mh_record_set_text (visit, MH_VISIT_KIND, MH_VISIT_INPATIENT);
  mh_record_set_text (visit, MH_VISIT_STATUS, MH_VISIT_WITH_PHYSICIAN);
  mh_record_set_int (visit, MH_VISIT_ARRIVED_AT, mh_tx_now (tx));
  return mh_tx_insert (tx, visit, MH_AUDIT_CREATE, NULL, error);
}

/* An unpaid order is drawn of an inpatient, who pays at the end of the stay, and of nobody else. */
static void
test_inpatient (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, "CBC");
  g_autofree char *accession = NULL;
  g_autofree char *sample = first_tube (lab, order, &accession);
  g_autofree char *json
      = g_strdup_printf ("{\"event\":\"collected\",\"scanned\":\"%s\",\"identifiers\":"
                         "[\"name\",\"mrn\"]}",
                         accession);
  Step step = { .order = order, .sample = sample, .json = json };
  g_assert_false (lab_write (lab, lab->technician, collect, &step, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_clear_error (&error);

  g_autoptr (MhRecord) placed = lab_get (lab, &mh_order_type, order);
  mh_assert_ok (lab_write (lab, lab->technician, admit,
                           (gpointer)mh_record_text (placed, MH_ORDER_PATIENT_ID), &error),
                error);
  mh_assert_ok (lab_write (lab, lab->technician, collect, &step, &error), error);
  g_assert_cmpstr (mh_record_text (step.reply, MH_SAMPLE_STATUS), ==, MH_SAMPLE_STATUS_COLLECTED);
  g_autoptr (MhRecord) drawn = lab_get (lab, &mh_order_type, order);
  g_assert_cmpint (mh_record_int (drawn, MH_ORDER_DUE), >, 0);
  g_clear_object (&step.reply);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/samples/proof", test_proof);
  mh_test_add_both ("/samples/taken-back", test_taken_back);
  mh_test_add_both ("/samples/inpatient", test_inpatient);
  return mh_test_run ();
}
