/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-patients-reindex.h"

#include "server/people/patients/mh-patients-store.h"

/* Raised with every change of mh_text_name_words() and mh_text_phonetic(). */
#define RULES 2
/* Others who write wait for so many at most: some 30 ms. */
#define AT_ONCE 100
#define JOB "patients.reindex"

static gboolean
reindex_queue (MhTx *tx, const char *dedupe_key, GError **error)
{
  MhJobWanted wanted = { .kind = JOB, .dedupe_key = dedupe_key };
  return mh_jobs_enqueue (tx, &wanted, error);
}

/* Should two rows of jobs be under way after a restart, they share the work: the place is kept in
 * the database and moved with it. */
static gboolean
reindex_some (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  MhPatientsIndex index;
  if (!mh_patients_store_index_state (mh_tx_db (tx), &index, error))
    return FALSE;
  if (index.version >= RULES)
    return TRUE;

  g_autoptr (GPtrArray) patients
      = mh_patients_store_after (mh_tx_db (tx), index.place, AT_ONCE, error);
  if (patients == NULL)
    return FALSE;

  for (guint i = 0; i < patients->len; i++)
    if (!mh_patients_store_index_again (tx, g_ptr_array_index (patients, i), error))
      return FALSE;

  if (patients->len < AT_ONCE)
    return mh_patients_store_set_index_state (tx, &(MhPatientsIndex){ RULES, "" }, error);

  MhPatientsIndex next = { .version = index.version };
  g_strlcpy (next.place, mh_record_id (g_ptr_array_index (patients, AT_ONCE - 1)),
             sizeof next.place);

  return mh_patients_store_set_index_state (tx, &next, error) && reindex_queue (tx, NULL, error);
}

static gboolean
reindex_begin (MhTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) anybody = mh_patients_store_after (mh_tx_db (tx), "", 1, error);
  if (anybody == NULL)
    return FALSE;
  if (anybody->len == 0)
    return mh_patients_store_set_index_state (tx, &(MhPatientsIndex){ RULES, "" }, error);
  return reindex_queue (tx, JOB, error);
}

gboolean
mh_patients_reindex_start (MhStore *store, GError **error)
{
  static const MhWho server = { .user_name = "server" };
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;
  MhPatientsIndex index;
  gboolean known = mh_patients_store_index_state (db, &index, error);
  mh_store_give_reader (store, db);
  return known
         && (index.version >= RULES || mh_store_write (store, &server, reindex_begin, NULL, error));
}

void
mh_patients_reindex_register (MhJobs *jobs)
{
  mh_jobs_register (jobs, JOB, reindex_some, NULL);
}
