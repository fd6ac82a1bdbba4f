/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/patients/mh-patients-reindex.h"

#include "server/patients/mh-patients-store.h"

/* Raised with every change of mh_text_name_words() and mh_text_phonetic(). */
#define RULES 2
#define AT_ONCE 500

typedef struct
{
  char *after; /* the last patient done, NULL: none yet */
  guint n;     /* of this round */
} Round;

static gboolean
reindex_round (MhTx *tx, gpointer data, GError **error)
{
  Round *round = data;
  g_autoptr (GPtrArray) patients
      = mh_patients_store_newest (mh_tx_db (tx), NULL, round->after, AT_ONCE, error);
  if (patients == NULL)
    return FALSE;
  for (guint i = 0; i < patients->len; i++)
    if (!mh_patients_store_index_again (tx, g_ptr_array_index (patients, i), error))
      return FALSE;
  round->n = patients->len;
  return patients->len == AT_ONCE || mh_patients_store_set_index_version (tx, RULES, error);
}

/* A round that failed begins where it began: the place is moved only behind its commit. */
static gboolean
remember_place (MhStore *store, Round *round, GError **error)
{
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;
  g_autoptr (GPtrArray) patients
      = mh_patients_store_newest (db, NULL, round->after, AT_ONCE, error);
  mh_store_give_reader (store, db);
  if (patients == NULL)
    return FALSE;
  g_free (round->after);
  round->after = g_strdup (mh_record_id (g_ptr_array_index (patients, patients->len - 1)));
  return TRUE;
}

gboolean
mh_patients_reindex (MhStore *store, guint *out_patients, GError **error)
{
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;
  gint64 version = mh_patients_store_index_version (db, error);
  mh_store_give_reader (store, db);
  if (out_patients != NULL)
    *out_patients = 0;
  if (version < 0 || version >= RULES)
    return version >= 0;

  static const MhWho server = { .user_name = "server" };
  Round round = { NULL, 0 };
  gboolean ok = TRUE;
  do
    {
      ok = mh_store_write (store, &server, reindex_round, &round, error);
      if (ok && out_patients != NULL)
        *out_patients += round.n;
      if (ok && round.n == AT_ONCE)
        ok = remember_place (store, &round, error);
    }
  while (ok && round.n == AT_ONCE);
  g_free (round.after);
  return ok;
}
