/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast the store is: bench-store sqlite:FILE | postgresql://… (an empty database). Prints one
 * line a figure. An "order" is an order, three items, two tubes and two custody events with change
 * and audit rows, behind two reads, as placing one costs.
 */
#include <stdio.h>

#include "server/platform/store/mh-store.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/sql/mh-sql-row.h"
#include "shared/sql/mh-sql-text.h"

#define CLIENTS 32
#define SECONDS 2
#define PATIENTS 5000

static const MhWho who = { .user_name = "bench", .role = "reception", .station = "desk" };
static const char sql_patients[] = "ORDER BY r.id";

typedef struct
{
  MhStore *store;
  GPtrArray *patients;
  MhTxFunc func;
  gint64 until;
  int done; /* atomic */
} Run;

static void
check (const GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
fill_text (MhRecord *record, const char *const *skip)
{
  const MhRecordType *type = mh_record_type (record);
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      if (mh_field_is_column (field) && mh_field_is_text (field) && field->kind != MH_KIND_REF
          && field->kind != MH_KIND_JSON && (field->flags & MH_UNIQUE) == 0
          && !g_strv_contains (skip, field->name))
        mh_record_set_text (record, i, "Some Words");
      else if (mh_field_is_column (field) && field->kind == MH_KIND_BOOL)
        mh_record_set_bool (record, i, TRUE);
      else if (mh_field_is_column (field) && mh_field_is_int (field))
        mh_record_set_int (record, i, G_GINT64_CONSTANT (1795249530123000));
    }
}

static MhRecord *
new_record (const MhRecordType *type)
{
  static const char *const none[] = { NULL };
  MhRecord *record = mh_record_new (type);
  mh_record_take_text (record, MH_ID, mh_id_new ());
  fill_text (record, none);
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    if ((type->fields[i].flags & MH_UNIQUE) != 0 && mh_field_is_text (&type->fields[i]))
      mh_record_set_text (record, i, mh_record_id (record));
  return record;
}

static gboolean
insert_patient (MhTx *tx, gpointer data, GError **error)
{
  g_autoptr (MhRecord) patient = new_record (&mh_patient_type);
  return mh_tx_insert (tx, patient, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
insert_patients (MhTx *tx, gpointer data, GError **error)
{
  return mh_tx_insert_parts (tx, data, error);
}

/* The database holds an order's sums and states to each other: all nothing fits. */
static MhRecord *
new_plain (const MhRecordType *type)
{
  MhRecord *record = new_record (type);
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      if (mh_field_is_column (field) && field->kind == MH_KIND_BOOL)
        mh_record_set_bool (record, i, FALSE);
      else if (mh_field_is_column (field) && mh_field_is_int (field))
        mh_record_set_int (record, i, 0);
    }
  return record;
}

static void
add_parts (GPtrArray *parts, const MhRecordType *type, guint n, guint parent, const char *id)
{
  for (guint i = 0; i < n; i++)
    {
      MhRecord *part = new_plain (type);
      mh_record_set_text (part, parent, id);
      g_ptr_array_add (parts, part);
    }
}

static gboolean
insert_order (MhTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  MhRecord *some = run->patients->pdata[g_random_int_range (0, (int)run->patients->len)];
  g_autoptr (MhRecord) patient
      = mh_store_get (mh_tx_db (tx), &mh_patient_type, mh_record_id (some), error);
  if (patient == NULL || mh_tx_next_number (tx, "order:bench", error) < 0)
    return FALSE;
  g_autoptr (MhRecord) order = new_plain (&mh_order_type);
  mh_record_set_text (order, MH_ORDER_PATIENT_ID, mh_record_id (patient));
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_object_unref);
  add_parts (parts, &mh_order_item_type, 3, MH_ORDER_ITEM_ORDER_ID, mh_record_id (order));
  add_parts (parts, &mh_sample_type, 2, MH_SAMPLE_ORDER_ID, mh_record_id (order));
  add_parts (parts, &mh_custody_event_type, 2, MH_CUSTODY_EVENT_SAMPLE_ID, mh_record_id (order));
  return mh_tx_insert (tx, order, MH_AUDIT_CREATE, NULL, error)
         && mh_tx_insert_parts (tx, parts, error);
}

