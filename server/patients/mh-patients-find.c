/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding patients. What was typed becomes a few ranges of the word index, looked through one after
 * another. Two words of a name are looked for together (mh-patients-pairs.h). Of other words the
 * rarest leads and the others are asked of each patient it finds; where each of them has not too
 * many patients, all of those are listed first, which is far less work: mh-patients-crowd.h.
 */
#include "server/patients/mh-patients-service.h"

#include "server/access/mh-access.h"
#include "server/patients/mh-patients-crowd.h"
#include "server/patients/mh-patients-forgive.h"
#include "server/patients/mh-patients-pairs.h"
#include "server/patients/mh-patients-store.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-records.h"

#include <string.h>

/* A range of the index of words, or of that of pairs, and what else the patient must have. */
typedef struct
{
  char *prefix;
  char *lead, *end; /* of pairs: the beginnings of the two words, without the kind; else NULL */
  char *also[2];    /* other tokens, or NULL */
  gboolean year;    /* a year among those is of the birth, not of a phone */
} Range;

/* What was typed, as ranges to look through in turn. */
typedef struct
{
  GPtrArray *ranges;
  gboolean listed; /* few enough have the first of the other tokens */
} Plan;

static void
range_free (gpointer data)
{
  Range *range = data;
  g_free (range->prefix);
  g_free (range->lead);
  g_free (range->end);
  g_free (range->also[0]);
  g_free (range->also[1]);
  g_free (range);
}

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->ranges, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* Takes @prefix. */
static Range *
plan_range (Plan *plan, char *prefix)
{
  Range *range = g_new0 (Range, 1);
  range->prefix = prefix;
  g_ptr_array_add (plan->ranges, range);
  return range;
}

static const Range *
nth_range (const Plan *plan, guint i)
{
  return g_ptr_array_index (plan->ranges, i);
}

static gboolean
all_digits (const char *token)
{
  return strspn (token, "0123456789") == strlen (token);
}

/* @phone: the digits without the country's. */
static void
plan_digits (Plan *plan, const char *digits, const char *phone)
{
  char *reversed = g_strreverse (g_strdup (phone));
  plan_range (plan, g_strconcat ("d:", phone, NULL));
  plan_range (plan, g_strconcat ("r:", reversed, NULL));
  plan_range (plan, g_strconcat ("m:", digits, NULL));
  plan_range (plan, g_strconcat ("i:", digits, NULL));
  g_free (reversed);
}

static void
plan_letters (Plan *plan, const char *word)
{
  g_autofree char *key = mh_text_phonetic (word);
  g_autofree char *upper = g_ascii_strup (word, -1);
  plan_range (plan, g_strconcat ("n:", word, NULL));
  /* A phonetic key of one letter would find half the town. */
  if (strlen (key) >= 3)
    plan_range (plan, g_strconcat ("p:", key, NULL));
  if (strlen (upper) >= 4 && strpbrk (upper, "0123456789") != NULL)
    plan_range (plan, g_strconcat ("i:", upper, NULL));
}

/* "91-1234-5678-9012" is an ABHA number, "98123-45678" a phone. */
static void
plan_hyphens (Plan *plan, const char *digits)
{
  g_autofree char *phone = mh_text_phone_digits (digits);
  if (strlen (phone) >= 7)
    plan_range (plan, g_strconcat ("d:", phone, NULL));
  plan_range (plan, g_strconcat ("i:", digits, NULL));
}

/* "MH-0001-2345-7", also without the letters, without the hyphens (a scanner's way), or not written
 * to its end. */
static gboolean
plan_number (Plan *plan, const char *text)
{
  GString *digits = g_string_new (NULL);
  guint letters = 0, hyphens = 0;
  gboolean number = strchr (text, ' ') == NULL;
  for (const char *c = text; *c != 0 && number; c++)
    {
      hyphens += *c == '-' ? 1 : 0;
      letters += g_ascii_isalpha (*c) ? 1 : 0;
      if (g_ascii_isdigit (*c))
        g_string_append_c (digits, *c);
      else
        number = *c == '-' || (g_ascii_isalpha (*c) && digits->len == 0);
    }
  /* Digits alone are a phone as well, letters and digits perhaps a passport. */
  number = number && digits->len >= 3 && (hyphens > 0 || letters > 0);
  if (number)
    plan_range (plan, g_strconcat ("m:", digits->str, NULL));
  if (number && hyphens == 0)
    plan_range (plan, g_strconcat ("i:", text, NULL));
  if (number && letters == 0)
    plan_hyphens (plan, digits->str);
  g_string_free (digits, TRUE);
  return number;
}

