/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-patients-store.h"

#include "server/people/patients/mh-patients-pairs.h"
#include "shared/base/mh-text.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/sql/mh-sql-row.h"
#include "shared/sql/mh-sql-text.h"

#include <string.h>

static const char sql_add_words[]
    = "INSERT INTO patient_word (word, patient_id) VALUES ($1, $9), ($2, $9), ($3, $9), ($4, $9),"
      " ($5, $9), ($6, $9), ($7, $9), ($8, $9) ON CONFLICT DO NOTHING";
#define WORDS_AT_ONCE 8
static const char sql_drop_word[] = "DELETE FROM patient_word WHERE word = $1 AND patient_id = $2";
static const char sql_add_pairs[]
    = "INSERT INTO patient_pair (pair, patient_id) VALUES ($1, $5), ($2, $5), ($3, $5), ($4, $5)"
      " ON CONFLICT DO NOTHING";
#define PAIRS_AT_ONCE 4
static const char sql_drop_pair[] = "DELETE FROM patient_pair WHERE pair = $1 AND patient_id = $2";

static const char sql_words_of[] = "SELECT word FROM patient_word WHERE patient_id = $1";
static const char sql_index[] = "SELECT version, place FROM patient_index WHERE id = 1";
static const char sql_set_index[]
    = "UPDATE patient_index SET version = $1, place = $2 WHERE id = 1";
static const char sql_after[] = "WHERE r.id > $1 AND r.deleted_at IS NULL AND r.merged_into IS NULL"
                                " ORDER BY r.id LIMIT $2";
/* From one word to the next: however many patients have it, it costs one descent of the index. */
static const char sql_vocabulary[]
    = "WITH RECURSIVE one (word) AS ("
      " SELECT (SELECT min(word) FROM patient_word WHERE word >= $1 AND word < $2)"
      " UNION ALL"
      " SELECT (SELECT min(w.word) FROM patient_word w WHERE w.word > one.word AND w.word < $2)"
      "  FROM one WHERE one.word IS NOT NULL)"
      " SELECT word FROM one WHERE word IS NOT NULL LIMIT $3";

/* "g" is behind every id: with an OR each page would begin at the newest of all again. */
static const char sql_newest[]
    = "WHERE r.deleted_at IS NULL AND r.merged_into IS NULL"
      " AND (CAST($1 AS text) IS NULL OR r.hospital_id = $1)"
      " AND r.id < COALESCE(CAST($2 AS text), 'g') ORDER BY r.id DESC LIMIT $3";

/* The filters are CASE, not OR: PostgreSQL takes an OR on a parameter to leave one patient in a
 * thousand and would begin with all patients instead of the few words. */
static const char sql_word[] = "w.word";
#define FOUND_HEAD                                                                                 \
  "JOIN patient_word w ON w.patient_id = r.id"                                                     \
  " WHERE w.word >= $1 AND w.word < $2 AND (w.word, w.patient_id) > ($3, $4)"                      \
  " AND CASE WHEN CAST($5 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $5 END"
#define FOUND_TAIL                                                                                 \
  " AND CASE WHEN CAST($10 AS text) IS NULL THEN TRUE ELSE EXISTS (SELECT 1 FROM patient_word y"   \
  "  WHERE y.patient_id = w.patient_id"                                                            \
  "  AND (y.word >= $10 AND y.word < $11 OR y.word >= $12 AND y.word < $13)) END"                  \
  " AND r.deleted_at IS NULL AND r.merged_into IS NULL"                                            \
  " ORDER BY w.word, w.patient_id LIMIT $14"
static const char sql_found[] = FOUND_HEAD
    " AND CASE WHEN CAST($6 AS text) IS NULL THEN TRUE ELSE EXISTS (SELECT 1 FROM patient_word x"
    "  WHERE x.patient_id = w.patient_id"
    "  AND (x.word >= $6 AND x.word < $7 OR x.word >= $8 AND x.word < $9)) END" FOUND_TAIL;
