/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/results/mh-results-isolates.h"

#include "server/lab/results/mh-results-store.h"
#include "server/lab/results/mh-results-value.h"
#include "server/lab/results/mh-results-write.h"
#include "shared/base/mh-sha256.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-isolate.h"
#include "shared/records/lab/mh-microbe.h"
#include "shared/records/lab/mh-result.h"
#include "shared/rules/lab/mh-breakpoint.h"

#define ORGANISMS "ORGANISMS"

gboolean
mh_results_isolates_are_wanted (const MhResultsRow *row)
{
  return g_strcmp0 (mh_record_text (row->analyte, MH_ANALYTE_VALUE_SET), ORGANISMS) == 0;
}

/* --- loading --- */

static int
results_isolates_by_number (gconstpointer a, gconstpointer b, gpointer field)
{
  gint64 left = mh_record_int (*(MhRecord *const *)a, GPOINTER_TO_UINT (field));
  gint64 right = mh_record_int (*(MhRecord *const *)b, GPOINTER_TO_UINT (field));
  return (left > right) - (left < right);
}

static void
give_to_owner (GPtrArray *parts, guint owner_field, GPtrArray *owners, guint field)
{
  for (guint i = 0; i < parts->len; i++)
    for (guint k = 0; k < owners->len; k++)
      if (g_strcmp0 (mh_record_text (g_ptr_array_index (parts, i), owner_field),
                     mh_record_id (g_ptr_array_index (owners, k)))
          == 0)
        mh_record_append (g_ptr_array_index (owners, k), field, g_ptr_array_index (parts, i));
}

gboolean
mh_results_isolates_load (MhDb *db, const char *order_id, GPtrArray *results, GError **error)
{
  gboolean any = FALSE;
  for (guint i = 0; i < results->len; i++)
    any = any || mh_record_has (g_ptr_array_index (results, i), MH_RESULT_PARTS_HASH);
  if (!any)
    return TRUE;

  g_autoptr (GPtrArray) isolates
      = mh_store_all (db, &mh_result_isolate_type, "order_id", order_id, error);
  g_autoptr (GPtrArray) tested
      = isolates != NULL
            ? mh_store_all (db, &mh_result_susceptibility_type, "order_id", order_id, error)
            : NULL;

  if (tested == NULL)
    return FALSE;

  g_ptr_array_sort_with_data (isolates, results_isolates_by_number,
                              GUINT_TO_POINTER (MH_RESULT_ISOLATE_NUMBER));
  g_ptr_array_sort_with_data (tested, results_isolates_by_number,
                              GUINT_TO_POINTER (MH_RESULT_SUSCEPTIBILITY_SORT_ORDER));
  give_to_owner (tested, MH_RESULT_SUSCEPTIBILITY_ISOLATE_ID, isolates,
                 MH_RESULT_ISOLATE_SUSCEPTIBILITIES);
  give_to_owner (isolates, MH_RESULT_ISOLATE_RESULT_ID, results, MH_RESULT_ISOLATES);

  return TRUE;
}

/* --- what was sent --- */

typedef struct
{
  MhResultsPlan *plan;
  MhResultsRow *row;
  const char *field;
  MhIssues *issues;
  guint isolate;
} Reading;

static void
results_isolates_complain (Reading *reading,
                           int tested,
                           const char *part,
                           const char *code,
                           const char *words)
{
  g_autofree char *field
      = tested < 0 ? g_strdup_printf ("%s[%u].%s", reading->field, reading->isolate, part)
                   : g_strdup_printf ("%s[%u].susceptibilities[%d].%s", reading->field,
                                      reading->isolate, tested, part);
  mh_issues_add (reading->issues, field, code, "%s", words);
}

/* By code, or by name in any case. */
static MhRecord *
find_by_words (GPtrArray *all, guint code, guint name, const char *typed)
{
  g_autofree char *wanted = typed != NULL ? g_utf8_casefold (typed, -1) : NULL;
  for (guint i = 0; wanted != NULL && i < all->len; i++)
    {
      MhRecord *record = g_ptr_array_index (all, i);
      g_autofree char *own_code = g_utf8_casefold (mh_record_text (record, code), -1);
      g_autofree char *own_name = g_utf8_casefold (mh_record_text (record, name), -1);
      if (g_str_equal (own_code, wanted) || g_str_equal (own_name, wanted))
        return record;
    }
  return NULL;
}

