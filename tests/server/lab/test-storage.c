/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to tubes after they are drawn: hand-over, rejection, aliquots, storage, disposal,
 * referral, labels. On both databases. */
#include <gio/gio.h>
#include <string.h>

#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/referral/mh-referrals-service.h"
#include "server/lab/samples/mh-aliquots-service.h"
#include "server/lab/samples/mh-handovers-service.h"
#include "server/lab/samples/mh-labels-service.h"
#include "server/lab/samples/mh-samples-service.h"
#include "server/lab/storage/mh-storage-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-handover.h"
#include "shared/records/lab/mh-label.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-referral.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-storage.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"
#include "shared/records/platform/mh-settings.h"
#include "tests/server/lab-fixture.h"

typedef enum
{
  EVENT,
  HANDOVER,
  ALIQUOT,
  PLACE,
  PLACE_CHANGE,
  DISPOSE,
  LAB,
  PACK,
  STEP,
  LABEL,
} What;

typedef struct
{
  What what;
  MhActor *actor;
  const char *id;
  MhRecord *body, *reply;
} Doing;

static gboolean
run (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Doing *d = data;
  MhServer *server = lab->server;
  g_clear_object (&d->reply);
  switch (d->what)
    {
    case EVENT:
      d->reply
          = mh_samples_service_event (MH_REQUEST_TX (tx, server, d->actor), d->id, d->body, error);
      break;
    case HANDOVER:
      d->reply = mh_handovers_service_make (MH_REQUEST_TX (tx, server, d->actor), d->body, error);
      break;
    case ALIQUOT:
      d->reply
          = mh_aliquots_service_make (MH_REQUEST_TX (tx, server, d->actor), d->id, d->body, error);
      break;
    case PLACE:
      d->reply = mh_storage_service_create (MH_REQUEST_TX (tx, server, d->actor), d->body, error);
      break;
    case PLACE_CHANGE:
      d->reply = mh_storage_service_update (
          MH_REQUEST_TX (tx, server, d->actor),
          (MhPatch){ .id = d->id, .if_match = -1, .body = d->body }, error);
      break;
    case DISPOSE:
      d->reply = mh_storage_service_dispose (MH_REQUEST_TX (tx, server, d->actor), d->body, error);
      break;
    case LAB:
      d->reply
          = mh_referrals_service_add_lab (MH_REQUEST_TX (tx, server, d->actor), d->body, error);
      break;
    case PACK:
      d->reply = mh_referrals_service_pack (MH_REQUEST_TX (tx, server, d->actor), d->body, error);
      break;
    case STEP:
      d->reply
          = mh_referrals_service_step (MH_REQUEST_TX (tx, server, d->actor), d->id, d->body, error);
      break;
    case LABEL:
      d->reply
          = mh_labels_service_print (MH_REQUEST_TX (tx, server, d->actor), d->id, d->body, error);
      break;
    default:
      g_assert_not_reached ();
    }
  return d->reply != NULL;
}

static const MhRecordType *const bodies[]
    = { &mh_custody_event_type, &mh_handover_type,      &mh_aliquoting_type,
        &mh_storage_place_type, &mh_storage_place_type, &mh_disposal_type,
        &mh_reference_lab_type, &mh_referral_type,      &mh_referral_step_type,
        &mh_label_request_type };

/* NULL with @error. @json with %s for @fill. */
static MhRecord *
attempt (Lab *lab, What what, const char *id, const char *json, GError **error)
{
  g_autoptr (MhRecord) body = mh_record_from_text (
      bodies[what], json, -1, what == PLACE_CHANGE ? MH_JSON_PATCH : MH_JSON_CREATE, error);
  Doing doing = { what, lab->technician, id, body, NULL };
  if (body == NULL)
    return NULL;
  return lab_write (lab, lab->technician, run, &doing, error) ? doing.reply : NULL;
}

static MhRecord *
done (Lab *lab, What what, const char *id, const char *json)
{
  g_autoptr (GError) error = NULL;
  MhRecord *reply = attempt (lab, what, id, json, &error);
  if (error != NULL)
    g_error ("%s: %s", json, error->message);
  return reply;
}

static void
assert_done (Lab *lab, What what, const char *id, const char *json)
{
  g_autoptr (MhRecord) reply = done (lab, what, id, json);
}

/* @field NULL: whatever. */
static void
assert_refused (Lab *lab, What what, const char *id, const char *json, int kind, const char *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) reply = attempt (lab, what, id, json, &error);
  if (reply != NULL)
    g_error ("not refused: %s", json);
  g_test_message ("%s: %s", json, error->message);
  g_assert_error (error, MH_ERROR, kind);
  if (field != NULL)
    g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), field));
}

/* --- people and tubes --- */