/* The list is not to be the way in, or the order would have to be sorted: hence the || ''. */
static const char sql_found_listed[]
    = FOUND_HEAD " AND (w.patient_id || '') IN (SELECT x.patient_id FROM patient_word x"
                 "   WHERE x.word >= $6 AND x.word < $7"
                 "  UNION ALL SELECT x.patient_id FROM patient_word x"
                 "   WHERE x.word >= $8 AND x.word < $9)" FOUND_TAIL;
/* Not LIKE of the parameter itself: SQLite would prepare the statement anew for each value. */
static const char sql_pair[] = "w.pair";
static const char sql_found_pair[]
    = "JOIN patient_pair w ON w.patient_id = r.id"
      " WHERE w.pair >= $1 AND w.pair < $2 AND (w.pair, w.patient_id) > ($3, $4)"
      " AND w.pair LIKE $6 || ''"
      " AND CASE WHEN CAST($5 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $5 END"
      " AND CASE WHEN CAST($7 AS text) IS NULL THEN TRUE ELSE EXISTS (SELECT 1 FROM patient_word y"
      "  WHERE y.patient_id = w.patient_id"
      "  AND (y.word >= $7 AND y.word < $8 OR y.word >= $9 AND y.word < $10)) END"
      " AND r.deleted_at IS NULL AND r.merged_into IS NULL"
      " ORDER BY w.pair, w.patient_id LIMIT $11";
static const char sql_scan[]
    = "SELECT patient_id FROM patient_word WHERE word >= $1 AND word < $2 LIMIT $3";
static const char sql_these[]
    = "WHERE r.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"
      " $18, $19, $20) AND CASE WHEN CAST($21 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $21"
      " END AND r.deleted_at IS NULL AND r.merged_into IS NULL";
#define SEARCH_ARGS 14
#define PAIR_ARGS 11
#define N_ALSO 2

/* --- words --- */

static void
add_word (GPtrArray *words, char kind, const char *word)
{
  if (word == NULL || word[0] == 0)
    return;
  /* A word longer than anybody types would only fatten the index. */
  g_autofree char *brief = mh_text_cut (word, 60);
  g_autofree char *full = g_strdup_printf ("%c:%s", kind, brief);
  if (!g_ptr_array_find_with_equal_func (words, full, g_str_equal, NULL))
    g_ptr_array_add (words, g_steal_pointer (&full));
}

static void
patients_store_add_name (GPtrArray *words, const char *text)
{
  g_autoptr (GPtrArray) parts = mh_text_name_words (text);
  for (guint i = 0; i < parts->len; i++)
    {
      const char *part = g_ptr_array_index (parts, i);
      g_autofree char *key = mh_text_phonetic (part);
      add_word (words, 'n', part);
      add_word (words, 'p', key);
    }
}

static void
patients_store_add_phone (GPtrArray *words, const char *phone)
{
  if (phone == NULL)
    return;
  g_autofree char *digits = mh_text_phone_digits (phone);
  g_autofree char *reversed = g_strreverse (g_strdup (digits));
  add_word (words, 'd', digits);
  add_word (words, 'r', reversed);
}