static MhRecord *
organism_of (MhResultsPlan *plan, const char *typed)
{
  return find_by_words (mh_catalogue_all (plan->view, &mh_organism_type), MH_ORGANISM_CODE,
                        MH_ORGANISM_NAME, typed);
}

static void
interpret (Reading *reading, MhRecord *organism, MhRecord *tested, MhRecord *sent)
{
  const char *measured = mh_record_text (tested, MH_RESULT_SUSCEPTIBILITY_MEASURED);
  const char *said = mh_record_text (sent, MH_RESULT_SUSCEPTIBILITY_INTERPRETATION);
  MhRecord *point
      = mh_breakpoint_find (mh_catalogue_all (reading->plan->view, &mh_breakpoint_type),
                            mh_record_text (organism, MH_ORGANISM_CODE),
                            mh_record_text (organism, MH_ORGANISM_ORGANISM_GROUP),
                            mh_record_text (tested, MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC),
                            mh_record_text (tested, MH_RESULT_SUSCEPTIBILITY_METHOD));
  const char *found = point != NULL ? mh_breakpoint_interpret (point, measured) : NULL;

  if (point != NULL && measured != NULL)
    mh_record_take_text (tested, MH_RESULT_SUSCEPTIBILITY_BREAKPOINT, mh_breakpoint_text (point));
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_INTERPRETATION, said != NULL ? said : found);
  mh_record_set_bool (tested, MH_RESULT_SUSCEPTIBILITY_BY_RULE,
                      found != NULL && (said == NULL || g_str_equal (said, found)));
}

static MhRecord *
read_tested (Reading *reading, MhRecord *organism, MhRecord *sent, guint index)
{
  GPtrArray *all = mh_catalogue_all (reading->plan->view, &mh_antibiotic_type);
  MhRecord *antibiotic = find_by_words (all, MH_ANTIBIOTIC_CODE, MH_ANTIBIOTIC_NAME,
                                        mh_record_text (sent, MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC));
  const char *method = mh_record_text (sent, MH_RESULT_SUSCEPTIBILITY_METHOD);
  const char *measured = mh_record_has (sent, MH_RESULT_SUSCEPTIBILITY_MEASURED)
                             ? mh_record_text (sent, MH_RESULT_SUSCEPTIBILITY_MEASURED)
                             : NULL;

  if (antibiotic == NULL)
    results_isolates_complain (reading, (int)index, "antibiotic", "unknown_code",
                               "No such antibiotic is known.");
  if (measured != NULL && method == NULL)
    results_isolates_complain (reading, (int)index, "method", "required",
                               "Say whether it is a zone or a MIC.");
  else if (measured != NULL && !mh_breakpoint_is_measured (method, measured))
    results_isolates_complain (reading, (int)index, "measured", "format",
                               "Write a number, such as 22 for a zone or <=0.25 for a MIC.");

  if (antibiotic == NULL)
    return NULL;

  MhRecord *tested = mh_record_new (&mh_result_susceptibility_type);
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_ORDER_ID,
                      mh_record_id (reading->plan->order));
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC,
                      mh_record_text (antibiotic, MH_ANTIBIOTIC_CODE));
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_NAME,
                      mh_record_text (antibiotic, MH_ANTIBIOTIC_NAME));
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_METHOD, method);
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_MEASURED, measured);
  mh_record_set_bool (tested, MH_RESULT_SUSCEPTIBILITY_HIDDEN,
                      mh_record_bool (sent, MH_RESULT_SUSCEPTIBILITY_HIDDEN));
  mh_record_set_int (tested, MH_RESULT_SUSCEPTIBILITY_SORT_ORDER, index);
  interpret (reading, organism, tested, sent);

  return tested;
}

static MhRecord *
isolate_new (MhResultsPlan *plan, MhRecord *organism, guint number)
{
  MhRecord *isolate = mh_record_new (&mh_result_isolate_type);
  mh_record_set_text (isolate, MH_RESULT_ISOLATE_ORDER_ID, mh_record_id (plan->order));
  mh_record_set_text (isolate, MH_RESULT_ISOLATE_PATIENT_ID, mh_record_id (plan->patient));
  mh_record_set_int (isolate, MH_RESULT_ISOLATE_NUMBER, number);
  mh_record_set_text (isolate, MH_RESULT_ISOLATE_ORGANISM,
                      mh_record_text (organism, MH_ORGANISM_CODE));
  mh_record_set_text (isolate, MH_RESULT_ISOLATE_NAME, mh_record_text (organism, MH_ORGANISM_NAME));
  return isolate;
}

