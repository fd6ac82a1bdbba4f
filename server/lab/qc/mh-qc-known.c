/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of analysers, benches, controls and locks while one request is answered. */
#include "server/lab/equipment/mh-equipment-service.h"
#include "server/lab/qc/mh-qc-private.h"
#include "shared/records/lab/mh-equipment.h"
#include "shared/records/lab/mh-qc.h"

struct _MhQcKnown
{
  GPtrArray *questions;   /* GPtrArray of the analytes that are asked for together */
  GHashTable *wanted;     /* analyte → its question */
  GHashTable *controlled; /* analyte → codes of the equipment that controls it */
  GHashTable *announced;  /* codes of benches */
  GHashTable *benches;    /* code → GPtrArray of the MhEquipment that may have measured there */
  GHashTable *equipment;  /* code → MhEquipment, NULL: nobody registered it */
  GHashTable *blocks;     /* code → why nothing of it may be released, or NULL */
  GHashTable *locks;      /* code → GPtrArray of the MhQcLock that are not released */
};

static void
mh_qc_known_unref_any (gpointer record)
{
  if (record != NULL)
    g_object_unref (record);
}

static GHashTable *
mh_qc_known_by_text (GDestroyNotify free)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free);
}

MhQcKnown *
mh_qc_known_new (void)
{
  MhQcKnown *known = g_new0 (MhQcKnown, 1);
  known->questions = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  known->wanted = g_hash_table_new (g_str_hash, g_str_equal);
  known->controlled = mh_qc_known_by_text ((GDestroyNotify)g_strfreev);
  known->announced = mh_qc_known_by_text (NULL);
  known->benches = mh_qc_known_by_text ((GDestroyNotify)g_ptr_array_unref);
  known->equipment = mh_qc_known_by_text (mh_qc_known_unref_any);
  known->blocks = mh_qc_known_by_text (NULL);
  known->locks = mh_qc_known_by_text ((GDestroyNotify)g_ptr_array_unref);
  return known;
}

void
mh_qc_known_free (MhQcKnown *known)
{
  if (known == NULL)
    return;
  GHashTable *tables[] = { known->wanted,    known->controlled, known->announced, known->benches,
                           known->equipment, known->blocks,     known->locks };
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_hash_table_unref (tables[i]);
  g_ptr_array_unref (known->questions);
  g_free (known);
}

/* --- what controls an analyte --- */

/* Into the last question of those from @first on, as long as it has room. */
static void
mh_qc_known_want (MhQcKnown *known, const char *analyte, guint first)
{
  GPtrArray *questions = known->questions;
  GPtrArray *last
      = questions->len > first ? g_ptr_array_index (questions, questions->len - 1) : NULL;
  if (g_hash_table_contains (known->wanted, analyte))
    return;

  if (last == NULL || last->len == MH_QC_AT_ONCE)
    {
      last = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (questions, last);
    }

  char *own = g_strdup (analyte);
  g_ptr_array_add (last, own);
  g_hash_table_insert (known->wanted, own, last);
}

void
mh_qc_instruments_prefetch (MhDb *db, const MhQcTyped *typed, guint n)
{
  MhQcKnown *known = n > 0 ? typed[0].known : NULL;
  guint first = known != NULL ? known->questions->len : 0;
  for (guint i = 0; i < n; i++)
    {
      mh_qc_known_want (known, typed[i].analyte, first);
      if (typed[i].bench != NULL && g_hash_table_add (known->announced, g_strdup (typed[i].bench)))
        mh_equipment_service_on_bench_prefetch (db, typed[i].hospital_id, typed[i].bench);
    }
  for (guint i = first; known != NULL && i < known->questions->len; i++)
    mh_qc_store_controlled_prefetch (db, typed[0].hospital_id,
                                     g_ptr_array_index (known->questions, i));
}

