/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-patients-duplicates.h"

#include "server/people/patients/mh-patients-service.h"
#include "server/people/patients/mh-patients-store.h"
#include "server/platform/actor/mh-request.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/people/mh-duplicate.h"

#include <string.h>

#define DUPLICATES_SHOWN 8
#define CANDIDATES_READ 100

static int
compare_scores (gconstpointer a, gconstpointer b)
{
  MhRecord *const *left = a, *const *right = b;
  gint64 difference = mh_record_int (*right, MH_PATIENT_MATCH_SCORE)
                      - mh_record_int (*left, MH_PATIENT_MATCH_SCORE);
  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

/* Everybody who shares a word of one of @kinds (mh-patients-store.h); scored afterwards. */
static gboolean
patients_duplicates_gather (const MhRequest *req,
                            MhRecord *draft,
                            const char *kinds,
                            GHashTable *candidates,
                            GError **error)
{
  g_autoptr (GPtrArray) words = mh_patients_store_words (draft);
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      if (strchr (kinds, word[0]) == NULL)
        continue;
      g_autoptr (GError) inner = NULL;
      MhPatientsQuery query = { .hospital_id = mh_actor_hospital_id (req->actor),
                                .prefix = word,
                                .limit = CANDIDATES_READ };
      g_autoptr (MhPatientsRows) rows = mh_patients_store_search (req->db, &query, error);
      if (rows == NULL)
        return FALSE;
      while (mh_patients_rows_next (rows, &inner))
        {
          MhRecord *row = mh_patients_rows_record (rows);
          g_hash_table_replace (candidates, (gpointer)mh_record_id (row), row);
        }
      if (inner != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&inner));
          return FALSE;
        }
    }

  return TRUE;
}

/* The matches, best first. */
static GPtrArray *
patients_duplicates_match (const MhRequest *req, MhRecord *draft, const char *kinds, GError **error)
{
  g_autoptr (GHashTable) candidates
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer candidate;

  if (!patients_duplicates_gather (req, draft, kinds, candidates, error))
    return NULL;

  g_hash_table_iter_init (&iter, candidates);
  while (g_hash_table_iter_next (&iter, NULL, &candidate))
    {
      const char *id = mh_record_text (draft, MH_ID);
      if (id != NULL && g_str_equal (id, mh_record_id (candidate)))
        continue;
      MhRecord *match = mh_duplicate_match (draft, candidate);
      if (match != NULL)
        g_ptr_array_add (matches, match);
    }
  g_ptr_array_sort (matches, compare_scores);
  if (matches->len > DUPLICATES_SHOWN)
    g_ptr_array_set_size (matches, DUPLICATES_SHOWN);

  return g_steal_pointer (&matches);
}

GPtrArray *
mh_patients_service_duplicates (const MhRequest *req, MhRecord *draft, GError **error)
{
  return patients_duplicates_match (req, draft, "dipb", error);
}

static void
drop_harmless (GPtrArray *matches)
{
  for (guint i = matches->len; i > 0; i--)
    if (!mh_record_bool (g_ptr_array_index (matches, i - 1), MH_PATIENT_MATCH_BLOCKING))
      g_ptr_array_remove_index (matches, i - 1);
}

/* "same phone, same date of birth" */
static char *
duplicates_why (MhRecord *match)
{
  const char *const *reasons = mh_record_list (match, MH_PATIENT_MATCH_REASONS);
  GString *why = g_string_new (NULL);
  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    for (guint k = 0; mh_duplicate_reason_codes[k].code != NULL; k++)
      if (g_str_equal (mh_duplicate_reason_codes[k].code, reasons[i]))
        {
          const char *words = mh_duplicate_reason_codes[k].label;
          g_string_append_printf (why, "%s%c%s", why->len > 0 ? ", " : "",
                                  g_ascii_tolower (words[0]), words + 1);
        }
  return g_string_free (why, FALSE);
}

/* A refusal names nobody: the desk shows the matches themselves. */
static void
patients_duplicates_refuse (GPtrArray *matches, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  for (guint i = 0; i < matches->len; i++)
    {
      MhRecord *one = g_ptr_array_index (matches, i);
      MhRecord *patient = mh_record_record (one, MH_PATIENT_MATCH_PATIENT);
      g_autofree char *why = duplicates_why (one);
      mh_issues_add (issues, "duplicate_reason", MH_ISSUE_LIKELY_DUPLICATE,
                     "%s is already registered: %s.", mh_record_text (patient, MH_PATIENT_MRN),
                     why);
    }

  mh_error_set_issues (
      error, MH_ERROR_CONFLICT, issues,
      "This person seems to be registered already. Use that record, or say why it is another "
      "person (duplicate_reason).");
}

/* "other_person: 0190…, 0191…": ids, for the audit log. */
static char *
make_note (const char *reason, GPtrArray *matches)
{
  GString *note = g_string_new (reason);
  for (guint i = 0; i < matches->len; i++)
    {
      MhRecord *one = g_ptr_array_index (matches, i);
      g_string_append (note, i == 0 ? ": " : ", ");
      g_string_append (note, mh_record_id (mh_record_record (one, MH_PATIENT_MATCH_PATIENT)));
    }
  return g_string_free (note, FALSE);
}

gboolean
mh_patients_settle_duplicates (const MhRequest *req,
                               MhRecord *patient,
                               gboolean late,
                               char **out_note,
                               gboolean *out_doubtful,
                               GError **error)
{
  const char *reason = mh_record_text (patient, MH_PATIENT_DUPLICATE_REASON);

  /* No sum of weights reaches the block without the same phone or an equal number. */
  g_autoptr (GPtrArray) matches = patients_duplicates_match (req, patient, "di", error);
  if (matches == NULL)
    return FALSE;

  drop_harmless (matches);
  if (matches->len == 0)
    return TRUE;

  if (reason == NULL && !late)
    {
      patients_duplicates_refuse (matches, error);
      return FALSE;
    }

  *out_note = make_note (reason != NULL ? reason : "offline", matches);
  *out_doubtful = reason == NULL || g_str_equal (reason, MH_DUPLICATE_EMERGENCY);
  return TRUE;
}