static void
read_antibiogram (Reading *reading, MhRecord *organism, MhRecord *sent, MhRecord *isolate)
{
  GPtrArray *list = mh_record_records (sent, MH_RESULT_ISOLATE_SUSCEPTIBILITIES);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      g_autoptr (MhRecord) tested = read_tested (reading, organism, g_ptr_array_index (list, i), i);
      if (tested == NULL)
        continue;
      mh_record_append (isolate, MH_RESULT_ISOLATE_SUSCEPTIBILITIES, tested);
      if (!g_hash_table_add (
              seen, (gpointer)mh_record_text (tested, MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC)))
        results_isolates_complain (reading, (int)i, "antibiotic", "duplicate",
                                   "This antibiotic stands here twice.");
    }
}

/* All that a person would see: the same again is no change. */
static char *
results_isolates_hash_of (GPtrArray *isolates)
{
  g_autoptr (GString) text = g_string_new (NULL);
  static const guint fields[]
      = { MH_RESULT_ISOLATE_ORGANISM, MH_RESULT_ISOLATE_QUANTITY, MH_RESULT_ISOLATE_COMMENT };
  static const guint tested_fields[]
      = { MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC, MH_RESULT_SUSCEPTIBILITY_METHOD,
          MH_RESULT_SUSCEPTIBILITY_MEASURED, MH_RESULT_SUSCEPTIBILITY_INTERPRETATION,
          MH_RESULT_SUSCEPTIBILITY_BREAKPOINT };

  for (guint i = 0; i < isolates->len; i++)
    {
      MhRecord *isolate = g_ptr_array_index (isolates, i);
      GPtrArray *list = mh_record_records (isolate, MH_RESULT_ISOLATE_SUSCEPTIBILITIES);
      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        g_string_append_printf (
            text, "%s\x1f",
            mh_record_has (isolate, fields[k]) ? mh_record_text (isolate, fields[k]) : "");
      for (guint k = 0; list != NULL && k < list->len; k++)
        {
          MhRecord *tested = g_ptr_array_index (list, k);
          for (guint f = 0; f < G_N_ELEMENTS (tested_fields); f++)
            g_string_append_printf (text, "%s\x1f",
                                    mh_record_has (tested, tested_fields[f])
                                        ? mh_record_text (tested, tested_fields[f])
                                        : "");
          g_string_append_printf (text, "%d\x1e",
                                  mh_record_bool (tested, MH_RESULT_SUSCEPTIBILITY_HIDDEN));
        }
      g_string_append_c (text, '\x1d');
    }

  return mh_sha256_of (text->str, text->len);
}

/* Takes @isolates. */
static void
set_isolates (MhResultsPlan *plan, MhResultsRow *row, GPtrArray *isolates)
{
  g_autofree char *hash = isolates->len > 0 ? results_isolates_hash_of (isolates) : NULL;
  const char *stands
      = row->after != NULL ? mh_record_text (row->after, MH_RESULT_PARTS_HASH) : NULL;

  if (g_strcmp0 (hash, stands) == 0)
    {
      g_ptr_array_unref (isolates);
      return;
    }

  MhRecord *after = mh_results_write_begin (plan, row);
  mh_record_set_text (after, MH_RESULT_PARTS_HASH, hash);
  mh_record_take_records (after, MH_RESULT_ISOLATES, isolates);
  row->regrown = TRUE;
}

