/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-orders.h"

#include "server/lab/analysers/mh-analysers-store.h"
#include "server/lab/analysers/mh-analysers-take.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/orders/mh-orders-service.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"

#include <string.h>

#define SERIES "analyser.out"
#define FIRST_DELAY (5 * MH_SECOND)
#define LAST_DELAY (5 * MH_MINUTE)

static gboolean
analysers_orders_is (MhRecord *record, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (record, field), code) == 0;
}

/* --- what a tube needs --- */

static gboolean
analysers_orders_is_live (MhRecord *item)
{
  return !analysers_orders_is (item, MH_ORDER_ITEM_STATUS, MH_ITEM_STATUS_CANCELLED)
         && !analysers_orders_is (item, MH_ORDER_ITEM_STATUS, MH_ITEM_STATUS_VERIFIED);
}

static gboolean
analysers_orders_has_analyte (MhRecord *test, const char *analyte)
{
  const char *const *analytes = test != NULL ? mh_record_list (test, MH_TEST_ANALYTES) : NULL;
  return analytes != NULL && g_strv_contains (analytes, analyte);
}

/* By the test's own code where the mapping has one, else by those of its analytes. */
static void
analysers_orders_add_tests (MhCatalogueView *view,
                            GPtrArray *maps,
                            MhRecord *item,
                            MhDeviceOrder *order)
{
  const char *code = mh_record_text (item, MH_ORDER_ITEM_TEST);
  MhRecord *test = mh_catalogue_find (view, &mh_test_type, code);
  gboolean whole = FALSE;

  for (guint i = 0; i < maps->len; i++)
    {
      MhRecord *map = g_ptr_array_index (maps, i);
      if (!analysers_orders_is (map, MH_ANALYSER_MAP_TEST, code)
          || mh_record_bool (map, MH_ANALYSER_MAP_IGNORED))
        continue;
      mh_device_order_add_test (order, mh_record_text (map, MH_ANALYSER_MAP_CODE),
                                mh_record_text (item, MH_ORDER_ITEM_NAME));
      whole = TRUE;
    }

  for (guint i = 0; !whole && i < maps->len; i++)
    {
      MhRecord *map = g_ptr_array_index (maps, i);
      const char *analyte = mh_record_text (map, MH_ANALYSER_MAP_ANALYTE);
      MhRecord *known
          = analyte != NULL ? mh_catalogue_find (view, &mh_analyte_type, analyte) : NULL;
      if (known != NULL && analysers_orders_has_analyte (test, analyte)
          && !mh_record_bool (map, MH_ANALYSER_MAP_IGNORED)
          && !mh_record_has (known, MH_ANALYTE_FORMULA))
        mh_device_order_add_test (order, mh_record_text (map, MH_ANALYSER_MAP_CODE),
                                  mh_record_text (known, MH_ANALYTE_NAME));
    }
}

static void
put_head (MhDeviceOrder *out, MhRecord *order, MhRecord *patient, MhRecord *sample)
{
  out->barcode = g_strdup (mh_record_text (sample, MH_SAMPLE_ACCESSION));
  out->order_number = g_strdup (mh_record_text (order, MH_ORDER_NUMBER));
  out->specimen = g_strdup (mh_record_text (sample, MH_SAMPLE_SPECIMEN));
  out->mrn = g_strdup (mh_record_text (patient, MH_PATIENT_MRN));
  out->family = g_strdup (mh_record_text (patient, MH_PATIENT_FAMILY_NAME));
  out->given = g_strdup (mh_record_text (patient, MH_PATIENT_GIVEN_NAME));
  out->birth_date = g_strdup (mh_record_text (patient, MH_PATIENT_BIRTH_DATE));
  out->sex = g_strdup (mh_record_text (patient, MH_PATIENT_SEX));
  out->collected_at = mh_record_int (sample, MH_SAMPLE_COLLECTED_AT);
  out->urgent = analysers_orders_is (order, MH_ORDER_PRIORITY, MH_PRIORITY_STAT);
}

