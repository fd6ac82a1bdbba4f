/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/samples/mh-labels-service.h"

#include "server/lab/orders/mh-orders-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/lab/mh-label.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/reports/mh-label-zpl.h"

#include <gio/gio.h>
#include <string.h>

#define ZPL_PORT 9100
#define PATIENCE 5 /* seconds */
#define ATTEMPTS 6

/* --- the printer --- */

char *
mh_labels_service_address (const char *setting, const char *wanted)
{
  g_auto (GStrv) entries = g_strsplit_set (setting != NULL ? setting : "", ", ", -1);
  for (guint i = 0; entries[i] != NULL; i++)
    {
      const char *equals = strchr (entries[i], '=');
      g_autofree char *name
          = equals != NULL ? g_strndup (entries[i], (gsize)(equals - entries[i])) : NULL;
      if (*entries[i] == '\0')
        continue;
      if (wanted == NULL || g_strcmp0 (name, wanted) == 0)
        return g_strdup (equals != NULL ? equals + 1 : entries[i]);
    }

  return NULL;
}

gboolean
mh_labels_service_send (const char *address, const char *zpl, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_socket_client_set_timeout (client, PATIENCE);
  g_socket_client_set_enable_proxy (client, FALSE);

  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, address, ZPL_PORT, NULL, &inner);
  if (connection == NULL
      || !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), zpl,
                                     strlen (zpl), NULL, NULL, &inner)
      || !g_io_stream_close (G_IO_STREAM (connection), NULL, &inner))
    {
      mh_error_set (error, MH_ERROR_BUSY, "The label printer does not answer: %s", inner->message);
      return FALSE;
    }

  return TRUE;
}

/* --- asking for labels --- */

static gboolean
labels_service_is_wanted (MhRecord *request, MhRecord *sample)
{
  static const char *const gone[]
      = { MH_SAMPLE_STATUS_REJECTED, MH_SAMPLE_STATUS_CANCELLED, MH_SAMPLE_STATUS_DISPOSED, NULL };
  const char *const *ids = mh_record_list (request, MH_LABEL_REQUEST_SAMPLES);
  return !g_strv_contains (gone, mh_record_text (sample, MH_SAMPLE_STATUS))
         && (ids == NULL || g_strv_contains (ids, mh_record_id (sample)));
}

static gboolean
labels_service_choose (MhTx *tx,
                       const char *order_id,
                       MhRecord *request,
                       GPtrArray *chosen,
                       GError **error)
{
  gboolean again = FALSE;
  g_autoptr (GPtrArray) all = mh_orders_service_samples (mh_tx_db (tx), order_id, error);
  if (all == NULL)
    return FALSE;

  for (guint i = 0; i < all->len; i++)
    if (labels_service_is_wanted (request, all->pdata[i]))
      {
        again = again || mh_record_int (all->pdata[i], MH_SAMPLE_LABELS_PRINTED) > 0;
        g_ptr_array_add (chosen, g_object_ref (all->pdata[i]));
      }

  if (chosen->len == 0)
    mh_error_set (error, MH_ERROR_NOT_FOUND, "No tube of this order needs a label.");
  else if (again && !mh_record_has (request, MH_LABEL_REQUEST_REASON))
    mh_error_set_field (error, "reason", "required",
                        "A label of it was printed already; say why another one.");
  else
    return TRUE;

  return FALSE;
}

static MhRecord *
labels_service_printed_event (MhTx *tx, MhRecord *sample, const char *reason)
{
  const MhWho *who = mh_tx_who (tx);
  MhRecord *event = mh_record_new (&mh_custody_event_type);
  mh_record_take_text (event, MH_ID, mh_id_new ());
  mh_record_set_text (event, MH_CUSTODY_EVENT_SAMPLE_ID, mh_record_id (sample));
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_LABEL_PRINTED);
  mh_record_set_int (event, MH_CUSTODY_EVENT_AT, mh_tx_now (tx));
  mh_record_set_int (event, MH_CUSTODY_EVENT_RECORDED_AT, mh_tx_now (tx));
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_ID, who->user_id);
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_NAME, who->user_name);
  mh_record_set_text (event, MH_CUSTODY_EVENT_STATION, who->station);
  mh_record_set_text (event, MH_CUSTODY_EVENT_REASON, reason);
  return event;
}

static gboolean
labels_service_count (MhTx *tx,
                      GPtrArray *samples,
                      const char *reason,
                      gint64 *out_n,
                      GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < samples->len; i++)
    {
      MhRecord *before = g_ptr_array_index (samples, i);
      gint64 copies = MAX (1, mh_record_int (before, MH_SAMPLE_LABEL_COUNT));
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_int (after, MH_SAMPLE_LABELS_PRINTED,
                         mh_record_int (before, MH_SAMPLE_LABELS_PRINTED) + copies);
      if (!mh_tx_update (tx, before, after, MH_AUDIT_PRINT, reason, error))
        return FALSE;
      g_ptr_array_add (events, labels_service_printed_event (tx, before, reason));
      *out_n += copies;
    }

  return mh_tx_insert_parts (tx, events, error);
}

