/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-demo-private.h"

#include "server/people/admin/mh-users-store.h"
#include "server/platform/store/mh-store-ids.h"
#include "shared/records/people/mh-hospital.h"

/* Records of a batch are in memory together. */
#define PATIENTS_AT_ONCE 2000
#define ORDERS_AT_ONCE 400

static void
patient_clear (gpointer data)
{
  g_free (((MhDemoPatient *)data)->name);
  g_free (((MhDemoPatient *)data)->listed);
}

static void
demo_clear (MhDemo *demo)
{
  g_clear_pointer (&demo->rand, g_rand_free);
  g_clear_pointer (&demo->names, mh_demo_names_free);
  g_clear_object (&demo->hospital);
  for (guint i = 0; i < MH_DEMO_N_STAFF; i++)
    g_clear_object (&demo->staff[i]);
  g_clear_pointer (&demo->patients, g_array_unref);
  g_clear_pointer (&demo->accession, g_hash_table_unref);
  g_clear_pointer (&demo->receipts, g_hash_table_unref);
  g_clear_pointer (&demo->invoices, g_hash_table_unref);
  g_clear_pointer (&demo->critical, g_ptr_array_unref);
  g_clear_pointer (&demo->papers, g_ptr_array_unref);
  g_clear_pointer (&demo->papers_rand, g_rand_free);
  g_clear_pointer (&demo->view, mh_catalogue_view_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhDemo, demo_clear)

/* --- counters --- */

static gboolean
set_series (MhTx *tx, MhDemo *demo, const char *code, gint64 last, GError **error)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *series = mh_demo_record (demo, &mh_series_type, demo->now);
  mh_record_set_text (series, MH_SERIES_CODE, code);
  mh_record_set_text (series, MH_SERIES_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_int (series, MH_SERIES_NEXT_VALUE, last + 1);
  g_ptr_array_add (row, series);
  return mh_tx_insert_parts (tx, row, error);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static gboolean
set_all (MhTx *tx, MhDemo *demo, GHashTable *counters, const char *prefix, GError **error)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (counters), compare_keys);
  for (GList *key = keys; key != NULL; key = key->next)
    {
      g_autofree char *code = g_strconcat (prefix, key->data, NULL);
      if (!set_series (tx, demo, code, *(gint64 *)g_hash_table_lookup (counters, key->data), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mh_demo_series (MhTx *tx, MhDemo *demo, GError **error)
{
  const char *code = mh_record_text (demo->hospital, MH_HOSPITAL_CODE);
  g_autofree char *mrn = g_strconcat ("mrn:", code, NULL);
  g_autofree char *order = g_strconcat ("order:", code, NULL);
  g_autofree char *visit = g_strconcat ("visit:", code, NULL);
  g_autofree char *prescription = g_strconcat ("prescription:", code, NULL);
  g_autofree char *receipt = g_strconcat ("receipt:", code, ":", NULL);

  return set_series (tx, demo, mrn, demo->plan->patients, error)
         && set_series (tx, demo, order, demo->plan->orders, error)
         && set_series (tx, demo, visit, demo->visits, error)
         && set_series (tx, demo, prescription, demo->prescriptions, error)
         && set_all (tx, demo, demo->accession, "accession:", error)
         && set_all (tx, demo, demo->receipts, receipt, error)
         && set_all (tx, demo, demo->invoices, "", error);
}

/* --- steps in the write queue --- */

static gboolean
tx_house (MhTx *tx, gpointer data, GError **error)
{
  return mh_demo_house (tx, data, error);
}

static gboolean
tx_controls (MhTx *tx, gpointer data, GError **error)
{
  return mh_demo_controls (tx, data, error) && mh_demo_analysers (tx, data, error)
         && mh_demo_charts (tx, data, error) && mh_demo_documents (tx, data, error)
         && mh_demo_appointments (tx, data, error);
}

static gboolean
tx_rescue (MhTx *tx, gpointer data, GError **error)
{
  return mh_demo_sites (tx, data, error);
}

static gboolean
tx_series (MhTx *tx, gpointer data, GError **error)
{
  return mh_demo_visits_write (tx, data, error) && mh_demo_medicines_write (tx, data, error)
         && mh_demo_series (tx, data, error) && mh_demo_critical_write (tx, data, error)
         && mh_demo_bench_write (tx, data, error) && mh_demo_papers_write (tx, data, error)
         && mh_demo_families_write (tx, data, error);
}

/* The write queue writes one batch while the next is made: two processors are busy. */
typedef struct
{
  MhDemoBatch *batch; /* in the queue; NULL: none */
  GMutex lock;
  GCond answered;
  gboolean done;
  GError *error;
} Pipe;

static gboolean
tx_batch (MhTx *tx, gpointer data, GError **error)
{
  return mh_demo_batch_write (tx, ((Pipe *)data)->batch, error);
}

static void
demo_batch_done (gpointer data, const GError *error)
{
  Pipe *pipe = data;
  g_mutex_lock (&pipe->lock);
  pipe->done = TRUE;
  pipe->error = error != NULL ? g_error_copy (error) : NULL;
  g_cond_signal (&pipe->answered);
  g_mutex_unlock (&pipe->lock);
}

static gboolean
pipe_wait (Pipe *pipe, GError **error)
{
  if (pipe->batch == NULL)
    return TRUE;
  g_mutex_lock (&pipe->lock);
  while (!pipe->done)
    g_cond_wait (&pipe->answered, &pipe->lock);
  g_mutex_unlock (&pipe->lock);
  g_clear_pointer (&pipe->batch, mh_demo_batch_free);
  if (pipe->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&pipe->error));
  return FALSE;
}

/* Takes @batch; waits for the one before. */
static gboolean
pipe_put (Pipe *pipe, MhStore *store, MhDemoBatch *batch, GError **error)
{
  static const MhWho server = { .user_name = "mahimactl" };
  if (!pipe_wait (pipe, error))
    {
      mh_demo_batch_free (batch);
      return FALSE;
    }

  pipe->batch = batch;
  pipe->done = FALSE;
  if (mh_store_submit (store, &server, (MhTxWork){ NULL, tx_batch, demo_batch_done, pipe }, error))
    return TRUE;

  g_clear_pointer (&pipe->batch, mh_demo_batch_free);
  return FALSE;
}

static gboolean
demo_put_all (MhStore *store, MhDemo *demo, Pipe *pipe, gboolean orders, GError **error)
{
  const MhDemoPlan *plan = demo->plan;
  guint of = orders ? plan->orders : plan->patients;
  demo->next = 0;
  while (demo->next < of)
    {
      guint n = MIN (orders ? ORDERS_AT_ONCE : PATIENTS_AT_ONCE, of - demo->next);
      MhDemoBatch *batch
          = orders ? mh_demo_make_orders (demo, n, error) : mh_demo_make_patients (demo, n);
      if (batch == NULL || !pipe_put (pipe, store, batch, error))
        return FALSE;
      if (plan->progress != NULL)
        plan->progress (orders ? "orders" : "patients", demo->next, of, plan->progress_data);
    }
  return TRUE;
}

static gboolean
in_batches (MhStore *store, MhDemo *demo, gboolean orders, GError **error)
{
  Pipe pipe = { 0 };
  g_mutex_init (&pipe.lock);
  g_cond_init (&pipe.answered);
  gboolean put = demo_put_all (store, demo, &pipe, orders, error);
  gboolean written = pipe_wait (&pipe, put ? error : NULL);
  g_cond_clear (&pipe.answered);
  g_mutex_clear (&pipe.lock);
  return put && written;
}

static gboolean
refuse_full (MhStore *store, GError **error)
{
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;

  g_autoptr (GPtrArray) users = mh_users_store_page (db, NULL, NULL, 1, error);
  mh_store_give_reader (store, db);
  if (users == NULL)
    return FALSE;
  if (users->len == 0)
    return TRUE;

  mh_error_set (error, MH_ERROR_CONFLICT,
                "The database is not empty. Demonstration data goes into a new one only.");
  return FALSE;
}

static gboolean
open_view (MhStore *store, MhCatalogue *catalogue, MhDemo *demo, GError **error)
{
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;
  demo->view = mh_catalogue_view (catalogue, db, error);
  mh_store_give_reader (store, db);
  return demo->view != NULL;
}

/* What goes on in the rescue service goes on when somebody waits in the house, by the store's own
 * clock: it is told to the services. */
static gboolean
demo_rescue (MhStore *store, MhDemo *demo, const MhWho *server, GError **error)
{
  MhClock *clock = mh_store_clock (store);
  if (demo->plan->waiting_at != 0)
    mh_clock_set (clock, demo->plan->waiting_at);
  gboolean good = mh_store_write (store, server, tx_rescue, demo, error);
  if (demo->plan->waiting_at != 0)
    mh_clock_set (clock, demo->now);
  return good;
}

static gboolean
demo_fill (MhStore *store, MhDemo *demo, GError **error)
{
  static const MhWho server = { .user_name = "mahimactl" };
  MhCatalogue *catalogue = mh_catalogue_new (store);
  gboolean done
      = mh_store_write (store, &server, tx_house, demo, error)
        && in_batches (store, demo, FALSE, error) && open_view (store, catalogue, demo, error)
        && (demo->plan->patients == 0 || in_batches (store, demo, TRUE, error))
        && mh_store_write (store, &server, tx_series, demo, error)
        && mh_store_write (store, &server, tx_controls, demo, error)
        && demo_rescue (store, demo, &server, error)
        && mh_demo_gather (store, catalogue, &server, error) && mh_store_analyse (store, error);
  mh_catalogue_free (catalogue);
  return done;
}

gboolean
mh_demo_fill (MhStore *store, const MhDemoPlan *plan, GError **error)
{
  g_auto (MhDemo) demo = { .plan = plan };
  if (!refuse_full (store, error))
    return FALSE;

  demo.names = mh_demo_names_load (error);
  if (demo.names == NULL)
    return FALSE;

  demo.rand = g_rand_new_with_seed (plan->seed);
  demo.now = mh_clock_now (mh_store_clock (store));
  demo.patients = g_array_new (FALSE, TRUE, sizeof (MhDemoPatient));
  g_array_set_clear_func (demo.patients, patient_clear);
  demo.accession = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  demo.receipts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  demo.invoices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  mh_store_seed_ids (store, plan->seed);

  gboolean filled = demo_fill (store, &demo, error);
  mh_store_unseed_ids (store);
  return filled;
}
