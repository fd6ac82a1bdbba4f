/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a value was measured on that no analyser sent: asked, or known by bench and control. */
#include "server/lab/qc/mh-qc-private.h"
#include "shared/records/lab/mh-equipment.h"
#include "shared/records/lab/mh-result.h"

MhRecord *
mh_qc_instrument_of (MhDb *db, const MhQcTyped *typed, const char *code, GError **error)
{
  const MhQcSubject subject = { typed->hospital_id, code, typed->analyte };
  MhRecord *equipment = NULL;
  if (mh_qc_known_bench (db, typed, error) == NULL
      || !mh_qc_known_equipment (db, typed->known, &subject, &equipment, error))
    return NULL;
  return equipment;
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

static gboolean
mh_qc_typed_may (MhDb *db, const MhQcTyped *typed, const char *code, gint64 now, GError **error)
{
  const MhQcSubject subject = { typed->hospital_id, code, typed->analyte };
  return mh_qc_may_release (db, typed->known, &subject, now, error);
}

gboolean
mh_qc_may_release_typed (MhDb *db, const MhQcTyped *typed, gint64 now, GError **error)
{
  gboolean said = typed->instrument != NULL && typed->instrument[0] != 0
                  && g_strcmp0 (typed->instrument, MH_INSTRUMENT_BY_HAND) != 0;
  if (said)
    return mh_qc_typed_may (db, typed, typed->instrument, now, error);
  if (mh_qc_typed_is_by_hand (typed))
    return TRUE;

  g_auto (GStrv) codes = mh_qc_instruments_for (db, typed, error);
  if (codes == NULL)
    return FALSE;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autoptr (GError) locked = NULL;
      if (mh_qc_typed_may (db, typed, codes[i], now, &locked))
        continue;
      if (codes[1] == NULL || !g_error_matches (locked, MH_ERROR, MH_ERROR_CONFLICT))
        g_propagate_error (error, g_steal_pointer (&locked));
      else
        mh_qc_typed_ask_which (typed, codes, locked, error);
      return FALSE;
    }

  return TRUE;
}