gboolean
mh_results_isolates_take (MhResultsPlan *plan,
                          MhResultsRow *row,
                          GPtrArray *isolates,
                          const char *field,
                          MhIssues *issues,
                          char **out_value)
{
  Reading reading = { plan, row, field, issues, 0 };
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_object_unref);
  guint before = mh_issues_count (issues);

  if (!mh_results_isolates_are_wanted (row))
    {
      mh_issues_add (issues, field, "mismatch", "%s is not a culture; it has no isolates.",
                     mh_record_text (row->analyte, MH_ANALYTE_NAME));
      return FALSE;
    }

  for (; isolates != NULL && reading.isolate < isolates->len; reading.isolate++)
    {
      MhRecord *sent = g_ptr_array_index (isolates, reading.isolate);
      MhRecord *organism = organism_of (plan, mh_record_text (sent, MH_RESULT_ISOLATE_ORGANISM));
      if (organism == NULL)
        {
          results_isolates_complain (&reading, -1, "organism", "unknown_code",
                                     "No such organism is known.");
          continue;
        }
      MhRecord *isolate = isolate_new (plan, organism, reading.isolate + 1);
      g_ptr_array_add (read, isolate);
      mh_record_set_text (isolate, MH_RESULT_ISOLATE_QUANTITY,
                          mh_record_text (sent, MH_RESULT_ISOLATE_QUANTITY));
      mh_record_set_text (isolate, MH_RESULT_ISOLATE_COMMENT,
                          mh_record_text (sent, MH_RESULT_ISOLATE_COMMENT));
      read_antibiogram (&reading, organism, sent, isolate);
    }

  if (mh_issues_count (issues) > before)
    return FALSE;

  *out_value
      = read->len > 0
            ? g_strdup (mh_record_text (g_ptr_array_index (read, 0), MH_RESULT_ISOLATE_ORGANISM))
            : NULL;
  set_isolates (plan, row, g_steal_pointer (&read));

  return TRUE;
}

void
mh_results_isolates_follow (MhResultsPlan *plan, MhResultsRow *row, const char *value)
{
  GPtrArray *stands
      = row->after != NULL ? mh_record_records (row->after, MH_RESULT_ISOLATES) : NULL;
  if (!mh_results_isolates_are_wanted (row)
      || (stands != NULL && stands->len > 0
          && g_strcmp0 (mh_record_text (g_ptr_array_index (stands, 0), MH_RESULT_ISOLATE_ORGANISM),
                        value)
                 == 0))
    return;

  g_autoptr (GPtrArray) isolates = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *organism = value != NULL ? organism_of (plan, value) : NULL;
  if (organism != NULL
      && g_strcmp0 (mh_record_text (organism, MH_ORGANISM_ORGANISM_GROUP), "none") != 0)
    g_ptr_array_add (isolates, isolate_new (plan, organism, 1));

  set_isolates (plan, row, g_steal_pointer (&isolates));
}

char *
mh_results_isolates_words (const MhResultsRow *row)
{
  GPtrArray *isolates
      = row->after != NULL ? mh_record_records (row->after, MH_RESULT_ISOLATES) : NULL;
  if (isolates == NULL || isolates->len < 2)
    return NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < isolates->len; i++)
    g_string_append_printf (
        words, "%s%s", i > 0 ? "; " : "",
        mh_record_text (g_ptr_array_index (isolates, i), MH_RESULT_ISOLATE_NAME));
  return g_utf8_substring (words->str, 0, MIN (g_utf8_strlen (words->str, -1), 400));
}

/* --- writing --- */

static gboolean
write_antibiograms (MhTx *tx, GPtrArray *isolates, GError **error)
{
  g_autoptr (GPtrArray) tested = g_ptr_array_new ();
  for (guint i = 0; i < isolates->len; i++)
    {
      MhRecord *isolate = g_ptr_array_index (isolates, i);
      GPtrArray *list = mh_record_records (isolate, MH_RESULT_ISOLATE_SUSCEPTIBILITIES);
      for (guint k = 0; list != NULL && k < list->len; k++)
        {
          mh_record_set_text (g_ptr_array_index (list, k), MH_RESULT_SUSCEPTIBILITY_ISOLATE_ID,
                              mh_record_id (isolate));
          g_ptr_array_add (tested, g_ptr_array_index (list, k));
        }
    }

  return tested->len == 0 || mh_tx_insert_parts (tx, tested, error);
}

gboolean
mh_results_isolates_write (MhTx *tx, MhResultsPlan *plan, MhResultsRow *row, GError **error)
{
  GPtrArray *isolates
      = row->after != NULL ? mh_record_records (row->after, MH_RESULT_ISOLATES) : NULL;
  if (!row->regrown)
    return TRUE;
  if (!mh_results_store_forget_isolates (mh_tx_db (tx), mh_record_id (row->after), error))
    return FALSE;
  for (guint i = 0; isolates != NULL && i < isolates->len; i++)
    mh_record_set_text (g_ptr_array_index (isolates, i), MH_RESULT_ISOLATE_RESULT_ID,
                        mh_record_id (row->after));
  return isolates == NULL || isolates->len == 0
         || (mh_tx_insert_parts (tx, isolates, error) && write_antibiograms (tx, isolates, error));
}