/* "+91 98123 45678" and "098123-45678" are looked for as they are stored. */
static gboolean
plan_phone (Plan *plan, const char *text)
{
  g_autofree char *phone = mh_text_is_phone (text) ? mh_text_phone_digits (text) : NULL;
  if (phone == NULL || strlen (phone) < 7)
    return FALSE;
  g_autoptr (GString) digits = g_string_new (NULL);
  for (const char *c = text; *c != 0; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  plan_digits (plan, digits->str, phone);
  return TRUE;
}

/* "29/2/84", "3-2-1984": a whole date, or it is a part of a number. */
static gboolean
plan_birth (Plan *plan, const char *text)
{
  char iso[MH_DATE_LENGTH + 1];
  MhDate birth;
  /* UTC: a day more or less moves no year that two digits stand for */
  MhDate today = mh_date_of_instant (g_get_real_time (), NULL);
  if (!mh_date_is_whole (text) || !mh_date_parse_free (text, today, &birth, NULL, NULL))
    return FALSE;
  mh_date_format (birth, iso);
  plan_range (plan, g_strconcat ("b:", iso, NULL));
  return TRUE;
}

#define TOKENS MH_CROWD_WORDS
/* From so many on it pays to list who has the next rarest token. */
#define LIST_FROM 200
#define LEADING_DIGITS 5

typedef struct
{
  char *tokens[TOKENS]; /* borrowed; the longest ones, in the order of what was typed */
  guint n;
} Tokens;

static Tokens
longest_tokens (char **all)
{
  Tokens kept = { { NULL }, 0 };
  for (guint i = 0; all[i] != NULL; i++)
    if (all[i][0] != 0 && kept.n < TOKENS)
      kept.tokens[kept.n++] = all[i];
    else if (all[i][0] != 0)
      {
        guint shortest = 0;
        for (guint k = 1; k < kept.n; k++)
          if (strlen (kept.tokens[k]) < strlen (kept.tokens[shortest]))
            shortest = k;
        if (strlen (all[i]) > strlen (kept.tokens[shortest]))
          kept.tokens[shortest] = all[i];
      }
  return kept;
}

static void
swap_tokens (Tokens *tokens, gint64 *counts, guint i, guint k)
{
  char *token = tokens->tokens[i];
  gint64 count = counts[i];
  tokens->tokens[i] = tokens->tokens[k];
  tokens->tokens[k] = token;
  counts[i] = counts[k];
  counts[k] = count;
}

/* The rarest token leads, for it has the fewest rows behind it. */
static void
order_tokens (Tokens *tokens, gint64 *counts)
{
  for (guint i = 0; i + 1 < tokens->n; i++)
    for (guint k = i + 1; k < tokens->n; k++)
      if (counts[k] < counts[i])
        swap_tokens (tokens, counts, i, k);
}

/* --- two words of a name --- */

static gboolean
has_digits (const char *token)
{
  return strpbrk (token, "0123456789") != NULL;
}

/* The two longest names among the tokens. FALSE: there are not two. */
static gboolean
two_names (const Tokens *tokens, guint *out_one, guint *out_other)
{
  guint names[TOKENS], n = 0;
  for (guint i = 0; i < tokens->n; i++)
    if (!has_digits (tokens->tokens[i]))
      names[n++] = i;
    else if (!all_digits (tokens->tokens[i]))
      return FALSE; /* perhaps a passport */
  if (n < 2)
    return FALSE;
  guint shortest = 0;
  for (guint i = 1; i < n; i++)
    if (strlen (tokens->tokens[names[i]]) < strlen (tokens->tokens[names[shortest]]))
      shortest = i;
  *out_one = names[n == 3 && shortest == 0 ? 1 : 0];
  *out_other = names[n == 3 && shortest <= 1 ? 2 : n == 3 ? 1 : n - 1];
  return TRUE;
}

/* FALSE: no such range. */
static gboolean
plan_pair (Plan *plan, char kind, const char *one, const char *other, const char *third)
{
  char *prefix = NULL;
  const char *end = NULL;
  if (!mh_patients_pairs_range (kind, one, other, &prefix, &end))
    return FALSE;
  Range *range = plan_range (plan, prefix);
  range->end = g_strdup (end);
  range->lead = g_strdup (end == one ? other : one);
  range->also[0] = g_strdup (third);
  return TRUE;
}

/* Somebody with very many names. */
static void
plan_other (Plan *plan, const char *lead, const char *end, const char *third)
{
  Range *range = plan_range (plan, g_strconcat ("o:", lead, NULL));
  range->also[0] = g_strdup (end);
  range->also[1] = g_strdup (third);
}

/* A word may begin with both tokens (or sound as if), or both are too short: FALSE, and the plan is
 * as it was. */
static gboolean
plan_names (Plan *plan, const Tokens *tokens)
{
  guint i = 0, k = 0;
  if (!two_names (tokens, &i, &k))
    return FALSE;
  const char *one = tokens->tokens[i], *other = tokens->tokens[k];
  const char *third = tokens->n == 3 ? tokens->tokens[3 - i - k] : NULL;
  g_autofree char *key = mh_text_phonetic (one);
  g_autofree char *other_key = mh_text_phonetic (other);
  if (!mh_patients_pairs_apart (one, other) || !mh_patients_pairs_apart (key, other_key)
      || !plan_pair (plan, 'n', one, other, third))
    return FALSE;
  plan_pair (plan, 'p', key, other_key, third);
  plan_other (plan, one, other, third);
  if (strcmp (one, key) != 0)
    plan_other (plan, key, other, third);
  return TRUE;
}

/* So many digits are of fewer patients than any name. Puts them first. */
static gboolean
digits_lead (Tokens *tokens)
{
  gint64 counts[MH_CROWD_WORDS] = { 0 };
  for (guint i = 0; i < tokens->n; i++)
    if (all_digits (tokens->tokens[i]) && strlen (tokens->tokens[i]) >= LEADING_DIGITS)
      {
        swap_tokens (tokens, counts, 0, i);
        return TRUE;
      }
  return FALSE;
}

/* *out_crowd: who may have all the words, when that could be listed; else NULL. FALSE: the list
 * could not be read. */
static gboolean
plan_tokens (Plan *plan, MhDb *db, Tokens *tokens, GPtrArray **out_crowd, GError **error)
{
  gint64 counts[MH_CROWD_WORDS] = { 0 };
  if (plan_names (plan, tokens))
    return TRUE;
  gboolean digits = digits_lead (tokens);
  if (tokens->n > 1 && !digits
      && !mh_patients_crowd (db, (const char *const *)tokens->tokens, tokens->n, counts, out_crowd,
                             error))
    return FALSE;
  if (!digits)
    order_tokens (tokens, counts);
  plan->listed = tokens->n > 1 && !digits && counts[0] >= LIST_FROM && counts[1] < MH_CROWD_MOST;
  if (all_digits (tokens->tokens[0]))
    plan_digits (plan, tokens->tokens[0], tokens->tokens[0]);
  else
    plan_letters (plan, tokens->tokens[0]);
  for (guint r = 0; r < plan->ranges->len; r++)
    for (guint i = 1; i < tokens->n; i++)
      ((Range *)g_ptr_array_index (plan->ranges, r))->also[i - 1] = g_strdup (tokens->tokens[i]);
  return TRUE;
}

/* --- years and joined words --- */

/* "1984" beside a name. */
static gboolean
is_year (const char *token)
{
  return strlen (token) == 4 && all_digits (token)
         && (token[0] == '1' ? token[1] == '9' : token[0] == '2' && token[1] == '0');
}

/* @word as it is written and by its sound, beside up to two other tokens. */
static void
plan_word (Plan *plan, const char *word, const char *also, const char *third, gboolean year)
{
  g_autofree char *key = mh_text_phonetic (word);
  for (guint i = 0; i < (strlen (key) >= 3 ? 2 : 1); i++)
    {
      Range *range
          = plan_range (plan, g_strconcat (i == 0 ? "n:" : "p:", i == 0 ? word : key, NULL));
      range->also[0] = g_strdup (also);
      range->also[1] = g_strdup (third);
      range->year = year;
    }
}

/* Ranges with a year beside a name are looked through for the year of birth first; "verma 1984" by
 * the name, however few have such a phone. */
static void
plan_years (Plan *plan, const Tokens *tokens)
{
  g_autoptr (GPtrArray) ranges = g_steal_pointer (&plan->ranges);
  plan->ranges = g_ptr_array_new_with_free_func (range_free);
  guint year = tokens->n == 2 && is_year (tokens->tokens[0]) ? 0 : 1;
  if (tokens->n == 2 && is_year (tokens->tokens[year]) && !has_digits (tokens->tokens[1 - year]))
    plan_word (plan, tokens->tokens[1 - year], tokens->tokens[year], NULL, TRUE);
  for (guint i = 0; i < ranges->len; i++)
    {
      const Range *range = g_ptr_array_index (ranges, i);
      if (tokens->n == 2
          || ((range->also[0] == NULL || !is_year (range->also[0]))
              && (range->also[1] == NULL || !is_year (range->also[1]))))
        continue;
      Range *born = plan_range (plan, g_strdup (range->prefix));
      born->lead = g_strdup (range->lead);
      born->end = g_strdup (range->end);
      born->also[0] = g_strdup (range->also[0]);
      born->also[1] = g_strdup (range->also[1]);
      born->year = TRUE;
    }
  g_ptr_array_extend_and_steal (plan->ranges, g_steal_pointer (&ranges));
}

/* "d souza" may be a Dsouza, "de la cruz" a Delacruz: the short words with the next one, as one. */
static void
plan_joined (Plan *plan, char **all)
{
  guint n = g_strv_length (all), from = 0;
  while (from + 1 < n && (!mh_text_is_particle (all[from]) || has_digits (all[from])))
    from++;
  if (from + 1 >= n || n > TOKENS + 1)
    return;
  guint to = from + 1;
  while (to + 1 < n && mh_text_is_particle (all[to]))
    to++;
  g_autoptr (GString) joined = g_string_new (all[from]);
  for (guint i = from + 1; i <= to; i++)
    g_string_append (joined, all[i]);
  if (has_digits (joined->str) || joined->len < 5)
    return;
  const char *also[2] = { NULL, NULL };
  guint n_also = 0;
  for (guint k = 0; k < n && n_also < 2; k++)
    if (k < from || k > to)
      also[n_also++] = all[k];
  plan_word (plan, joined->str, also[0], also[1], FALSE);
}

/* Without a range in it nobody is meant. */
static gboolean
plan_make (Plan *plan, MhDb *db, const char *q, GPtrArray **out_crowd, GError **error)
{
  g_autofree char *ascii = mh_text_ascii_digits (q);
  g_autofree char *folded = mh_text_fold_name (ascii);
  g_auto (GStrv) all = g_strsplit (folded, " ", -1);
  Tokens tokens = longest_tokens (all);
  plan->ranges = g_ptr_array_new_with_free_func (range_free);
  g_autofree char *upper = g_ascii_strup (g_strstrip (ascii), -1);
  if (plan_birth (plan, ascii) || plan_number (plan, upper) || plan_phone (plan, ascii))
    return TRUE;
  if (tokens.n > 0 && !plan_tokens (plan, db, &tokens, out_crowd, error))
    return FALSE;
  plan_joined (plan, all);
  plan_years (plan, &tokens);
  return TRUE;
}

/* How the other tokens are looked for beside a range: as they are written beside a name, by their
 * sound beside a sound, either way beside a number; digits as the beginning or the end of a phone.
 */
typedef struct
{
  char *way[2][2];
} Also;

static void
also_init (Also *also, const Range *range)
{
  char kind = range->prefix[0];
  for (guint i = 0; i < 2; i++)
    {
      const char *token = range->also[i];
      if (token == NULL)
        continue;
      if (range->year && is_year (token))
        {
          also->way[i][0] = g_strconcat ("b:", token, "-", NULL);
          continue;
        }
      if (all_digits (token))
        {
          g_autofree char *reverse = g_strreverse (g_strdup (token));
          also->way[i][0] = g_strconcat ("d:", token, NULL);
          also->way[i][1] = g_strconcat ("r:", reverse, NULL);
          continue;
        }
      g_autofree char *key = mh_text_phonetic (token);
      also->way[i][0]
          = kind == 'p' ? g_strconcat ("p:", key, NULL) : g_strconcat ("n:", token, NULL);
      if (kind != 'p' && kind != 'n' && strlen (key) >= 3)
        also->way[i][1] = g_strconcat ("p:", key, NULL);
    }
}

static void
also_clear (Also *also)
{
  for (guint i = 0; i < 4; i++)
    g_free (also->way[i / 2][i % 2]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Also, also_clear)

static gboolean
has_prefix (GPtrArray *words, const char *prefix)
{
  for (guint i = 0; i < words->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (words, i), prefix))
      return TRUE;
  return FALSE;
}

/* The first in order of the pairs made of @words that the range asks for; NULL: none. */
static char *
first_pair (const Range *range, GPtrArray *words)
{
  g_autoptr (GPtrArray) pairs = mh_patients_pairs (words);
  for (guint i = 0; i < pairs->len; i++)
    {
      const char *pair = g_ptr_array_index (pairs, i);
      const char *end = strrchr (pair, ' ') + 1;
      if (g_str_has_prefix (pair, range->prefix) && g_str_has_prefix (end, range->end))
        return g_strdup (pair);
    }
  return NULL;
}

/* The first word, or pair, by which the patient of the sorted @words is found in @range, with the
 * other tokens; NULL: it is not. */
static char *
place_in_range (const Range *range, GPtrArray *words)
{
  g_auto (Also) also = { { { NULL } } };
  also_init (&also, range);
  for (guint i = 0; i < 2; i++)
    if (also.way[i][0] != NULL && !has_prefix (words, also.way[i][0])
        && (also.way[i][1] == NULL || !has_prefix (words, also.way[i][1])))
      return NULL;
  if (range->end != NULL)
    return first_pair (range, words);
  for (guint i = 0; i < words->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (words, i), range->prefix))
      return g_strdup (g_ptr_array_index (words, i));
  return NULL;
}