static void
add_digits (GPtrArray *words, char kind, const char *text)
{
  if (text == NULL)
    return;
  GString *digits = g_string_new (NULL);
  for (const char *c = text; *c != 0; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (digits, g_ascii_toupper (*c));
  add_word (words, kind,
            kind == 'm' ? digits->str + strcspn (digits->str, "0123456789") : digits->str);
  g_string_free (digits, TRUE);
}

static int
patients_store_compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
mh_patients_store_words (MhRecord *patient)
{
  static const guint names[] = { MH_PATIENT_GIVEN_NAME, MH_PATIENT_MIDDLE_NAME,
                                 MH_PATIENT_FAMILY_NAME, MH_PATIENT_NATIVE_NAME, MH_PATIENT_ALIAS };
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    patients_store_add_name (words, mh_record_text (patient, names[i]));
  patients_store_add_phone (words, mh_record_text (patient, MH_PATIENT_PHONE));
  patients_store_add_phone (words, mh_record_text (patient, MH_PATIENT_PHONE2));
  add_digits (words, 'm', mh_record_text (patient, MH_PATIENT_MRN));

  const char *const *former = mh_record_list (patient, MH_PATIENT_FORMER_MRNS);
  for (guint i = 0; former != NULL && former[i] != NULL; i++)
    add_digits (words, 'm', former[i]);
  add_digits (words, 'i', mh_record_text (patient, MH_PATIENT_ABHA));
  add_digits (words, 'i', mh_record_text (patient, MH_PATIENT_PASSPORT));
  add_word (words, 'b', mh_record_text (patient, MH_PATIENT_BIRTH_DATE));

  g_autoptr (GPtrArray) others = mh_patients_pairs_others (words);
  g_ptr_array_extend_and_steal (words, g_steal_pointer (&others));
  g_ptr_array_sort (words, patients_store_compare_words);

  return words;
}

static gboolean
patients_store_has (GPtrArray *words, const char *word)
{
  return words != NULL && g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL);
}

typedef struct
{
  const char *sql_add, *sql_drop;
  guint at_once;
} Index;

static const Index index_of_words = { sql_add_words, sql_drop_word, WORDS_AT_ONCE };
static const Index index_of_pairs = { sql_add_pairs, sql_drop_pair, PAIRS_AT_ONCE };

/* Several at once; what room is left repeats the last, which does no harm. */
static gboolean
add_texts (MhTx *tx,
           const Index *index,
           GPtrArray *texts,
           GPtrArray *but,
           const char *id,
           GError **error)
{
  MhArg args[WORDS_AT_ONCE + 1];
  guint n = 0;
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      if (!patients_store_has (but, text))
        args[n++] = MH_TEXT (text);
      if (n == 0 || (n < index->at_once && i + 1 < texts->len))
        continue;
      for (guint k = n; k < index->at_once; k++)
        args[k] = args[n - 1];
      args[index->at_once] = MH_TEXT (id);
      if (!mh_db_exec_deferred (mh_tx_db (tx), index->sql_add, args, index->at_once + 1, error))
        return FALSE;
      n = 0;
    }

  return TRUE;
}

