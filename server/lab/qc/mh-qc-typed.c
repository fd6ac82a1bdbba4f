/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a value was measured on that no analyser sent: asked, or known by bench and control. */
#include "server/lab/equipment/mh-equipment-service.h"
#include "server/lab/qc/mh-qc-service.h"
#include "shared/records/mh-equipment.h"
#include "shared/records/mh-result.h"

struct _MhQcKnown
{
  GHashTable *announced;  /* "bench CODE" and "analyte CODE" */
  GHashTable *benches;    /* code → GPtrArray of the MhEquipment that may have measured there */
  GHashTable *controlled; /* analyte → codes of the equipment that controls it */
  GHashTable *others;     /* code → MhEquipment of another bench */
};

MhQcKnown *
mh_qc_known_new (void)
{
  MhQcKnown *known = g_new0 (MhQcKnown, 1);
  known->announced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  known->benches
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  known->controlled
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
  known->others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return known;
}

void
mh_qc_known_free (MhQcKnown *known)
{
  if (known == NULL)
    return;
  g_hash_table_unref (known->announced);
  g_hash_table_unref (known->benches);
  g_hash_table_unref (known->controlled);
  g_hash_table_unref (known->others);
  g_free (known);
}

void
mh_qc_instruments_ahead (MhDb *db, const MhQcTyped *typed)
{
  MhQcKnown *known = typed->known;
  if (g_hash_table_add (known->announced, g_strconcat ("analyte ", typed->analyte, NULL)))
    mh_qc_store_controlled_ahead (db, typed->hospital_id, typed->analyte);
  if (typed->bench != NULL
      && g_hash_table_add (known->announced, g_strconcat ("bench ", typed->bench, NULL)))
    mh_equipment_service_on_bench_ahead (db, typed->hospital_id, typed->bench);
}

static const char *const *
mh_qc_known_controlled (MhDb *db, const MhQcTyped *typed, GError **error)
{
  GHashTable *controlled = typed->known->controlled;
  char **codes = g_hash_table_lookup (controlled, typed->analyte);
  if (codes == NULL)
    {
      codes = mh_qc_store_controlled (db, typed->hospital_id, typed->analyte, error);
      if (codes != NULL)
        g_hash_table_insert (controlled, g_strdup (typed->analyte), codes);
    }
  return (const char *const *)codes;
}

static GPtrArray *
mh_qc_known_bench (MhDb *db, const MhQcTyped *typed, GError **error)
{
  const char *bench = typed->bench != NULL ? typed->bench : "";
  GPtrArray *here = g_hash_table_lookup (typed->known->benches, bench);
  if (here == NULL)
    {
      here = typed->bench != NULL
                 ? mh_equipment_service_on_bench (db, typed->hospital_id, bench, error)
                 : g_ptr_array_new ();
      if (here != NULL)
        g_hash_table_insert (typed->known->benches, g_strdup (bench), here);
    }
  return here;
}

MhRecord *
mh_qc_instrument_of (MhDb *db, const MhQcTyped *typed, const char *code, GError **error)
{
  GPtrArray *here = mh_qc_known_bench (db, typed, error);
  if (here == NULL)
    return NULL;
  for (guint i = 0; i < here->len; i++)
    {
      MhRecord *equipment = g_ptr_array_index (here, i);
      if (g_strcmp0 (mh_record_text (equipment, MH_EQUIPMENT_CODE), code) == 0)
        return equipment;
    }
  MhRecord *other = g_hash_table_lookup (typed->known->others, code);
  if (other == NULL)
    {
      other = mh_equipment_service_find (db, typed->hospital_id, code, error);
      if (other != NULL)
        g_hash_table_insert (typed->known->others, g_strdup (code), other);
    }
  return other;
}

/* The codes of @equipment (MhEquipment), of those alone that are in @among; NULL: of all. */
static char **
mh_qc_typed_codes (GPtrArray *equipment, const char *const *among)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  for (guint i = 0; i < equipment->len; i++)
    {
      const char *code = mh_record_text (g_ptr_array_index (equipment, i), MH_EQUIPMENT_CODE);
      if (among == NULL || g_strv_contains (among, code))
        g_strv_builder_add (codes, code);
    }
  return g_strv_builder_end (codes);
}

char **
mh_qc_instruments_for (MhDb *db, const MhQcTyped *typed, GError **error)
{
  const char *const *controlled = mh_qc_known_controlled (db, typed, error);
  GPtrArray *here = controlled != NULL ? mh_qc_known_bench (db, typed, error) : NULL;
  if (here == NULL)
    return NULL;
  if (controlled[0] == NULL)
    {
      gboolean by_bench = typed->measured && !typed->may_be_by_hand;
      return by_bench ? mh_qc_typed_codes (here, NULL) : g_new0 (char *, 1);
    }
  g_auto (GStrv) both = mh_qc_typed_codes (here, controlled);
  return both[0] != NULL ? g_steal_pointer (&both) : g_strdupv ((char **)controlled);
}

static gboolean
mh_qc_typed_is_by_hand (const MhQcTyped *typed)
{
  return typed->may_be_by_hand && g_strcmp0 (typed->instrument, MH_INSTRUMENT_BY_HAND) == 0;
}

/* The analyser's own complaint, and that it may have been another one. */
static void
mh_qc_typed_ask_which (const MhQcTyped *typed, char **codes, const GError *locked, GError **error)
{
  const MhIssues *reasons = mh_error_get_issues (locked);
  const char *code = reasons != NULL && mh_issues_count (reasons) > 0
                         ? mh_issues_nth (reasons, 0)->code
                         : "qc_rejected";
  g_autofree char *all = g_strjoinv (", ", codes);
  g_autofree char *message = g_strdup_printf (
      "%s Nobody said which analyser measured %s (%s): choose it at the results.", locked->message,
      typed->analyte, all);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_issues_add (issues, typed->analyte, code, "%s", message);
  mh_error_set_issues (error, MH_ERROR_CONFLICT, issues, message);
}

gboolean
mh_qc_may_release_typed (MhDb *db, const MhQcTyped *typed, gint64 now, GError **error)
{
  gboolean said = typed->instrument != NULL && typed->instrument[0] != 0
                  && g_strcmp0 (typed->instrument, MH_INSTRUMENT_BY_HAND) != 0;
  if (said)
    return mh_qc_may_release (db, typed->hospital_id, typed->analyte, typed->instrument, now,
                              error);
  if (mh_qc_typed_is_by_hand (typed))
    return TRUE;

  g_auto (GStrv) codes = mh_qc_instruments_for (db, typed, error);
  if (codes == NULL)
    return FALSE;
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autoptr (GError) locked = NULL;
      if (mh_qc_may_release (db, typed->hospital_id, typed->analyte, codes[i], now, &locked))
        continue;
      if (codes[1] == NULL || !g_error_matches (locked, MH_ERROR, MH_ERROR_CONFLICT))
        g_propagate_error (error, g_steal_pointer (&locked));
      else
        mh_qc_typed_ask_which (typed, codes, locked, error);
      return FALSE;
    }
  return TRUE;
}