/* A patient may match by several words and in several ranges; it is shown where it matches first.
 */
static gboolean
is_first_place (const Plan *plan, guint n, MhPatientsRows *rows)
{
  g_autoptr (MhRecord) patient = mh_patients_rows_record (rows);
  g_autoptr (GPtrArray) words = mh_patients_store_words (patient);
  for (guint i = 0; i <= n; i++)
    {
      g_autofree char *place = place_in_range (nth_range (plan, i), words);
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
  MhDb *db;
  const MhActor *actor;
  const Plan *plan;
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
range_query (const Search *search, guint n, const Also *also, const char *word, const char *id)
{
  const Range *range = nth_range (search->plan, n);
  MhPatientsQuery query = { .hospital_id = mh_actor_hospital_id (search->actor),
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
announce (const Search *search, guint from)
{
  const Plan *plan = search->plan;
  gboolean name = nth_range (plan, from)->prefix[0] == 'n' && nth_range (plan, from)->end == NULL;
  for (guint range = from; !name && range < plan->ranges->len; range++)
    {
      g_auto (Also) also = { { { NULL } } };
      also_init (&also, nth_range (plan, range));
      MhPatientsQuery query = range_query (search, range, &also, "", "");
      mh_patients_store_search_ahead (search->db, &query);
    }
}

static void
take (Search *search, guint range, MhPatientsRows *rows)
{
  g_ptr_array_add (search->heads, search->items != NULL ? mh_patients_rows_put (rows, search->items)
                                                        : mh_patients_rows_record (rows));
  if (++search->n == search->limit)
    search->next = cursor_new (range, mh_patients_rows_word (rows), mh_patients_rows_id (rows));
}

/* One page of rows, from which some may be left out; how many there were in *out_n, the last one's
 * place in *word and *id. */
static gboolean
search_page (Search *search,
             guint range,
             const Also *also,
             char **word,
             char **id,
             guint *out_n,
             GError **error)
{
  g_autoptr (GError) inner = NULL;
  MhPatientsQuery query = range_query (search, range, also, *word, *id);
  g_autoptr (MhPatientsRows) rows = mh_patients_store_search (search->db, &query, error);
  if (rows == NULL)
    return FALSE;
  *out_n = 0;
  while (search->next == NULL && mh_patients_rows_next (rows, &inner))
    {
      if (is_shown (search, range, rows))
        take (search, range, rows);
      if (++*out_n < search->limit)
        continue;
      g_free (*word);
      g_free (*id);
      *word = g_strdup (mh_patients_rows_word (rows));
      *id = g_strdup (mh_patients_rows_id (rows));
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
  g_autofree char *last_word = g_strdup (word);
  g_autofree char *last_id = g_strdup (id);
  guint n = search->limit;
  g_auto (Also) also = { { { NULL } } };
  also_init (&also, nth_range (search->plan, range));
  while (search->next == NULL && n == search->limit)
    if (!search_page (search, range, &also, &last_word, &last_id, &n, error))
      return FALSE;
  return TRUE;
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
compare_places (guint range, const char *word, const char *id, const Match *match)
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
  return compare_places (one->range, one->word, one->id, *(Match *const *)b);
}

/* Where the patient stands among the found; NULL: it only seemed to be one of them. */
static Match *
match_of (const Search *search, MhPatientsRows *rows)
{
  const Plan *plan = search->plan;
  g_autoptr (MhRecord) patient = mh_patients_rows_record (rows);
  g_autoptr (GPtrArray) words = mh_patients_store_words (patient);
  char *word = NULL;
  guint range = 0;
  while (range < plan->ranges->len && word == NULL)
    word = place_in_range (nth_range (plan, range++), words);
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
          search->db, mh_actor_hospital_id (search->actor), crowd, at, error);
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
    if (id == NULL || compare_places (from, word, id, g_ptr_array_index (matches, i)) < 0)
      take_match (search, g_ptr_array_index (matches, i));
  return TRUE;
}

/* Without words: the newest. */
static gboolean
find_newest (Search *search, const char *const *after, GError **error)
{
  g_autoptr (GPtrArray) rows
      = mh_patients_store_newest (search->db, mh_actor_hospital_id (search->actor),
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
find_planned (Search *search, Plan *plan, const char *q, const char *const *cursor, GError **error)
{
  static const char *const start[] = { "0", "", "" };
  const char *const *place = cursor != NULL ? cursor : start;
  g_autoptr (GPtrArray) crowd = NULL;
  guint from = (guint)g_ascii_strtoull (place[0], NULL, 10);
  if (!plan_make (plan, search->db, q, &crowd, error))
    return FALSE;
  if (crowd != NULL)
    return search_crowd (search, crowd, from, cursor != NULL ? cursor[1] : NULL,
                         cursor != NULL ? cursor[2] : NULL, error);
  if (cursor == NULL && plan->ranges->len > 0)
    announce (search, from);
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
  g_autoptr (GPtrArray) texts = mh_patients_forgive (search->db, q, error);
  for (guint i = 0; texts != NULL && i < texts->len && search->next == NULL; i++)
    {
      g_auto (Plan) plan = { NULL };
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
  g_auto (Plan) plan = { NULL };
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
find (Search *search, const char *q, const char *const *after, GError **error)
{
  return q == NULL || q[0] == 0 ? find_newest (search, after, error)
                                : find_words (search, q, after, error);
}

GPtrArray *
mh_patients_service_find (MhDb *db,
                          const MhActor *actor,
                          const char *q,
                          const char *const *after,
                          guint limit,
                          char ***out_next,
                          GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  Search search = { .db = db, .actor = actor, .limit = limit, .heads = found };
  if (!find (&search, q, after, error) || !mh_access_mask (db, actor, found, error))
    {
      g_strfreev (search.next);
      return NULL;
    }
  *out_next = search.next;
  return g_steal_pointer (&found);
}

GString *
mh_patients_service_find_json (MhDb *db,
                               const MhActor *actor,
                               const char *q,
                               const char *const *after,
                               guint limit,
                               char ***out_next,
                               GError **error)
{
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) items = g_string_sized_new (16384);
  Search search = { .db = db, .actor = actor, .limit = limit, .heads = heads, .items = items };
  mh_json_open (items, '[');
  gboolean found = find (&search, q, after, error);
  mh_json_close (items, ']');
  if (!found || !mh_access_mask_json (db, actor, heads, items, error))
    {
      g_strfreev (search.next);
      return NULL;
    }
  *out_next = search.next;
  return g_steal_pointer (&items);
}