static gpointer
client_run (gpointer data)
{
  Run *run = data;
  while (g_get_monotonic_time () < run->until)
    {
      g_autoptr (GError) error = NULL;
      mh_store_write (run->store, &who, run->func, run, &error);
      check (error);
      g_atomic_int_inc (&run->done);
    }
  return NULL;
}

static void
measure (const char *name, MhStore *store, GPtrArray *patients, MhTxFunc func, guint clients)
{
  gint64 start = g_get_monotonic_time ();
  Run run = { store, patients, func, start + SECONDS * G_USEC_PER_SEC, 0 };
  GThread *threads[CLIENTS];
  for (guint i = 0; i < clients; i++)
    threads[i] = g_thread_new ("client", client_run, &run);
  for (guint i = 0; i < clients; i++)
    g_thread_join (threads[i]);
  double seconds = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  printf ("%-44s %9.0f /s\n", name, run.done / seconds);
}

static GPtrArray *
load_patients (MhStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *patients = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < PATIENTS; i++)
    g_ptr_array_add (patients, new_record (&mh_patient_type));
  gint64 start = g_get_monotonic_time ();
  mh_store_write (store, &who, insert_patients, patients, &error);
  check (error);
  printf ("%-44s %9.0f /s\n", "rows of patients, many at once",
          PATIENTS * 1e6 / (double)(g_get_monotonic_time () - start));
  return patients;
}

static void
measure_json (MhStore *store, gboolean tree)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  MhDb *db = mh_store_take_reader (store, &error);
  check (error);
  guint n = 0;
  gint64 start = g_get_monotonic_time ();
  while (g_get_monotonic_time () < start + SECONDS * G_USEC_PER_SEC)
    {
      g_autoptr (MhRows) rows
          = mh_db_query (db, mh_sql_select (&mh_patient_type, sql_patients), MH_NO_ARGS, &error);
      check (error);
      for (; mh_rows_next (rows, &error); n++)
        {
          g_string_truncate (out, 0);
          if (tree)
            {
              g_autoptr (MhRecord) record = mh_sql_row_read (rows, 0, &mh_patient_type);
              mh_record_put_json (record, 0, out);
            }
          else
            mh_sql_row_put_json (rows, 0, &mh_patient_type, 0, out);
        }
    }
  printf ("%-44s %9.0f /s  (%u columns, %zu bytes)\n",
          tree ? "patients read as records, then JSON" : "patients read as JSON",
          n * 1e6 / (double)(g_get_monotonic_time () - start), mh_sql_n_columns (&mh_patient_type),
          out->len);
  mh_store_give_reader (store, db);
}

static void
measure_get (MhStore *store, GPtrArray *patients)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  MhDb *db = mh_store_take_reader (store, &error);
  check (error);
  guint n = 0;
  gint64 start = g_get_monotonic_time ();
  while (g_get_monotonic_time () < start + SECONDS * G_USEC_PER_SEC)
    {
      const char *id = mh_record_id (patients->pdata[n++ % patients->len]);
      mh_db_begin (db, MH_TX_READ, &error);
      MhRows *rows
          = mh_db_query (db, mh_sql_find (&mh_patient_type, "id"), MH_ARGS (MH_TEXT (id)), &error);
      check (error);
      g_string_truncate (out, 0);
      if (mh_rows_next (rows, &error))
        mh_sql_row_put_json (rows, 0, &mh_patient_type, 0, out);
      mh_rows_free (rows);
      mh_db_commit (db, &error);
    }
  printf ("%-44s %9.0f /s\n", "one patient by id as JSON, in a snapshot",
          n * 1e6 / (double)(g_get_monotonic_time () - start));
  mh_store_give_reader (store, db);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 2)
    g_error ("usage: bench-store sqlite:FILE | postgresql://…");
  const MhStoreConfig config = { .url = argv[1], .readers = 2 };
  g_autoptr (MhStore) store = mh_store_open (&config, TRUE, &error);
  check (error);
  g_autoptr (GPtrArray) patients = load_patients (store);
  measure_json (store, FALSE);
  measure_json (store, TRUE);
  measure_get (store, patients);
  measure ("patients registered, one client", store, patients, insert_patient, 1);
  measure ("patients registered, 32 clients", store, patients, insert_patient, CLIENTS);
  measure ("orders placed, one client", store, patients, insert_order, 1);
  measure ("orders placed, 32 clients", store, patients, insert_order, CLIENTS);
  return 0;
}