static gboolean
add_people (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  static const char *const roles[] = { "technician", NULL };
  static const struct
  {
    const char *id, *name, *badge;
    gboolean active;
  } people[] = { { "01900000-0000-7000-8000-000000000101", "tara", "B-TARA", TRUE },
                 { "01900000-0000-7000-8000-000000000102", "sam", "B-SAM", TRUE },
                 { "01900000-0000-7000-8000-000000000106", "gone", "B-GONE", FALSE },
                 { "01900000-0000-7000-8000-000000000107", "nina", NULL, TRUE } };
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (MhRecord) user = mh_record_new (&mh_user_type);
      mh_record_set_text (user, MH_ID, people[i].id);
      mh_record_set_text (user, MH_USER_USERNAME, people[i].name);
      mh_record_set_text (user, MH_USER_NAME, people[i].name);
      mh_record_set_text (user, MH_USER_HOSPITAL_ID, LAB_HOSPITAL);
      mh_record_set_list (user, MH_USER_ROLES, roles);
      mh_record_set_bool (user, MH_USER_ACTIVE, people[i].active);
      mh_record_set_text (user, MH_USER_BADGE, people[i].badge);
      if (!mh_tx_insert (tx, user, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static Lab *
new_lab (const MhTestDb *test)
{
  static const char *const may[]
      = { MH_MAY_READ_RESULT, MH_MAY_ENTER_RESULT, MH_MAY_RECEIVE,       MH_MAY_COLLECT,
          MH_MAY_READ_SAMPLE, MH_MAY_READ_ORDER,   MH_MAY_WRITE_STORAGE, NULL };
  g_autoptr (GError) error = NULL;
  Lab *lab = lab_new (test);
  mh_assert_ok (lab_write (lab, lab->reception, add_people, NULL, &error), error);
  mh_actor_unref (lab->technician);
  lab->technician = mh_actor_new ("01900000-0000-7000-8000-000000000101", "Tara Technician",
                                  "technician", LAB_HOSPITAL, NULL, may);
  return lab;
}

static gboolean
settle_due (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, data, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_ORDER_PAID, mh_record_int (after, MH_ORDER_TOTAL));
  mh_record_set_int (after, MH_ORDER_DUE, 0);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

typedef struct
{
  char *order, *sample, *accession;
} Tube;

static void
tube_clear (Tube *tube)
{
  g_free (tube->order);
  g_free (tube->sample);
  g_free (tube->accession);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tube, tube_clear)

/* The tube of a paid order of one test, brought to "to_collect", "collected" or "received". */
static Tube
tube_of (Lab *lab, const char *test, const char *status)
{
  g_autoptr (GError) error = NULL;
  Tube tube = { .order = lab_order (lab, test) };
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) all = mh_orders_service_samples (db, tube.order, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  tube.sample = g_strdup (mh_record_id (all->pdata[0]));
  tube.accession = g_strdup (mh_record_text (all->pdata[0], MH_SAMPLE_ACCESSION));
  mh_assert_ok (lab_write (lab, lab->technician, settle_due, tube.order, &error), error);
  if (strcmp (status, "to_collect") == 0)
    return tube;
  assert_done (lab, EVENT, tube.sample, "{\"event\":\"collected\",\"reason\":\"emergency\"}");
  if (strcmp (status, "received") == 0)
    assert_done (lab, EVENT, tube.sample, "{\"event\":\"received\"}");
  return tube;
}

static void
assert_status (Lab *lab, const Tube *tube, const char *status)
{
  g_autoptr (MhRecord) sample = lab_get (lab, &mh_sample_type, tube->sample);
  g_assert_cmpstr (mh_record_text (sample, MH_SAMPLE_STATUS), ==, status);
}

/* --- hand-over --- */

static void
test_handover (const MhTestDb *test)
{
  g_autoptr (Lab) lab = new_lab (test);
  g_auto (Tube) a = tube_of (lab, "CBC", "collected"), b = tube_of (lab, "CBC", "collected"),
                c = tube_of (lab, "CBC", "to_collect"), d = tube_of (lab, "CBC", "received"),
                e = tube_of (lab, "CBC", "collected");
  /* alone nobody hands over */
  assert_refused (lab, EVENT, a.sample, "{\"event\":\"handed_over\"}", MH_ERROR_INVALID, "witness");
  static const struct
  {
    const char *badges, *field;
  } bad[] = { { "", "giver_badge" },
              { "\"giver_badge\":\"B-TARA\",", "receiver_badge" },
              { "\"giver_badge\":\"B-NOBODY\",\"receiver_badge\":\"B-SAM\",", "giver_badge" },
              { "\"giver_badge\":\"B-TARA\",\"receiver_badge\":\"B-GONE\",", "receiver_badge" },
              { "\"giver_badge\":\"B-TARA\",\"receiver_badge\":\"B-TARA\",", "receiver_badge" },
              { "\"giver_badge\":\"tara\",\"receiver_badge\":\"B-SAM\",", "giver_badge" },
              { "\"giver_badge\":\"nina\",\"receiver_badge\":\"B-SAM\",", "giver_badge" } };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *json
          = g_strdup_printf ("{%s\"scanned\":[\"%s\"]}", bad[i].badges, a.accession);
      assert_refused (lab, HANDOVER, NULL, json, MH_ERROR_INVALID, bad[i].field);
    }
  /* a and e are expected, e does not come; b was not expected; c is not drawn, d arrived long ago;
   * one label cannot be read, one is scanned twice */
  g_autofree char *json = g_strdup_printf (
      "{\"giver_badge\":\"B-TARA\",\"receiver_badge\":\"B-SAM\",\"expected\":[\"%s\",\"%s\"],"
      "\"scanned\":[\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",\"nonsense\"],\"temperature\":\"4.5\"}",
      a.accession, e.accession, a.accession, b.accession, c.accession, d.accession, a.accession);
  g_autoptr (MhRecord) made = done (lab, HANDOVER, NULL, json);
  GPtrArray *items = mh_record_records (made, MH_HANDOVER_ITEMS);
  static const char *const outcomes[]
      = { "taken", "unexpected", "not_collected", "already", "unknown", "missing" };
  g_assert_cmpuint (items->len, ==, G_N_ELEMENTS (outcomes));
  for (guint i = 0; i < items->len; i++)
    g_assert_cmpstr (mh_record_text (items->pdata[i], MH_HANDOVER_ITEM_OUTCOME), ==, outcomes[i]);
  g_assert_cmpint (mh_record_int (made, MH_HANDOVER_N_TAKEN), ==, 2);
  g_assert_cmpint (mh_record_int (made, MH_HANDOVER_N_PROBLEMS), ==, 5);
  g_assert_cmpstr (mh_record_text (made, MH_HANDOVER_RECEIVER_NAME), ==, "sam");
  g_assert_false (mh_record_is_set (made, MH_HANDOVER_GIVER_BADGE));
  assert_status (lab, &a, MH_SAMPLE_STATUS_IN_TRANSIT);
  assert_status (lab, &b, MH_SAMPLE_STATUS_IN_TRANSIT);
  assert_status (lab, &c, MH_SAMPLE_STATUS_TO_COLLECT);
  assert_status (lab, &e, MH_SAMPLE_STATUS_COLLECTED);
  /* the chain of custody names both */
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) events
      = mh_samples_service_events (MH_REQUEST_DB (db, NULL, lab->technician), a.sample, &error);
  g_autoptr (MhRecord) again = mh_handovers_service_read (MH_REQUEST_DB (db, NULL, lab->technician),
                                                          mh_record_id (made), &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  MhRecord *last = events->pdata[events->len - 1];
  g_assert_cmpstr (mh_record_text (last, MH_CUSTODY_EVENT_BY_NAME), ==, "Tara Technician");
  g_assert_cmpstr (mh_record_text (last, MH_CUSTODY_EVENT_WITNESS_NAME), ==, "sam");
  g_assert_cmpuint (mh_record_records (again, MH_HANDOVER_ITEMS)->len, ==, 6);
  /* nothing that may go */
  g_autofree char *none = g_strdup_printf (
      "{\"giver_badge\":\"B-SAM\",\"receiver_badge\":\"B-TARA\",\"scanned\":[\"%s\"]}",
      c.accession);
  assert_refused (lab, HANDOVER, NULL, none, MH_ERROR_INVALID, "scanned");
}

/* --- rejection --- */

static void
test_reject (const MhTestDb *test)
{
  g_autoptr (Lab) lab = new_lab (test);
  g_auto (Tube) tube = tube_of (lab, "CBC", "received");
  g_autoptr (MhRecord) before = lab_get (lab, &mh_order_type, tube.order);
  assert_refused (lab, EVENT, tube.sample, "{\"event\":\"rejected\"}", MH_ERROR_INVALID, "reason");
  g_autoptr (MhRecord) rejected
      = done (lab, EVENT, tube.sample,
              "{\"event\":\"rejected\",\"reason\":\"haemolysed\",\"haemolysis\":4,\"lipaemia\":1}");
  const char *replacement = mh_record_text (rejected, MH_SAMPLE_REPLACED_BY);
  g_assert_nonnull (replacement);
  g_assert_cmpint (mh_record_int (rejected, MH_SAMPLE_HAEMOLYSIS), ==, 4);
  g_assert_cmpint (mh_record_int (rejected, MH_SAMPLE_LIPAEMIA), ==, 1);
  g_assert_false (mh_record_has (rejected, MH_SAMPLE_ICTERUS));
  /* exactly once */
  assert_refused (lab, EVENT, tube.sample, "{\"event\":\"rejected\",\"reason\":\"clotted\"}",
                  MH_ERROR_CONFLICT, NULL);
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) tubes = mh_orders_service_samples (db, tube.order, &error);
  g_autoptr (GPtrArray) items = mh_orders_service_items (db, tube.order, &error);
  g_autoptr (GPtrArray) alerts
      = mh_store_all (db, &mh_alert_type, "subject_id", tube.order, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (tubes->len, ==, 2);
  g_assert_cmpuint (alerts->len, ==, 1);
  lab_told (lab, MH_ALERT_SAMPLE_REJECTED, 1, MH_ROLE_RECEPTION, MH_ROLE_PHARMACIST);
  g_autoptr (MhRecord) second = lab_get (lab, &mh_sample_type, replacement);
  g_assert_cmpstr (mh_record_text (second, MH_SAMPLE_STATUS), ==, MH_SAMPLE_STATUS_TO_COLLECT);
  g_assert_cmpstr (mh_record_text (second, MH_SAMPLE_PARENT_ID), ==, tube.sample);
  g_assert_false (mh_record_has (second, MH_SAMPLE_HAEMOLYSIS));
  g_assert_cmpstr (mh_record_text (items->pdata[0], MH_ORDER_ITEM_SAMPLE_ID), ==, replacement);
  g_assert_cmpstr (mh_record_text (items->pdata[0], MH_ORDER_ITEM_STATUS), ==,
                   MH_ITEM_STATUS_TO_COLLECT);
  /* without a second charge */
  g_autoptr (MhRecord) after = lab_get (lab, &mh_order_type, tube.order);
  static const guint money[] = { MH_ORDER_TOTAL, MH_ORDER_PAID, MH_ORDER_DUE, MH_ORDER_SUBTOTAL };
  for (guint i = 0; i < G_N_ELEMENTS (money); i++)
    g_assert_cmpint (mh_record_int (after, money[i]), ==, mh_record_int (before, money[i]));
  /* drawn again, and nobody is told to do it any more */
  assert_done (lab, EVENT, replacement, "{\"event\":\"collected\",\"reason\":\"emergency\"}");
  g_autoptr (MhRecord) alert = lab_get (lab, &mh_alert_type, mh_record_id (alerts->pdata[0]));
  g_assert_cmpstr (mh_record_text (alert, MH_ALERT_STATUS), ==, MH_ALERT_CLEARED);
}

static void
test_accept (const MhTestDb *test)
{
  g_autoptr (Lab) lab = new_lab (test);
  g_auto (Tube) tube = tube_of (lab, "CBC", "received");
  assert_refused (lab, EVENT, tube.sample, "{\"event\":\"accepted\",\"reason\":\"haemolysed\"}",
                  MH_ERROR_INVALID, "note");
  assert_refused (lab, EVENT, tube.sample,
                  "{\"event\":\"accepted\",\"reason\":\"bored\",\"note\":\"x\"}", MH_ERROR_INVALID,
                  "reason");
  g_autoptr (MhRecord) taken = done (lab, EVENT, tube.sample,
                                     "{\"event\":\"accepted\",\"reason\":\"haemolysed\","
                                     "\"note\":\"Newborn; potassium is not reliable\"}");
  g_assert_cmpstr (mh_record_text (taken, MH_SAMPLE_STATUS), ==, MH_SAMPLE_STATUS_RECEIVED);
  g_assert_cmpstr (mh_record_text (taken, MH_SAMPLE_ACCEPTED_REASON), ==, MH_REJECT_HAEMOLYSED);
  g_assert_cmpstr (mh_record_text (taken, MH_SAMPLE_ACCEPTED_NAME), ==, "Tara Technician");
  g_assert_true (mh_record_has (taken, MH_SAMPLE_ACCEPTED_NOTE));
}

/* --- aliquots --- */

static gboolean
set_volume (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_sample_type, data, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_SAMPLE_VOLUME_ML, "3");
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static void
test_aliquots (const MhTestDb *test)
{
  g_autoptr (Lab) lab = new_lab (test);
  g_autoptr (GError) error = NULL;
  g_auto (Tube) tube = tube_of (lab, "KT", "received");
  g_auto (Tube) drawn = tube_of (lab, "KT", "collected");
  mh_assert_ok (lab_write (lab, lab->technician, set_volume, tube.sample, &error), error);
  assert_refused (lab, ALIQUOT, drawn.sample, "{\"count\":1,\"volume_ml\":\"0.5\"}",
                  MH_ERROR_CONFLICT, NULL);
  assert_refused (lab, ALIQUOT, tube.sample, "{\"count\":1,\"volume_ml\":\"0\"}", MH_ERROR_INVALID,
                  "volume_ml");
  assert_refused (lab, ALIQUOT, tube.sample, "{\"count\":4,\"volume_ml\":\"0.751\"}",
                  MH_ERROR_INVALID, "volume_ml");
  g_autoptr (MhRecord) made
      = done (lab, ALIQUOT, tube.sample, "{\"count\":4,\"volume_ml\":\"0.5\"}");
  GPtrArray *aliquots = mh_record_records (made, MH_ALIQUOTING_SAMPLES);
  g_assert_cmpuint (aliquots->len, ==, 4);
  g_autofree char *fourth = g_strconcat (tube.accession, "-04", NULL);
  g_assert_cmpstr (mh_record_text (aliquots->pdata[3], MH_SAMPLE_ACCESSION), ==, fourth);
  g_assert_cmpstr (mh_record_text (aliquots->pdata[0], MH_SAMPLE_ALIQUOT_OF), ==, tube.sample);
  g_autoptr (MhRecord) left = lab_get (lab, &mh_sample_type, tube.sample);
  g_assert_cmpstr (mh_record_text (left, MH_SAMPLE_VOLUME_ML), ==, "1.0");
  g_assert_cmpint (mh_record_int (left, MH_SAMPLE_N_ALIQUOTS), ==, 4);
  /* exactly what is left, and then nothing more */
  assert_done (lab, ALIQUOT, tube.sample, "{\"count\":2,\"volume_ml\":\"0.5\"}");
  assert_refused (lab, ALIQUOT, tube.sample, "{\"count\":1,\"volume_ml\":\"0.001\"}",
                  MH_ERROR_INVALID, "volume_ml");
  const char *first = mh_record_id (aliquots->pdata[0]);
  assert_refused (lab, ALIQUOT, first, "{\"count\":1,\"volume_ml\":\"0.1\"}", MH_ERROR_CONFLICT,
                  NULL);
  /* a spoilt aliquot is not drawn from the patient again, and the tests stay with the tube */
  g_autoptr (MhRecord) spoilt
      = done (lab, EVENT, first, "{\"event\":\"rejected\",\"reason\":\"leaking\"}");
  g_assert_false (mh_record_has (spoilt, MH_SAMPLE_REPLACED_BY));
  g_autoptr (MhRecord) order = lab_get (lab, &mh_order_type, tube.order);
  g_assert_cmpint (mh_record_int (order, MH_ORDER_N_SAMPLES), ==, 1);
  g_assert_cmpstr (mh_record_text (order, MH_ORDER_STATUS), ==, MH_ORDER_STATUS_PROCESSING);
}

/* --- storage --- */

static char *
place (Lab *lab, const char *json)
{
  g_autoptr (MhRecord) made = done (lab, PLACE, NULL, json);
  return g_strdup (mh_record_id (made));
}

static char *
box_in (Lab *lab, const char *code, const char *parent, int rows, int columns)
{
  g_autofree char *json = g_strdup_printf (
      "{\"kind\":\"box\",\"code\":\"%s\",\"name\":\"Box %s\",\"parent_id\":\"%s\",\"n_rows\":%d,"
      "\"n_columns\":%d,\"active\":true}",
      code, code, parent, rows, columns);
  return place (lab, json);
}

static char *
stored (const char *box, int position)
{
  return position < 0 ? g_strdup_printf ("{\"event\":\"stored\",\"box_id\":\"%s\"}", box)
                      : g_strdup_printf ("{\"event\":\"stored\",\"box_id\":\"%s\",\"position\":%d}",
                                         box, position);
}

static void
test_storage (const MhTestDb *test)
{
  g_autoptr (Lab) lab = new_lab (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *freezer = place (lab, "{\"kind\":\"freezer\",\"code\":\"F1\",\"name\":\"Freezer "
                                         "1\",\"keep_days\":30,\"active\":true}");
  g_autofree char *in_freezer = g_strdup_printf ("{\"kind\":\"rack\",\"code\":\"R1\",\"name\":"
                                                 "\"Rack A\",\"parent_id\":\"%s\",\"active\":true}",
                                                 freezer);
  g_autofree char *rack = place (lab, in_freezer);
  g_autofree char *box = box_in (lab, "B1", rack, 1, 2);
  g_autoptr (MhRecord) as_made = lab_get (lab, &mh_storage_place_type, box);
  g_assert_cmpstr (mh_record_text (as_made, MH_STORAGE_PLACE_PATH), ==,
                   "Freezer 1 / Rack A / Box B1");
  g_autofree char *in_box = g_strdup_printf (
      "{\"kind\":\"rack\",\"code\":\"R9\",\"name\":\"R\",\"parent_id\":\"%s\"}", box);
  assert_refused (lab, PLACE, NULL, in_box, MH_ERROR_INVALID, "parent_id");
  assert_refused (lab, PLACE, NULL, "{\"kind\":\"rack\",\"code\":\"R1\",\"name\":\"again\"}",
                  MH_ERROR_INVALID, "code");
  g_autofree char *circle = g_strdup_printf ("{\"parent_id\":\"%s\"}", rack);
  assert_refused (lab, PLACE_CHANGE, freezer, circle, MH_ERROR_INVALID, "parent_id");

  g_auto (Tube) a = tube_of (lab, "CBC", "received"), b = tube_of (lab, "CBC", "received"),
                c = tube_of (lab, "CBC", "received"), d = tube_of (lab, "CBC", "collected");
  g_autofree char *first = stored (box, 0), *any = stored (box, -1), *third = stored (box, 2);
  assert_refused (lab, EVENT, d.sample, first, MH_ERROR_CONFLICT, NULL);
  g_autofree char *nowhere = stored ("01900000-0000-7000-8000-0000000000ff", 0);
  assert_refused (lab, EVENT, a.sample, nowhere, MH_ERROR_INVALID, "box_id");
  g_autofree char *in_rack = stored (rack, 0);
  assert_refused (lab, EVENT, a.sample, in_rack, MH_ERROR_INVALID, "box_id");
  assert_refused (lab, EVENT, a.sample, third, MH_ERROR_INVALID, "position");
  g_autoptr (MhRecord) kept = done (lab, EVENT, a.sample, first);
  g_assert_cmpstr (mh_record_text (kept, MH_SAMPLE_PLACE), ==, "Freezer 1 / Rack A / Box B1 / A1");
  /* thirty days of the freezer, not seven of the setting */
  gint64 now = mh_clock_now (mh_server_clock (lab->server));
  gint64 until = mh_record_int (kept, MH_SAMPLE_KEEP_UNTIL);
  g_assert_cmpint (until, >, now + 29 * MH_DAY);
  g_assert_cmpint (until, <=, now + 30 * MH_DAY);
  assert_refused (lab, EVENT, b.sample, first, MH_ERROR_INVALID, "position");
  g_autoptr (MhRecord) beside = done (lab, EVENT, b.sample, any);
  g_assert_cmpint (mh_record_int (beside, MH_SAMPLE_POSITION), ==, 1);
  assert_refused (lab, EVENT, c.sample, any, MH_ERROR_CONFLICT, NULL);
  /* its own position is no obstacle, nor is it free for others meanwhile */
  assert_done (lab, EVENT, a.sample, first);
  g_autoptr (MhRecord) out = done (lab, EVENT, a.sample, "{\"event\":\"retrieved\"}");
  g_assert_false (mh_record_has (out, MH_SAMPLE_BOX_ID));
  assert_done (lab, EVENT, c.sample, any);

  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) map
      = mh_storage_service_map (MH_REQUEST_DB (db, NULL, lab->technician), freezer, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) none_due
      = mh_storage_service_due (MH_REQUEST_DB (db, NULL, lab->technician), now, 50, &error);
  g_autoptr (GPtrArray) all_due = mh_storage_service_due (MH_REQUEST_DB (db, NULL, lab->technician),
                                                          now + 40 * MH_DAY, 50, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  g_assert_cmpuint (mh_record_records (map, MH_STORAGE_MAP_BOXES)->len, ==, 1);
  g_assert_cmpuint (mh_record_records (map, MH_STORAGE_MAP_SPOTS)->len, ==, 2);
  g_assert_cmpuint (none_due->len, ==, 0);
  g_assert_cmpuint (all_due->len, ==, 3);

  /* full boxes stay as they are; their words follow the freezer's name */
  assert_refused (lab, PLACE_CHANGE, box, "{\"n_columns\":3}", MH_ERROR_CONFLICT, NULL);
  assert_refused (lab, PLACE_CHANGE, box, "{\"active\":false}", MH_ERROR_CONFLICT, NULL);
  assert_done (lab, PLACE_CHANGE, freezer, "{\"name\":\"Cold store\"}");
  g_autoptr (MhRecord) renamed = lab_get (lab, &mh_storage_place_type, box);
  g_assert_cmpstr (mh_record_text (renamed, MH_STORAGE_PLACE_PATH), ==,
                   "Cold store / Rack A / Box B1");
}

/* Until when a tube keeps follows from when it was drawn and where it was last told to be. */
static void
assert_keeps (MhRecord *tube, const char *temperature, gint64 hours)
{
  g_assert_cmpstr (mh_record_text (tube, MH_SAMPLE_TEMPERATURE), ==, temperature);
  g_assert_cmpstr (mh_record_text (tube, MH_SAMPLE_STABLE_TESTS), ==, "K");
  g_assert_cmpint (mh_record_int (tube, MH_SAMPLE_STABLE_UNTIL), ==,
                   mh_record_int (tube, MH_SAMPLE_COLLECTED_AT) + hours * MH_HOUR);
}

static void
test_keeps (const MhTestDb *test)
{
  g_autoptr (Lab) lab = new_lab (test);
  g_auto (Tube) tube = tube_of (lab, "KT", "to_collect"),
                unknown = tube_of (lab, "CBC", "received");
  g_autofree char *freezer
      = place (lab, "{\"kind\":\"freezer\",\"code\":\"F1\",\"name\":\"Freezer 1\","
                    "\"temperature\":\"-20\",\"active\":true}");
  g_autofree char *box = box_in (lab, "B1", freezer, 1, 2);
  g_autofree char *in_box = stored (box, 0);
  g_autoptr (MhRecord) nothing = lab_get (lab, &mh_sample_type, unknown.sample);
  g_assert_false (mh_record_has (nothing, MH_SAMPLE_STABLE_UNTIL));

  g_autoptr (MhRecord) drawn
      = done (lab, EVENT, tube.sample, "{\"event\":\"collected\",\"reason\":\"emergency\"}");
  assert_keeps (drawn, NULL, 4);
  g_autoptr (MhRecord) cold
      = done (lab, EVENT, tube.sample, "{\"event\":\"received\",\"temperature\":\"6.5\"}");
  assert_keeps (cold, "6.5", 24);
  g_autoptr (MhRecord) frozen = done (lab, EVENT, tube.sample, in_box);
  assert_keeps (frozen, "-20", 720);
  g_autoptr (MhRecord) out = done (lab, EVENT, tube.sample, "{\"event\":\"retrieved\"}");
  assert_keeps (out, NULL, 4);

  /* the row of the sheet says it for its own test */
  g_autoptr (MhRecord) sheet = lab_sheet (lab, lab->technician, tube.order);
  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  g_assert_cmpint (mh_record_int (rows->pdata[0], MH_RESULT_ROW_STABLE_UNTIL), ==,
                   mh_record_int (out, MH_SAMPLE_STABLE_UNTIL));

  /* the next draw has its own time */
  g_autoptr (MhRecord) bad
      = done (lab, EVENT, tube.sample, "{\"event\":\"rejected\",\"reason\":\"beyond_stability\"}");
  g_autoptr (MhRecord) next
      = lab_get (lab, &mh_sample_type, mh_record_text (bad, MH_SAMPLE_REPLACED_BY));
  g_assert_false (mh_record_has (next, MH_SAMPLE_STABLE_UNTIL));
  g_assert_false (mh_record_has (next, MH_SAMPLE_STABLE_TESTS));
}

static void
test_disposal (const MhTestDb *test)
{
  g_autoptr (Lab) lab = new_lab (test);
  g_autofree char *freezer = place (
      lab, "{\"kind\":\"freezer\",\"code\":\"F1\",\"name\":\"Freezer 1\",\"active\":true}");
  g_autofree char *box = box_in (lab, "B1", freezer, 10, 10);
  g_auto (Tube) a = tube_of (lab, "CBC", "received"), b = tube_of (lab, "CBC", "received");
  g_autofree char *any = stored (box, -1);
  assert_done (lab, EVENT, a.sample, any);
  /* not due yet: another reason, and two persons */
  g_autofree char *kept = g_strdup_printf (
      "{\"accessions\":[\"%s\"],\"reason\":\"expired\",\"witness\":\"B-SAM\"}", a.accession);
  assert_refused (lab, DISPOSE, NULL, kept, MH_ERROR_INVALID, "reason");
  g_autofree char *alone
      = g_strdup_printf ("{\"accessions\":[\"%s\"],\"reason\":\"used_up\"}", a.accession);
  assert_refused (lab, DISPOSE, NULL, alone, MH_ERROR_INVALID, "witness");
  assert_refused (lab, EVENT, a.sample, "{\"event\":\"disposed\"}", MH_ERROR_INVALID, "witness");
  g_autofree char *self = g_strdup_printf (
      "{\"accessions\":[\"%s\"],\"reason\":\"damaged\",\"witness\":\"B-TARA\"}", a.accession);
  assert_refused (lab, DISPOSE, NULL, self, MH_ERROR_INVALID, "witness");
  g_autofree char *unknown = g_strdup_printf (
      "{\"accessions\":[\"%s\",\"nonsense\"],\"reason\":\"damaged\",\"witness\":\"B-SAM\"}",
      a.accession);
  assert_refused (lab, DISPOSE, NULL, unknown, MH_ERROR_INVALID, "accessions[1]");
  assert_status (lab, &a, MH_SAMPLE_STATUS_STORED);
  g_autofree char *both = g_strdup_printf (
      "{\"accessions\":[\"%s\",\"%s\"],\"reason\":\"damaged\",\"witness\":\"B-SAM\"}", a.accession,
      b.accession);
  g_autoptr (MhRecord) gone = done (lab, DISPOSE, NULL, both);
  g_assert_cmpint (mh_record_int (gone, MH_DISPOSAL_N_DONE), ==, 2);
  assert_status (lab, &a, MH_SAMPLE_STATUS_DISPOSED);
  g_autoptr (MhRecord) sample = lab_get (lab, &mh_sample_type, a.sample);
  g_assert_false (mh_record_has (sample, MH_SAMPLE_BOX_ID));
  g_assert_false (mh_record_has (sample, MH_SAMPLE_KEEP_UNTIL));
  assert_refused (lab, DISPOSE, NULL, both, MH_ERROR_CONFLICT, NULL);
}

/* --- referral --- */

static void
test_referral (const MhTestDb *test)
{
  g_autoptr (Lab) lab = new_lab (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) other
      = done (lab, LAB, NULL,
              "{\"code\":\"REF\",\"name\":\"City Reference Lab\",\"tat_days\":3,\"active\":true}");
  g_auto (Tube) a = tube_of (lab, "CBC", "received"), b = tube_of (lab, "KT", "received"),
                c = tube_of (lab, "KT", "collected");
  const char *lab_id = mh_record_id (other);
  g_autofree char *none = g_strdup_printf ("{\"lab_id\":\"%s\"}", lab_id);
  assert_refused (lab, PACK, NULL, none, MH_ERROR_INVALID, "accessions");
  g_autofree char *early = g_strdup_printf ("{\"lab_id\":\"%s\",\"accessions\":[\"%s\",\"%s\"]}",
                                            lab_id, a.accession, c.accession);
  assert_refused (lab, PACK, NULL, early, MH_ERROR_INVALID, "accessions[1]");
  g_autofree char *two
      = g_strdup_printf ("{\"lab_id\":\"%s\",\"accessions\":[\"%s\",\"%s\",\"%s\"]}", lab_id,
                         a.accession, b.accession, a.accession);
  g_autoptr (MhRecord) packed = done (lab, PACK, NULL, two);
  const char *id = mh_record_id (packed);
  g_assert_cmpint (mh_record_int (packed, MH_REFERRAL_N_TUBES), ==, 2);
  assert_refused (lab, PACK, NULL, two, MH_ERROR_INVALID, "accessions[0]");
  assert_refused (lab, STEP, id, "{\"step\":\"received\"}", MH_ERROR_CONFLICT, NULL);
  g_autoptr (MhRecord) sent = done (lab, STEP, id, "{\"step\":\"sent\",\"courier\":\"Blue Dart\"}");
  g_assert_true (mh_record_has (sent, MH_REFERRAL_DUE_AT));
  assert_status (lab, &a, MH_SAMPLE_STATUS_REFERRED);
  assert_status (lab, &b, MH_SAMPLE_STATUS_REFERRED);
  assert_refused (lab, STEP, id, "{\"step\":\"cancelled\"}", MH_ERROR_CONFLICT, NULL);
  assert_done (lab, STEP, id, "{\"step\":\"received\"}");
  /* one is refused there and comes back, the other's result returns; then nothing is open */
  g_autofree char *refused = g_strdup_printf (
      "{\"step\":\"refused\",\"accessions\":[\"%s\"],\"note\":\"thawed\"}", b.accession);
  g_autoptr (MhRecord) partly = done (lab, STEP, id, refused);
  g_assert_cmpstr (mh_record_text (partly, MH_REFERRAL_STATUS), ==, MH_REFERRAL_RECEIVED);
  g_assert_cmpint (mh_record_int (partly, MH_REFERRAL_N_OPEN), ==, 1);
  assert_status (lab, &b, MH_SAMPLE_STATUS_RECEIVED);
  g_autoptr (MhRecord) returned = done (lab, STEP, id, "{\"step\":\"returned\"}");
  g_assert_cmpstr (mh_record_text (returned, MH_REFERRAL_STATUS), ==, MH_REFERRAL_RETURNED);
  g_assert_true (mh_record_has (returned, MH_REFERRAL_RETURNED_AT));
  assert_refused (lab, STEP, id, "{\"step\":\"returned\"}", MH_ERROR_CONFLICT, NULL);
  /* the refused tube may be sent once more */
  g_autofree char *again
      = g_strdup_printf ("{\"lab_id\":\"%s\",\"accessions\":[\"%s\"]}", lab_id, b.accession);
  assert_done (lab, PACK, NULL, again);
  g_autofree char *number = NULL;
  g_autoptr (GBytes) pdf
      = mh_referrals_service_manifest (lab->server, lab->technician, id, "en", &number, &error);
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF", 4), ==, 0);
  g_assert_cmpstr (number, ==, "REF-000001");
}

/* --- labels --- */

static void
test_address (void)
{
  static const struct
  {
    const char *setting, *wanted, *address;
  } rows[] = { { "10.0.0.9:9100", NULL, "10.0.0.9:9100" },
               { "10.0.0.9:9100", "ward", NULL },
               { "", NULL, NULL },
               { NULL, NULL, NULL },
               { "desk=10.0.0.9:9100, ward=zebra:6101", NULL, "10.0.0.9:9100" },
               { "desk=10.0.0.9:9100, ward=zebra:6101", "ward", "zebra:6101" },
               { "desk=10.0.0.9:9100, ward=zebra:6101", "hall", NULL } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *address = mh_labels_service_address (rows[i].setting, rows[i].wanted);
      g_assert_cmpstr (address, ==, rows[i].address);
    }
}

static gboolean
set_printer (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) setting = mh_record_new (&mh_setting_type);
  mh_record_take_text (setting, MH_ID, mh_id_new ());
  mh_record_set_text (setting, MH_SETTING_HOSPITAL_ID, LAB_HOSPITAL);
  mh_record_set_text (setting, MH_SETTING_KEY, MH_SET_LABEL_PRINTER);
  mh_record_set_text (setting, MH_SETTING_KIND, MH_SETTING_KIND_TEXT);
  mh_record_set_text (setting, MH_SETTING_VALUE, data);
  return mh_tx_insert (tx, setting, MH_AUDIT_CREATE, NULL, error);
}

static gpointer
listen_once (gpointer data)
{
  g_autoptr (GSocketConnection) peer = g_socket_listener_accept (data, NULL, NULL, NULL);
  GString *text = g_string_new (NULL);
  char buffer[4096];
  gssize n;
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (peer)), buffer,
                                   sizeof buffer, NULL, NULL))
         > 0)
    g_string_append_len (text, buffer, n);
  return g_string_free (text, FALSE);
}