/* An aliquot is measured for the tube it was taken from, under its own barcode. */
static const char *
tube_of (MhRecord *sample)
{
  return mh_record_has (sample, MH_SAMPLE_PARENT_ID) ? mh_record_text (sample, MH_SAMPLE_PARENT_ID)
                                                     : mh_record_id (sample);
}

static gboolean
analysers_orders_compose (MhDb *db,
                          MhServer *server,
                          MhRecord *link,
                          MhRecord *sample,
                          MhDeviceOrder **out_order,
                          GError **error)
{
  g_autoptr (MhCatalogueView) view = mh_catalogue_view (mh_server_catalogue (server), db, error);
  g_autoptr (GPtrArray) maps
      = view != NULL ? mh_analysers_store_maps (db, mh_record_id (link), error) : NULL;
  g_autoptr (MhRecord) order
      = maps != NULL
            ? mh_store_get (db, &mh_order_type, mh_record_text (sample, MH_SAMPLE_ORDER_ID), error)
            : NULL;
  g_autoptr (GPtrArray) items
      = order != NULL ? mh_orders_service_items (db, mh_record_id (order), error) : NULL;
  g_autoptr (MhRecord) patient
      = items != NULL ? mh_store_get (db, &mh_patient_type,
                                      mh_record_text (order, MH_ORDER_PATIENT_ID), error)
                      : NULL;

  if (patient == NULL)
    return FALSE;

  g_autoptr (MhDeviceOrder) composed = mh_device_order_new ();
  put_head (composed, order, patient, sample);
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      if (analysers_orders_is_live (item)
          && (analysers_orders_is (item, MH_ORDER_ITEM_SAMPLE_ID, mh_record_id (sample))
              || analysers_orders_is (item, MH_ORDER_ITEM_SAMPLE_ID, tube_of (sample))))
        analysers_orders_add_tests (view, maps, item, composed);
    }

  *out_order = composed->tests->len > 0 ? g_steal_pointer (&composed) : NULL;
  return TRUE;
}

gboolean
mh_analysers_order_of (MhDb *db,
                       MhServer *server,
                       MhRecord *link,
                       MhRecord *sample,
                       MhDeviceOrder **out_order,
                       GError **error)
{
  *out_order = NULL;
  if (!analysers_orders_is (sample, MH_SAMPLE_STATUS, MH_SAMPLE_STATUS_RECEIVED))
    return TRUE;
  return analysers_orders_compose (db, server, link, sample, out_order, error);
}

/* --- the queue --- */

gint64
mh_analysers_order_delay (gint64 attempts)
{
  gint64 delay = FIRST_DELAY;
  for (gint64 i = 1; i < attempts && delay < LAST_DELAY; i++)
    delay *= 2;
  return MIN (delay, LAST_DELAY);
}

void
mh_analysers_envelope_clear (MhDeviceEnvelope *envelope)
{
  g_free ((char *)envelope->us);
  g_free ((char *)envelope->them);
  g_free ((char *)envelope->number);
  g_clear_pointer (&envelope->zone, g_time_zone_unref);
  *envelope = (MhDeviceEnvelope){ NULL };
}

gboolean
mh_analysers_envelope (MhTx *tx,
                       MhServer *server,
                       MhRecord *link,
                       MhDeviceEnvelope *out_envelope,
                       GError **error)
{
  MhDb *db = mh_tx_db (tx);
  const char *sender = mh_record_text (link, MH_LINK_SENDER);
  gint64 number = mh_tx_next_number (tx, SERIES, error);
  g_autoptr (MhCatalogueView) view
      = number > 0 ? mh_catalogue_view (mh_server_catalogue (server), db, error) : NULL;

  if (view == NULL)
    return FALSE;

  MhRecord *hospital = mh_catalogue_hospital (view, mh_record_text (link, MH_LINK_HOSPITAL_ID));
  *out_envelope = (MhDeviceEnvelope){
    .us = g_strdup (hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CODE) : NULL),
    .them = g_strdup (sender != NULL ? sender : mh_record_text (link, MH_LINK_CODE)),
    .number = g_strdup_printf ("MH%010" G_GINT64_FORMAT, number),
    .now = mh_tx_now (tx),
    .zone = mh_analysers_zone (server, db, link),
  };

  return TRUE;
}

