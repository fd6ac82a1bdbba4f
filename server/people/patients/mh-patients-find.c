/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding patients. What was typed becomes a few ranges of the word index, looked through one after
 * another. Two words of a name are looked for together (mh-patients-pairs.h). Of other words the
 * rarest leads and the others are asked of each patient it finds; where each of them has not too
 * many patients, all of those are listed first, which is far less work: mh-patients-crowd.h.
 */
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/people/gate/mh-access.h"
#include "server/people/patients/mh-patients-forgive.h"
#include "server/people/patients/mh-patients-plan.h"
#include "server/people/patients/mh-patients-store.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-json.h"

#include <string.h>

/* A patient may match by several words and in several ranges; it is shown where it matches first.
 */
static gboolean
is_first_place (const MhPatientsPlan *plan, guint n, MhPatientsRows *rows)
{
  g_autoptr (MhRecord) patient = mh_patients_rows_record (rows);
  g_autoptr (GPtrArray) words = mh_patients_store_words (patient);
  for (guint i = 0; i <= n; i++)
    {
      g_autofree char *place = mh_patients_range_place (mh_patients_plan_nth (plan, i), words);
      if (place != NULL)
        return i == n && strcmp (place, mh_patients_rows_word (rows)) == 0;
    }
  return FALSE;
}

static char **
cursor_new (guint range, const char *word, const char *id)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autofree char *number = g_strdup_printf ("%u", range);
  g_strv_builder_add_many (parts, number, word, id, NULL);
  return g_strv_builder_end (parts);
}

typedef struct
{
  const MhRequest *req;
  const MhPatientsPlan *plan;
  GHashTable *seen; /* ids; NULL: this page begins behind others */
  guint limit;
  guint n;          /* found */
  GPtrArray *heads; /* of each; with @items, else whole records */
  GString *items;   /* JSON, an open array; NULL: records are wanted */
  char **next;
} Search;

/* Making the words of a patient anew costs more than finding it, and is needed only where what came
 * before was seen by an earlier page. */
static gboolean
is_shown (Search *search, guint range, MhPatientsRows *rows)
{
  if (search->seen != NULL)
    return g_hash_table_add (search->seen, g_strdup (mh_patients_rows_id (rows)));
  return is_first_place (search->plan, range, rows);
}

/* After the cursor's range all others are read from their beginning. */
static MhPatientsQuery
range_query (const Search *search,
             guint n,
             const MhPatientsAlso *also,
             const char *word,
             const char *id)
{
  const MhPatientsRange *range = mh_patients_plan_nth (search->plan, n);
  MhPatientsQuery query = { .hospital_id = mh_actor_hospital_id (search->req->actor),
                            .prefix = range->prefix,
                            .pair_end = range->end,
                            .after_word = word,
                            .after_id = id,
                            .limit = search->limit,
                            .listed = search->plan->listed };
  for (guint i = 0; i < 4; i++)
    query.also[i / 2][i % 2] = also->way[i / 2][i % 2];
  return query;
}

/* Digits and two names seldom fill a page, so that all their ranges are looked through; a name
 * nearly always does with its first. */
static void
patients_find_announce (const Search *search, guint from)
{
  const MhPatientsPlan *plan = search->plan;
  gboolean name = mh_patients_plan_nth (plan, from)->prefix[0] == 'n'
                  && mh_patients_plan_nth (plan, from)->end == NULL;
  for (guint range = from; !name && range < plan->ranges->len; range++)
    {
      g_auto (MhPatientsAlso) also = { { { NULL } } };
      mh_patients_also_init (&also, mh_patients_plan_nth (plan, range));
      MhPatientsQuery query = range_query (search, range, &also, "", "");
      mh_patients_store_search_prefetch (search->req->db, &query);
    }
}

static void
patients_find_take (Search *search, guint range, MhPatientsRows *rows)
{
  g_ptr_array_add (search->heads, search->items != NULL ? mh_patients_rows_put (rows, search->items)
                                                        : mh_patients_rows_record (rows));
  if (++search->n == search->limit)
    search->next = cursor_new (range, mh_patients_rows_word (rows), mh_patients_rows_id (rows));
}

/* The last row that was read of a range. */
typedef struct
{
  char *word, *id;
} RowPlace;

/* One page of rows, from which some may be left out; how many there were in *out_n, the last one's
 * place in @last. */