const char *const *
mh_qc_known_controlled (MhDb *db, const MhQcTyped *typed, GError **error)
{
  MhQcKnown *known = typed->known;
  char **codes[MH_QC_AT_ONCE];
  const char *const *kept = g_hash_table_lookup (known->controlled, typed->analyte);
  if (kept != NULL)
    return kept;

  mh_qc_known_want (known, typed->analyte, known->questions->len);
  GPtrArray *question = g_hash_table_lookup (known->wanted, typed->analyte);
  if (!mh_qc_store_controlled (db, typed->hospital_id, question, codes, error))
    return NULL;

  for (guint i = 0; i < question->len; i++)
    g_hash_table_insert (known->controlled, g_strdup (g_ptr_array_index (question, i)), codes[i]);
  return g_hash_table_lookup (known->controlled, typed->analyte);
}

/* --- analysers --- */

GPtrArray *
mh_qc_known_bench (MhDb *db, const MhQcTyped *typed, GError **error)
{
  MhQcKnown *known = typed->known;
  const char *bench = typed->bench != NULL ? typed->bench : "";
  GPtrArray *here = g_hash_table_lookup (known->benches, bench);
  if (here != NULL)
    return here;

  here = typed->bench != NULL ? mh_equipment_service_on_bench (db, typed->hospital_id, bench, error)
                              : g_ptr_array_new ();
  if (here == NULL)
    return NULL;

  g_hash_table_insert (known->benches, g_strdup (bench), here);
  for (guint i = 0; i < here->len; i++)
    {
      MhRecord *equipment = g_ptr_array_index (here, i);
      const char *code = mh_record_text (equipment, MH_EQUIPMENT_CODE);
      if (!g_hash_table_contains (known->equipment, code))
        g_hash_table_insert (known->equipment, g_strdup (code), g_object_ref (equipment));
    }

  return here;
}

gboolean
mh_qc_known_equipment (MhDb *db,
                       MhQcKnown *known,
                       const MhQcSubject *subject,
                       MhRecord **out_equipment,
                       GError **error)
{
  gpointer kept = NULL;
  if (!g_hash_table_lookup_extended (known->equipment, subject->equipment, NULL, &kept))
    {
      GError *failure = NULL;
      kept = mh_equipment_service_find (db, subject->hospital_id, subject->equipment, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      g_hash_table_insert (known->equipment, g_strdup (subject->equipment), kept);
    }

  *out_equipment = kept;
  return TRUE;
}

gboolean
mh_qc_known_block (MhDb *db,
                   MhQcKnown *known,
                   const MhQcSubject *subject,
                   gint64 now,
                   const char **out_block,
                   GError **error)
{
  MhRecord *equipment = NULL;
  const char *block = NULL;
  gpointer kept = NULL;

  if (g_hash_table_lookup_extended (known->blocks, subject->equipment, NULL, &kept))
    {
      *out_block = kept;
      return TRUE;
    }

  if (!mh_qc_known_equipment (db, known, subject, &equipment, error)
      || (equipment != NULL && !mh_equipment_service_blocked (db, equipment, now, &block, error)))
    return FALSE;

  g_hash_table_insert (known->blocks, g_strdup (subject->equipment), (gpointer)block);
  *out_block = block;
  return TRUE;
}

gboolean
mh_qc_known_lock (MhDb *db,
                  MhQcKnown *known,
                  const MhQcSubject *subject,
                  MhRecord **out_lock,
                  GError **error)
{
  GPtrArray *locks = g_hash_table_lookup (known->locks, subject->equipment);
  if (locks == NULL)
    {
      locks = mh_qc_store_locked (db, subject->hospital_id, subject->equipment, error);
      if (locks == NULL)
        return FALSE;
      g_hash_table_insert (known->locks, g_strdup (subject->equipment), locks);
    }

  *out_lock = NULL;
  for (guint i = 0; i < locks->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (locks, i), MH_QC_LOCK_ANALYTE),
                   subject->analyte)
        == 0)
      *out_lock = g_ptr_array_index (locks, i);

  return TRUE;
}