static GBytes *
analysers_orders_write_order (MhRecord *link,
                              const MhDeviceEnvelope *envelope,
                              const MhDeviceOrder *order)
{
  if (analysers_orders_is (link, MH_LINK_PROTOCOL, MH_LINK_HL7))
    return mh_device_write_order_hl7 (envelope, order);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_ptr_array_add (one, (gpointer)order);
  return mh_device_write_orders_astm (envelope, one, FALSE);
}

static MhRecord *
make_out (MhTx *tx, MhRecord *link, const char *number, const char *sample_code, GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  MhRecord *message = mh_record_new (&mh_analyser_message_type);

  mh_record_take_text (message, MH_ID, mh_id_new ());
  mh_record_set_text (message, MH_MESSAGE_HOSPITAL_ID, mh_record_text (link, MH_LINK_HOSPITAL_ID));
  mh_record_set_text (message, MH_MESSAGE_LINK_ID, mh_record_id (link));
  mh_record_set_text (message, MH_MESSAGE_DIRECTION, MH_MESSAGE_OUT);
  mh_record_set_text (message, MH_MESSAGE_KIND,
                      analysers_orders_is (link, MH_LINK_PROTOCOL, MH_LINK_HL7) ? "OML^O21"
                                                                                : "ORDERS");
  mh_record_set_text (message, MH_MESSAGE_CONTROL_ID, number);
  mh_record_set_text (message, MH_MESSAGE_SAMPLE_CODE, sample_code);
  mh_record_set_int (message, MH_MESSAGE_AT, mh_tx_now (tx));
  mh_record_set_text (message, MH_MESSAGE_STATUS, MH_MESSAGE_WAITING);
  mh_record_set_int (message, MH_MESSAGE_ATTEMPTS, 0);
  mh_record_set_int (message, MH_MESSAGE_N_REPEATS, 0);
  mh_record_set_int (message, MH_MESSAGE_NEXT_AT, mh_tx_now (tx));
  mh_record_take_text (message, MH_MESSAGE_RAW, g_strndup (text, length));

  return message;
}

static gboolean
touch (MhTx *tx, MhRecord *link, GError **error)
{
  return mh_tx_touch (tx, &mh_analyser_link_type, mh_record_id (link),
                      mh_record_text (link, MH_LINK_HOSPITAL_ID), error);
}

gboolean
mh_analysers_order_queue (MhTx *tx,
                          MhServer *server,
                          MhRecord *link,
                          const MhDeviceOrder *order,
                          MhRecord **out_message,
                          GError **error)
{
  MhDeviceEnvelope envelope;
  if (!mh_analysers_envelope (tx, server, link, &envelope, error))
    return FALSE;

  g_autoptr (GBytes) bytes = analysers_orders_write_order (link, &envelope, order);
  g_autoptr (MhRecord) message = make_out (tx, link, envelope.number, order->barcode, bytes);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, message);
  mh_analysers_envelope_clear (&envelope);
  if (!mh_tx_insert_parts (tx, one, error) || !touch (tx, link, error))
    return FALSE;

  if (out_message != NULL)
    *out_message = g_object_ref (message);
  return TRUE;
}