static void
test_labels (const MhTestDb *test)
{
  g_autoptr (Lab) lab = new_lab (test);
  g_autoptr (GError) error = NULL;
  g_auto (Tube) tube = tube_of (lab, "CBC", "to_collect");
  mh_labels_service_register (lab->server);
  assert_refused (lab, LABEL, tube.order, "{}", MH_ERROR_CONFLICT, NULL);
  g_autoptr (GSocketListener) printer = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (printer, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *address = g_strdup_printf ("localhost:%u", port);
  mh_assert_ok (lab_write (lab, lab->technician, set_printer, address, &error), error);
  g_autoptr (MhRecord) asked = done (lab, LABEL, tube.order, "{}");
  g_assert_cmpint (mh_record_int (asked, MH_LABEL_REQUEST_N_LABELS), ==, 1);
  assert_refused (lab, LABEL, tube.order, "{}", MH_ERROR_INVALID, "reason");
  GThread *thread = g_thread_new ("printer", listen_once, printer);
  guint ran = 0;
  mh_assert_ok (mh_jobs_run_due (mh_server_jobs (lab->server), &ran, &error), error);
  g_autofree char *zpl = g_thread_join (thread);
  g_assert_cmpuint (ran, ==, 1);
  g_autofree char *code = g_strdup_printf ("^FD%s^FS", tube.accession);
  g_assert_true (g_str_has_prefix (zpl, "^XA\n"));
  g_assert_true (g_str_has_suffix (zpl, "^XZ\n"));
  g_assert_nonnull (strstr (zpl, code));
  g_assert_nonnull (strstr (zpl, "Asha"));
  /* the reprint and its reason are in the chain of custody */
  assert_done (lab, LABEL, tube.order, "{\"reason\":\"damaged\"}");
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) events
      = mh_samples_service_events (MH_REQUEST_DB (db, NULL, lab->technician), tube.sample, &error);
  g_autoptr (GPtrArray) jobs = mh_store_all (db, &mh_job_type, "kind", MH_JOB_LABEL_PRINT, &error);
  lab_done (lab, db);
  g_assert_cmpuint (events->len, ==, 3);
  g_assert_cmpstr (mh_record_text (events->pdata[2], MH_CUSTODY_EVENT_REASON), ==, "damaged");
  g_autoptr (MhRecord) sample = lab_get (lab, &mh_sample_type, tube.sample);
  g_assert_cmpint (mh_record_int (sample, MH_SAMPLE_LABELS_PRINTED), ==, 2);
  g_assert_cmpstr (mh_record_text (sample, MH_SAMPLE_STATUS), ==, MH_SAMPLE_STATUS_TO_COLLECT);
  /* nobody who looks at jobs sees whose label it is */
  g_assert_cmpuint (jobs->len, ==, 2);
  for (guint i = 0; i < jobs->len; i++)
    g_assert_null (strstr (mh_record_text (jobs->pdata[i], MH_JOB_PAYLOAD), "Asha"));
  /* a printer that is away: the job fails and waits */
  g_socket_listener_close (printer);
  g_assert_false (mh_labels_service_send (address, zpl, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_BUSY);
}

static void
test_round (const MhTestDb *test)
{
  g_autoptr (Lab) lab = new_lab (test);
  g_autoptr (GError) error = NULL;
  g_auto (Tube) a = tube_of (lab, "CBC KT", "to_collect");
  g_autoptr (GBytes) pdf = mh_rounds_service_pdf (lab->server, lab->technician, NULL, "hi", &error);
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF", 4), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/storage/handover", test_handover);
  mh_test_add_both ("/storage/reject", test_reject);
  mh_test_add_both ("/storage/accept", test_accept);
  mh_test_add_both ("/storage/keeps", test_keeps);
  mh_test_add_both ("/storage/aliquots", test_aliquots);
  mh_test_add_both ("/storage/places", test_storage);
  mh_test_add_both ("/storage/disposal", test_disposal);
  mh_test_add_both ("/storage/referral", test_referral);
  g_test_add_func ("/storage/address", test_address);
  mh_test_add_both ("/storage/labels", test_labels);
  mh_test_add_both ("/storage/round", test_round);
  return mh_test_run ();
}