static gboolean
drop_texts (MhTx *tx,
            const Index *index,
            GPtrArray *texts,
            GPtrArray *but,
            const char *id,
            GError **error)
{
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      if (!patients_store_has (but, text)
          && !mh_db_exec_deferred (mh_tx_db (tx), index->sql_drop,
                                   MH_ARGS (MH_TEXT (text), MH_TEXT (id)), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mh_patients_store_index (MhTx *tx, MhRecord *before, MhRecord *after, GError **error)
{
  g_autoptr (GPtrArray) old = before != NULL ? mh_patients_store_words (before) : NULL;
  g_autoptr (GPtrArray) new = mh_patients_store_words (after);
  g_autoptr (GPtrArray) old_pairs = old != NULL ? mh_patients_pairs (old) : NULL;
  g_autoptr (GPtrArray) new_pairs = mh_patients_pairs (new);
  const char *id = mh_record_id (after);
  return drop_texts (tx, &index_of_words, old, new, id, error)
         && add_texts (tx, &index_of_words, new, old, id, error)
         && drop_texts (tx, &index_of_pairs, old_pairs, new_pairs, id, error)
         && add_texts (tx, &index_of_pairs, new_pairs, old_pairs, id, error);
}

static GPtrArray *
texts_of (MhDb *db, const char *sql, const MhArg *args, guint n_args, GError **error)
{
  GError *inner = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MhRows) rows = mh_db_query (db, sql, args, n_args, error);
  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    g_ptr_array_add (texts, g_strdup (mh_rows_text (rows, 0)));
  if (inner == NULL)
    return g_steal_pointer (&texts);
  g_propagate_error (error, inner);
  return NULL;
}

/* The pairs there are follow from the words there are: no index finds pairs by their patient. */
gboolean
mh_patients_store_index_again (MhTx *tx, MhRecord *patient, GError **error)
{
  const char *id = mh_record_id (patient);
  g_autoptr (GPtrArray) new = mh_patients_store_words (patient);
  g_autoptr (GPtrArray) new_pairs = mh_patients_pairs (new);
  g_autoptr (GPtrArray) old = texts_of (mh_tx_db (tx), sql_words_of, MH_ARGS (MH_TEXT (id)), error);
  if (old == NULL)
    return FALSE;

  g_autoptr (GPtrArray) old_pairs = mh_patients_pairs (old);
  return drop_texts (tx, &index_of_words, old, new, id, error)
         && add_texts (tx, &index_of_words, new, old, id, error)
         && drop_texts (tx, &index_of_pairs, old_pairs, new_pairs, id, error)
         && add_texts (tx, &index_of_pairs, new_pairs, NULL, id, error);
}

gboolean
mh_patients_store_index_state (MhDb *db, MhPatientsIndex *out_index, GError **error)
{
  g_autoptr (MhRows) rows = mh_db_query (db, sql_index, MH_NO_ARGS, error);
  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;
  out_index->version = mh_rows_int (rows, 0);
  g_strlcpy (out_index->place, mh_rows_text (rows, 1), sizeof out_index->place);
  return TRUE;
}

gboolean
mh_patients_store_set_index_state (MhTx *tx, const MhPatientsIndex *index, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_set_index,
                     MH_ARGS (MH_INT (index->version), MH_TEXT (index->place)), error)
         >= 0;
}

GPtrArray *
mh_patients_store_after (MhDb *db, const char *after_id, guint limit, GError **error)
{
  return mh_store_select (db, &mh_patient_type, mh_sql_select (&mh_patient_type, sql_after),
                          MH_ARGS (MH_TEXT (after_id), MH_INT (limit)), error);
}

/* --- searching --- */

/* The first string behind all that begin with @prefix, bytewise. */
static char *
prefix_end (const char *prefix)
{
  char *end = g_strdup (prefix);
  gsize last = strlen (end) - 1;
  end[last] = (char)((guchar)end[last] + 1);
  return end;
}

typedef struct
{
  char *end, *pattern, *also[N_ALSO][2];
} Ends;

static void
ends_init (Ends *ends, const MhPatientsQuery *query)
{
  ends->end = prefix_end (query->prefix);
  /* Words are of letters and digits alone. */
  ends->pattern = query->pair_end != NULL ? g_strconcat ("% % ", query->pair_end, "%", NULL) : NULL;
  for (guint i = 0; i < N_ALSO; i++)
    for (guint way = 0; way < 2; way++)
      ends->also[i][way] = query->also[i][way] != NULL ? prefix_end (query->also[i][way]) : NULL;
}

static void
ends_clear (Ends *ends)
{
  g_free (ends->end);
  g_free (ends->pattern);
  for (guint i = 0; i < N_ALSO; i++)
    for (guint way = 0; way < 2; way++)
      g_free (ends->also[i][way]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ends, ends_clear)

/* A page begins behind the prefix itself, not behind '': PostgreSQL enters the index by the pair
 * and would walk from there to the prefix. */
static void
search_args (const MhPatientsQuery *query, const Ends *ends, MhArg args[SEARCH_ARGS])
{
  gboolean inside = g_strcmp0 (query->after_word, query->prefix) >= 0;
  args[0] = MH_TEXT (query->prefix);
  args[1] = MH_TEXT (ends->end);
  args[2] = MH_TEXT (inside ? query->after_word : query->prefix);
  args[3] = MH_TEXT (inside && query->after_id != NULL ? query->after_id : "");
  args[4] = MH_TEXT (query->hospital_id);

  for (guint i = 0; i < N_ALSO; i++)
    for (guint way = 0; way < 2; way++)
      {
        guint n = 5 + 4 * i + 2 * way;
        args[n] = MH_TEXT (query->also[i][way]);
        args[n + 1] = MH_TEXT (ends->also[i][way]);
      }

  args[13] = MH_INT (query->limit);
}

static void
pair_args (const MhPatientsQuery *query, const Ends *ends, MhArg args[PAIR_ARGS])
{
  MhArg of_words[SEARCH_ARGS];
  search_args (query, ends, of_words);
  for (guint i = 0; i < 5; i++)
    args[i] = of_words[i];
  args[5] = MH_TEXT (ends->pattern);
  for (guint i = 0; i < 4; i++)
    args[6 + i] = of_words[5 + i];
  args[10] = MH_INT (query->limit);
}

static guint
query_args (const MhPatientsQuery *query, const Ends *ends, MhArg args[SEARCH_ARGS])
{
  if (query->pair_end != NULL)
    pair_args (query, ends, args);
  else
    search_args (query, ends, args);
  return query->pair_end != NULL ? PAIR_ARGS : SEARCH_ARGS;
}

static const char *
search_sql (const MhPatientsQuery *query)
{
  if (query->pair_end != NULL)
    return mh_sql_select_and (&mh_patient_type, sql_pair, sql_found_pair);
  return query->listed ? mh_sql_select_and (&mh_patient_type, sql_word, sql_found_listed)
                       : mh_sql_select_and (&mh_patient_type, sql_word, sql_found);
}

GPtrArray *
mh_patients_store_vocabulary (MhDb *db, const char *prefix, guint most, GError **error)
{
  g_autofree char *end = prefix_end (prefix);
  return texts_of (db, sql_vocabulary, MH_ARGS (MH_TEXT (prefix), MH_TEXT (end), MH_INT (most)),
                   error);
}

gint64
mh_patients_store_scan (MhDb *db,
                        const char *prefix,
                        guint most,
                        MhPatientsSeen seen,
                        gpointer data,
                        GError **error)
{
  g_autofree char *end = prefix_end (prefix);
  g_autoptr (GError) inner = NULL;
  gint64 n = 0;
  g_autoptr (MhRows) rows
      = mh_db_query (db, sql_scan, MH_ARGS (MH_TEXT (prefix), MH_TEXT (end), MH_INT (most)), error);

  if (rows == NULL)
    return -1;

  for (; mh_rows_next (rows, &inner); n++)
    seen (mh_rows_text (rows, 0), data);
  if (inner == NULL)
    return n;

  g_propagate_error (error, g_steal_pointer (&inner));
  return -1;
}

void
mh_patients_store_search_prefetch (MhDb *db, const MhPatientsQuery *query)
{
  MhArg args[SEARCH_ARGS];
  g_auto (Ends) ends = { NULL };
  ends_init (&ends, query);
  guint n_args = query_args (query, &ends, args);
  mh_db_prefetch (db, search_sql (query), args, n_args);
}

struct _MhPatientsRows
{
  MhRows *rows;
  guint word;
  guint columns[MH_PATIENT_N_FIELDS]; /* where a field stands */
};

/* The columns of a type stand in the order of its fields. */
static void
place_columns (MhPatientsRows *rows)
{
  guint column = 0;
  for (guint i = 0; i < mh_patient_type.n_fields; i++)
    if (mh_field_is_column (&mh_patient_type.fields[i]))
      rows->columns[i] = column++;
  rows->word = column;
}

/* Takes @found; NULL stays NULL. */
static MhPatientsRows *
rows_new (MhRows *found)
{
  if (found == NULL)
    return NULL;
  MhPatientsRows *rows = g_new0 (MhPatientsRows, 1);
  rows->rows = found;
  place_columns (rows);
  return rows;
}

MhPatientsRows *
mh_patients_store_search (MhDb *db, const MhPatientsQuery *query, GError **error)
{
  MhArg args[SEARCH_ARGS];
  g_auto (Ends) ends = { NULL };
  ends_init (&ends, query);
  guint n_args = query_args (query, &ends, args);
  return rows_new (mh_db_query (db, search_sql (query), args, n_args, error));
}

/* What room is left repeats the last, which does no harm. */
MhPatientsRows *
mh_patients_store_these (MhDb *db,
                         const char *hospital_id,
                         GPtrArray *ids,
                         guint from,
                         GError **error)
{
  MhArg args[MH_PATIENTS_AT_ONCE + 1];
  for (guint i = 0; i < MH_PATIENTS_AT_ONCE; i++)
    args[i] = MH_TEXT (g_ptr_array_index (ids, MIN (from + i, ids->len - 1)));
  args[MH_PATIENTS_AT_ONCE] = MH_TEXT (hospital_id);
  return rows_new (mh_db_query (db, mh_sql_select (&mh_patient_type, sql_these), args,
                                G_N_ELEMENTS (args), error));
}

void
mh_patients_rows_free (MhPatientsRows *rows)
{
  if (rows == NULL)
    return;
  mh_rows_free (rows->rows);
  g_free (rows);
}

gboolean
mh_patients_rows_next (MhPatientsRows *rows, GError **error)
{
  return mh_rows_next (rows->rows, error);
}

const char *
mh_patients_rows_word (MhPatientsRows *rows)
{
  return mh_rows_text (rows->rows, rows->word);
}

const char *
mh_patients_rows_id (MhPatientsRows *rows)
{
  return mh_patients_rows_text (rows, MH_ID);
}

const char *
mh_patients_rows_text (MhPatientsRows *rows, guint field)
{
  return mh_rows_text (rows->rows, rows->columns[field]);
}

MhRecord *
mh_patients_rows_record (MhPatientsRows *rows)
{
  return mh_sql_row_read (rows->rows, 0, &mh_patient_type);
}

MhRecord *
mh_patients_rows_put (MhPatientsRows *rows, GString *out)
{
  mh_sql_row_put_json (rows->rows, 0, &mh_patient_type, 0, out);
  return mh_sql_row_read_head (rows->rows, 0, &mh_patient_type);
}

GPtrArray *
mh_patients_store_newest (MhDb *db,
                          const char *hospital_id,
                          const char *after_id,
                          guint limit,
                          GError **error)
{
  return mh_store_select (db, &mh_patient_type, mh_sql_select (&mh_patient_type, sql_newest),
                          MH_ARGS (MH_TEXT (hospital_id), MH_TEXT (after_id), MH_INT (limit)),
                          error);
}

/* --- where the patient is --- */

/* The same condition as the partial index of the boards. */
static const char sql_open_visit[]
    = "WHERE r.status IN ('registered', 'nurse_assessed', 'with_physician', 'disposition')"
      " AND r.patient_id = $1"
      " AND CASE WHEN CAST($2 AS text) IS NULL THEN TRUE ELSE r.hospital_id = $2 END"
      " AND CASE WHEN CAST($3 AS text) IS NULL THEN TRUE ELSE r.kind = $3 END"
      " AND r.deleted_at IS NULL ORDER BY r.arrived_at DESC, r.id DESC LIMIT 1";

gboolean
mh_patients_store_open_visit (MhDb *db,
                              const char *patient_id,
                              const char *hospital_id,
                              const char *kind,
                              MhRecord **out_visit,
                              GError **error)
{
  g_autoptr (GPtrArray) visits = mh_store_select (
      db, &mh_visit_type, mh_sql_select (&mh_visit_type, sql_open_visit),
      MH_ARGS (MH_TEXT (patient_id), MH_TEXT (hospital_id), MH_TEXT (kind)), error);
  if (visits == NULL)
    return FALSE;

  *out_visit = visits->len > 0 ? g_object_ref (g_ptr_array_index (visits, 0)) : NULL;
  return TRUE;
}