gboolean
mh_analysers_order_sent (MhTx *tx,
                         MhRecord *link,
                         const char *message_id,
                         const char *answer,
                         const char *problem,
                         GError **error)
{
  g_autoptr (MhRecord) before
      = mh_store_get (mh_tx_db (tx), &mh_analyser_message_type, message_id, error);
  if (before == NULL)
    return FALSE;
  if (!analysers_orders_is (before, MH_MESSAGE_STATUS, MH_MESSAGE_WAITING))
    return TRUE; /* somebody has dropped it meanwhile */

  g_autoptr (MhRecord) after = mh_record_copy (before);
  gint64 attempts = mh_record_int (before, MH_MESSAGE_ATTEMPTS) + 1;
  gboolean taken = g_strcmp0 (answer, "AA") == 0 || g_strcmp0 (answer, "CA") == 0;

  mh_record_set_int (after, MH_MESSAGE_ATTEMPTS, attempts);
  mh_record_set_text (after, MH_MESSAGE_ANSWER, answer);
  mh_record_take_text (after, MH_MESSAGE_ERROR,
                       problem != NULL ? mh_text_cut (problem, 400) : NULL);

  if (answer == NULL)
    mh_record_set_int (after, MH_MESSAGE_NEXT_AT,
                       mh_tx_now (tx) + mh_analysers_order_delay (attempts));
  else
    {
      mh_record_set_text (after, MH_MESSAGE_STATUS,
                          taken ? MH_MESSAGE_ACCEPTED : MH_MESSAGE_REFUSED);
      mh_record_set_int (after, MH_MESSAGE_ENDED_AT, mh_tx_now (tx));
    }

  return mh_tx_update_part (tx, before, after, error) && touch (tx, link, error);
}

gboolean
mh_analysers_order_judged (MhTx *tx,
                           MhRecord *link,
                           const char *number,
                           const char *answer,
                           const char *problem,
                           GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (MhRecord) before
      = mh_analysers_store_out_numbered (mh_tx_db (tx), mh_record_id (link), number, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  /* Only what was merely kept there is judged later, once. */
  if (before == NULL || !analysers_orders_is (before, MH_MESSAGE_STATUS, MH_MESSAGE_ACCEPTED)
      || !analysers_orders_is (before, MH_MESSAGE_ANSWER, "CA") || answer[0] != 'A')
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_MESSAGE_ANSWER, answer);
  mh_record_take_text (after, MH_MESSAGE_ERROR,
                       problem != NULL ? mh_text_cut (problem, 400) : NULL);
  if (!g_str_equal (answer, "AA"))
    mh_record_set_text (after, MH_MESSAGE_STATUS, MH_MESSAGE_REFUSED);
  mh_record_set_int (after, MH_MESSAGE_ENDED_AT, mh_tx_now (tx));

  return mh_tx_update_part (tx, before, after, error) && touch (tx, link, error);
}

/* --- what follows from a tube --- */

static gboolean
analysers_orders_take_back (MhTx *tx,
                            MhServer *server,
                            MhRecord *link,
                            MhRecord *sample,
                            GError **error)
{
  gboolean was_sent = FALSE;
  g_autoptr (GPtrArray) sent = mh_analysers_store_out_of (
      mh_tx_db (tx), mh_record_id (link), mh_record_text (sample, MH_SAMPLE_ACCESSION), error);

  for (guint i = 0; sent != NULL && i < sent->len; i++)
    {
      MhRecord *before = g_ptr_array_index (sent, i);
      was_sent = was_sent || analysers_orders_is (before, MH_MESSAGE_STATUS, MH_MESSAGE_ACCEPTED);
      if (!analysers_orders_is (before, MH_MESSAGE_STATUS, MH_MESSAGE_WAITING))
        continue;
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_text (after, MH_MESSAGE_STATUS, MH_MESSAGE_CANCELLED);
      mh_record_set_int (after, MH_MESSAGE_ENDED_AT, mh_tx_now (tx));
      if (!mh_tx_update_part (tx, before, after, error))
        return FALSE;
    }

  g_autoptr (MhDeviceOrder) order = NULL;
  if (sent == NULL
      || (was_sent
          && !analysers_orders_compose (mh_tx_db (tx), server, link, sample, &order, error)))
    return FALSE;
  if (order == NULL)
    return TRUE;

  order->cancelled = TRUE;
  return mh_analysers_order_queue (tx, server, link, order, NULL, error);
}

static gboolean
analysers_orders_send (MhTx *tx, MhServer *server, MhRecord *link, MhRecord *sample, GError **error)
{
  g_autoptr (MhDeviceOrder) order = NULL;
  return mh_analysers_order_of (mh_tx_db (tx), server, link, sample, &order, error)
         && (order == NULL || mh_analysers_order_queue (tx, server, link, order, NULL, error));
}