static gboolean
patients_find_page (Search *search,
                    guint range,
                    const MhPatientsAlso *also,
                    RowPlace *last,
                    guint *out_n,
                    GError **error)
{
  g_autoptr (GError) inner = NULL;
  MhPatientsQuery query = range_query (search, range, also, last->word, last->id);
  g_autoptr (MhPatientsRows) rows = mh_patients_store_search (search->req->db, &query, error);
  if (rows == NULL)
    return FALSE;

  *out_n = 0;
  while (search->next == NULL && mh_patients_rows_next (rows, &inner))
    {
      if (is_shown (search, range, rows))
        patients_find_take (search, range, rows);
      if (++*out_n < search->limit)
        continue;
      g_free (last->word);
      g_free (last->id);
      last->word = g_strdup (mh_patients_rows_word (rows));
      last->id = g_strdup (mh_patients_rows_id (rows));
    }
  if (inner == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

/* Reads one range until the page is full or the range has no more rows. */
static gboolean
search_range (Search *search, guint range, const char *word, const char *id, GError **error)
{
  RowPlace last = { g_strdup (word), g_strdup (id) };
  guint n = search->limit;
  gboolean ok = TRUE;
  g_auto (MhPatientsAlso) also = { { { NULL } } };
  mh_patients_also_init (&also, mh_patients_plan_nth (search->plan, range));
  while (ok && search->next == NULL && n == search->limit)
    ok = patients_find_page (search, range, &also, &last, &n, error);
  g_free (last.word);
  g_free (last.id);
  return ok;
}

/* --- the crowd, one by one --- */

typedef struct
{
  guint range;
  char *word, *id;
  GString *json;  /* or */
  MhRecord *head; /* as the search wants them */
} Match;

static void
match_free (gpointer data)
{
  Match *match = data;
  g_free (match->word);
  g_free (match->id);
  if (match->json != NULL)
    g_string_free (match->json, TRUE);
  g_clear_object (&match->head);
  g_free (match);
}

static int
patients_find_compare_places (guint range, const char *word, const char *id, const Match *match)
{
  int words = strcmp (word, match->word);
  if (range != match->range)
    return range < match->range ? -1 : 1;
  return words != 0 ? words : strcmp (id, match->id);
}

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const Match *one = *(Match *const *)a;
  return patients_find_compare_places (one->range, one->word, one->id, *(Match *const *)b);
}

/* Where the patient stands among the found; NULL: it only seemed to be one of them. */
static Match *
match_of (const Search *search, MhPatientsRows *rows)
{
  const MhPatientsPlan *plan = search->plan;
  g_autoptr (MhRecord) patient = mh_patients_rows_record (rows);
  g_autoptr (GPtrArray) words = mh_patients_store_words (patient);
  char *word = NULL;
  guint range = 0;
  while (range < plan->ranges->len && word == NULL)
    word = mh_patients_range_place (mh_patients_plan_nth (plan, range++), words);

  if (word == NULL)
    return NULL;

  Match *match = g_new0 (Match, 1);
  match->range = range - 1;
  match->word = word;
  match->id = g_strdup (mh_record_id (patient));
  if (search->items != NULL)
    {
      match->json = g_string_sized_new (2048);
      match->head = mh_patients_rows_put (rows, match->json);
    }
  else
    match->head = g_steal_pointer (&patient);

  return match;
}

static void
take_match (Search *search, const Match *match)
{
  g_ptr_array_add (search->heads, g_object_ref (match->head));
  if (search->items != NULL)
    mh_json_put_raw (search->items, match->json->str);
  if (++search->n == search->limit)
    search->next = cursor_new (match->range, match->word, match->id);
}

/* Behind the cursor's place @from, @word, @id. */
static gboolean
search_crowd (Search *search,
              GPtrArray *crowd,
              guint from,
              const char *word,
              const char *id,
              GError **error)
{
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func (match_free);
  for (guint at = 0; at < crowd->len; at += MH_PATIENTS_AT_ONCE)
    {
      GError *inner = NULL;
      g_autoptr (MhPatientsRows) rows = mh_patients_store_these (
          search->req->db, mh_actor_hospital_id (search->req->actor), crowd, at, error);
      if (rows == NULL)
        return FALSE;
      while (mh_patients_rows_next (rows, &inner))
        {
          Match *match = match_of (search, rows);
          if (match != NULL)
            g_ptr_array_add (matches, match);
        }
      if (inner != NULL)
        {
          g_propagate_error (error, inner);
          return FALSE;
        }
    }

  g_ptr_array_sort (matches, compare_matches);
  for (guint i = 0; i < matches->len && search->next == NULL; i++)
    if (id == NULL
        || patients_find_compare_places (from, word, id, g_ptr_array_index (matches, i)) < 0)
      take_match (search, g_ptr_array_index (matches, i));

  return TRUE;
}

/* Without words: the newest. */
static gboolean
find_newest (Search *search, const char *const *after, GError **error)
{
  g_autoptr (GPtrArray) rows
      = mh_patients_store_newest (search->req->db, mh_actor_hospital_id (search->req->actor),
                                  after != NULL ? after[0] : NULL, search->limit, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *patient = g_ptr_array_index (rows, i);
      g_ptr_array_add (search->heads, g_object_ref (patient));
      if (search->items != NULL)
        mh_record_put_json (patient, 0, search->items);
      if (++search->n == search->limit)
        {
          const char *parts[] = { mh_record_id (patient), NULL };
          search->next = g_strdupv ((char **)parts);
        }
    }

  return rows != NULL;
}

/* By search->plan, which lasts as long as this. */
static gboolean
find_planned (Search *search,
              MhPatientsPlan *plan,
              const char *q,
              const char *const *cursor,
              GError **error)
{
  static const char *const start[] = { "0", "", "" };
  const char *const *place = cursor != NULL ? cursor : start;
  g_autoptr (GPtrArray) crowd = NULL;
  guint from = (guint)g_ascii_strtoull (place[0], NULL, 10);

  if (!mh_patients_plan_make (plan, search->req->db, q, &crowd, error))
    return FALSE;
  if (crowd != NULL)
    return search_crowd (search, crowd, from, cursor != NULL ? cursor[1] : NULL,
                         cursor != NULL ? cursor[2] : NULL, error);

  if (cursor == NULL && plan->ranges->len > 0)
    patients_find_announce (search, from);
  for (guint range = from; range < plan->ranges->len && search->next == NULL; range++)
    if (!search_range (search, range, range == from ? place[1] : "", range == from ? place[2] : "",
                       error))
      return FALSE;

  return TRUE;
}

/* Nobody has what was typed: whoever has something near to it. One page of them is all there is. */
static gboolean
find_near (Search *search, const char *q, GError **error)
{
  g_autoptr (GPtrArray) texts = mh_patients_forgive (search->req->db, q, error);
  for (guint i = 0; texts != NULL && i < texts->len && search->next == NULL; i++)
    {
      g_auto (MhPatientsPlan) plan = { NULL };
      search->plan = &plan;
      if (!find_planned (search, &plan, g_ptr_array_index (texts, i), NULL, error))
        return FALSE;
    }
  g_clear_pointer (&search->next, g_strfreev);
  return texts != NULL;
}

static gboolean
find_words (Search *search, const char *q, const char *const *after, GError **error)
{
  g_auto (MhPatientsPlan) plan = { NULL };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean has_cursor = after != NULL && g_strv_length ((char **)after) == 3;
  search->plan = &plan;
  search->seen = has_cursor ? NULL : seen;
  gboolean ok = find_planned (search, &plan, q, has_cursor ? after : NULL, error);
  if (ok && search->n == 0 && !has_cursor)
    ok = find_near (search, q, error);
  search->plan = NULL;
  search->seen = NULL;
  return ok;
}

static gboolean
patients_find_find (Search *search, const char *q, const char *const *after, GError **error)
{
  return q == NULL || q[0] == 0 ? find_newest (search, after, error)
                                : find_words (search, q, after, error);
}

GPtrArray *
mh_patients_service_find (const MhRequest *req,
                          const char *q,
                          const char *const *after,
                          guint limit,
                          char ***out_next,
                          GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  Search search = { .req = req, .limit = limit, .heads = found };
  if (!patients_find_find (&search, q, after, error) || !mh_access_mask (req, found, error))
    {
      g_strfreev (search.next);
      return NULL;
    }
  *out_next = search.next;
  return g_steal_pointer (&found);
}

GString *
mh_patients_service_find_json (const MhRequest *req,
                               const char *q,
                               const char *const *after,
                               guint limit,
                               char ***out_next,
                               GError **error)
{
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) items = g_string_sized_new (16384);
  Search search = { .req = req, .limit = limit, .heads = heads, .items = items };

  mh_json_open (items, '[');
  gboolean found = patients_find_find (&search, q, after, error);
  mh_json_close (items, ']');

  if (!found || !mh_access_mask_json (req, heads, items, error))
    {
      g_strfreev (search.next);
      return NULL;
    }

  *out_next = search.next;
  return g_steal_pointer (&items);
}