/* Ids alone: who may look at jobs need not see whose tubes they are. */
static gboolean
labels_service_queue (MhTx *tx,
                      MhRecord *order,
                      GPtrArray *samples,
                      const char *address,
                      GError **error)
{
  g_autoptr (GString) payload = g_string_new (NULL);
  mh_json_open (payload, '{');
  mh_json_member_text (payload, "order", mh_record_id (order));
  mh_json_member_text (payload, "printer", address);
  mh_json_key (payload, "samples");
  mh_json_open (payload, '[');
  for (guint i = 0; i < samples->len; i++)
    mh_json_put_text (payload, mh_record_id (samples->pdata[i]));
  mh_json_close (payload, ']');
  mh_json_close (payload, '}');

  MhJobWanted wanted = { .kind = MH_JOB_LABEL_PRINT,
                         .payload = payload->str,
                         .max_attempts = ATTEMPTS,
                         .hospital_id = mh_record_text (order, MH_ORDER_HOSPITAL_ID) };

  return mh_jobs_enqueue (tx, &wanted, error);
}

MhRecord *
mh_labels_service_print (const MhRequest *req,
                         const char *order_id,
                         MhRecord *request,
                         GError **error)
{
  g_autofree char *setting = NULL;
  gint64 n = 0;
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, order_id, error);
  if (order == NULL
      || !mh_setting_text (req->db, mh_record_text (order, MH_ORDER_HOSPITAL_ID),
                           MH_SET_LABEL_PRINTER, &setting, error))
    return NULL;

  g_autofree char *address
      = mh_labels_service_address (setting, mh_record_text (request, MH_LABEL_REQUEST_PRINTER));
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_object_unref);
  if (!labels_service_choose (req->tx, order_id, request, samples, error))
    return NULL;

  if (address == NULL)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "No label printer of that name is set.");
      return NULL;
    }

  if (!labels_service_count (req->tx, samples, mh_record_text (request, MH_LABEL_REQUEST_REASON),
                             &n, error)
      || !labels_service_queue (req->tx, order, samples, address, error))
    return NULL;

  MhRecord *reply = mh_record_copy (request);
  mh_record_set_int (reply, MH_LABEL_REQUEST_N_LABELS, n);
  return reply;
}

/* --- the job --- */

static gboolean
labels_service_is_listed (JsonArray *ids, const char *id)
{
  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    if (g_strcmp0 (json_array_get_string_element (ids, i), id) == 0)
      return TRUE;
  return FALSE;
}

static char *
labels_service_compose (MhDb *db, JsonObject *payload, GError **error)
{
  g_autofree char *size = NULL;
  JsonArray *ids = mh_json_array (payload, "samples");
  g_autoptr (MhRecord) order
      = mh_store_get (db, &mh_order_type, mh_json_text (payload, "order"), error);
  g_autoptr (GPtrArray) all
      = order != NULL ? mh_orders_service_samples (db, mh_record_id (order), error) : NULL;
  g_autoptr (MhRecord) patient
      = all != NULL ? mh_store_get (db, &mh_patient_type,
                                    mh_record_text (order, MH_ORDER_PATIENT_ID), error)
                    : NULL;
  g_autoptr (MhRecord) hospital
      = patient != NULL ? mh_store_get (db, &mh_hospital_type,
                                        mh_record_text (order, MH_ORDER_HOSPITAL_ID), error)
                        : NULL;

  if (hospital == NULL
      || !mh_setting_text (db, mh_record_id (hospital), MH_SET_LABEL_SIZE, &size, error))
    return NULL;

  g_autoptr (GPtrArray) samples = g_ptr_array_new ();
  for (guint i = 0; i < all->len; i++)
    if (labels_service_is_listed (ids, mh_record_id (all->pdata[i])))
      g_ptr_array_add (samples, all->pdata[i]);

  return mh_label_zpl (hospital, patient, order, samples, mh_label_size_find (size));
}

static gboolean
print_job (MhStore *store, MhRecord *job, gpointer data, GError **error)
{
  g_autoptr (JsonObject) payload
      = mh_json_parse_object (mh_record_text (job, MH_JOB_PAYLOAD), -1, error);
  MhDb *db = payload != NULL ? mh_store_take_reader (store, error) : NULL;
  if (db == NULL)
    return FALSE;
  g_autofree char *zpl = labels_service_compose (db, payload, error);
  mh_store_give_reader (store, db);
  return zpl != NULL
         && (*zpl == '\0'
             || mh_labels_service_send (mh_json_text (payload, "printer"), zpl, error));
}

void
mh_labels_service_register (MhServer *server)
{
  mh_jobs_register_slow (mh_server_jobs (server), MH_JOB_LABEL_PRINT, print_job, NULL);
}