static gboolean
sample_changed (MhTx *tx, MhRecord *before, MhRecord *after, gpointer data, GError **error)
{
  const char *status = mh_record_text (after, MH_SAMPLE_STATUS);
  gboolean arrives = g_strcmp0 (status, MH_SAMPLE_STATUS_RECEIVED) == 0;
  gboolean goes = g_strcmp0 (status, MH_SAMPLE_STATUS_REJECTED) == 0
                  || g_strcmp0 (status, MH_SAMPLE_STATUS_CANCELLED) == 0;

  if ((!arrives && !goes)
      || (before != NULL && g_strcmp0 (mh_record_text (before, MH_SAMPLE_STATUS), status) == 0))
    return TRUE;

  g_autoptr (GPtrArray) links = mh_analysers_store_links (
      mh_tx_db (tx), mh_record_text (after, MH_SAMPLE_HOSPITAL_ID), error);
  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      MhRecord *link = g_ptr_array_index (links, i);
      if (!analysers_orders_is (link, MH_LINK_ORDERS, MH_LINK_ORDERS_SEND)
          || !mh_record_bool (link, MH_LINK_ENABLED))
        continue;
      if (!(arrives ? analysers_orders_send : analysers_orders_take_back) (tx, data, link, after,
                                                                           error))
        return FALSE;
    }

  return links != NULL;
}

void
mh_analysers_observe (MhServer *server)
{
  mh_store_observe (mh_server_store (server), &mh_sample_type, sample_changed, server);
}

/* --- what an analyser asks --- */

static gboolean
find_orders (MhTx *tx,
             MhServer *server,
             MhRecord *link,
             const MhDeviceMessage *query,
             GPtrArray *orders,
             GError **error)
{
  for (guint i = 0; i < query->asked->len; i++)
    {
      GError *failure = NULL;
      MhDeviceOrder *order = NULL;
      g_autoptr (MhRecord) sample
          = mh_analysers_store_sample (mh_tx_db (tx), mh_record_text (link, MH_LINK_HOSPITAL_ID),
                                       g_ptr_array_index (query->asked, i), &failure);
      if (failure != NULL
          || (sample != NULL
              && !mh_analysers_order_of (mh_tx_db (tx), server, link, sample, &order, &failure)))
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      if (order != NULL)
        g_ptr_array_add (orders, order);
    }

  return TRUE;
}

static gboolean
answer_hl7 (const MhAnalysersWork *work,
            const MhDeviceEnvelope *envelope,
            const MhDeviceMessage *query,
            GPtrArray *orders,
            GPtrArray *answers,
            GError **error)
{
  gboolean display = g_str_has_prefix (query->type, "QRY");
  g_ptr_array_add (answers, mh_device_write_query_ack (envelope, query, orders->len > 0));
  for (guint i = 0; i < orders->len; i++)
    {
      MhDeviceOrder *order = g_ptr_array_index (orders, i);
      if (display)
        g_ptr_array_add (answers, mh_device_write_display (envelope, query, order));
      else if (!mh_analysers_order_queue (work->req->tx, work->req->server, work->link, order, NULL,
                                          error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mh_analysers_order_answer (MhTx *tx,
                           MhServer *server,
                           MhRecord *link,
                           const MhDeviceMessage *query,
                           GPtrArray **out_answers,
                           GError **error)
{
  MhDeviceEnvelope envelope;
  g_autoptr (GPtrArray) orders
      = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_device_order_free);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  if (!find_orders (tx, server, link, query, orders, error)
      || !mh_analysers_envelope (tx, server, link, &envelope, error))
    return FALSE;

  gboolean done = TRUE;
  if (query->is_astm)
    g_ptr_array_add (answers, mh_device_write_orders_astm (&envelope, orders, TRUE));
  else
    done = answer_hl7 (&(MhAnalysersWork){ MH_REQUEST_TX (tx, server, NULL), link }, &envelope,
                       query, orders, answers, error);

  mh_analysers_envelope_clear (&envelope);
  if (done)
    *out_answers = g_steal_pointer (&answers);

  return done;
}
