/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-patients-plan.h"

#include "server/people/patients/mh-patients-crowd.h"
#include "server/people/patients/mh-patients-pairs.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-text.h"

#include <string.h>

static void
range_free (gpointer data)
{
  MhPatientsRange *range = data;
  g_free (range->prefix);
  g_free (range->lead);
  g_free (range->end);
  g_free (range->also[0]);
  g_free (range->also[1]);
  g_free (range);
}

void
mh_patients_plan_clear (MhPatientsPlan *plan)
{
  g_clear_pointer (&plan->ranges, g_ptr_array_unref);
}

/* Takes @prefix. */
static MhPatientsRange *
plan_range (MhPatientsPlan *plan, char *prefix)
{
  MhPatientsRange *range = g_new0 (MhPatientsRange, 1);
  range->prefix = prefix;
  g_ptr_array_add (plan->ranges, range);
  return range;
}

const MhPatientsRange *
mh_patients_plan_nth (const MhPatientsPlan *plan, guint i)
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
plan_digits (MhPatientsPlan *plan, const char *digits, const char *phone)
{
  char *reversed = g_strreverse (g_strdup (phone));
  plan_range (plan, g_strconcat ("d:", phone, NULL));
  plan_range (plan, g_strconcat ("r:", reversed, NULL));
  plan_range (plan, g_strconcat ("m:", digits, NULL));
  plan_range (plan, g_strconcat ("i:", digits, NULL));
  g_free (reversed);
}

static void
plan_letters (MhPatientsPlan *plan, const char *word)
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
plan_hyphens (MhPatientsPlan *plan, const char *digits)
{
  g_autofree char *phone = mh_text_phone_digits (digits);
  if (strlen (phone) >= 7)
    plan_range (plan, g_strconcat ("d:", phone, NULL));
  plan_range (plan, g_strconcat ("i:", digits, NULL));
}

/* "MH-0001-2345-7", also without the letters, without the hyphens (a scanner's way), or not written
 * to its end. */
static gboolean
plan_number (MhPatientsPlan *plan, const char *text)
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
plan_phone (MhPatientsPlan *plan, const char *text)
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
plan_birth (MhPatientsPlan *plan, const char *text)
{
  char iso[MH_DATE_LENGTH + 1];
  MhDate birth;
  /* UTC: a day more or less moves no year that two digits stand for */
  MhDate today = mh_date_of_instant (mh_clock_now (NULL), NULL);
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
plan_pair (MhPatientsPlan *plan, char kind, const char *one, const char *other, const char *third)
{
  char *prefix = NULL;
  const char *end = NULL;
  if (!mh_patients_pairs_range (kind, one, other, &prefix, &end))
    return FALSE;
  MhPatientsRange *range = plan_range (plan, prefix);
  range->end = g_strdup (end);
  range->lead = g_strdup (end == one ? other : one);
  range->also[0] = g_strdup (third);
  return TRUE;
}

/* Somebody with very many names. */
static void
plan_other (MhPatientsPlan *plan, const char *lead, const char *end, const char *third)
{
  MhPatientsRange *range = plan_range (plan, g_strconcat ("o:", lead, NULL));
  range->also[0] = g_strdup (end);
  range->also[1] = g_strdup (third);
}

/* A word may begin with both tokens (or sound as if), or both are too short: FALSE, and the plan is
 * as it was. */
static gboolean
plan_names (MhPatientsPlan *plan, const Tokens *tokens)
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
plan_tokens (MhPatientsPlan *plan, MhDb *db, Tokens *tokens, GPtrArray **out_crowd, GError **error)
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
      ((MhPatientsRange *)g_ptr_array_index (plan->ranges, r))->also[i - 1]
          = g_strdup (tokens->tokens[i]);

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
plan_word (MhPatientsPlan *plan,
           const char *word,
           const char *also,
           const char *third,
           gboolean year)
{
  g_autofree char *key = mh_text_phonetic (word);
  for (guint i = 0; i < (strlen (key) >= 3 ? 2 : 1); i++)
    {
      MhPatientsRange *range
          = plan_range (plan, g_strconcat (i == 0 ? "n:" : "p:", i == 0 ? word : key, NULL));
      range->also[0] = g_strdup (also);
      range->also[1] = g_strdup (third);
      range->year = year;
    }
}

/* Ranges with a year beside a name are looked through for the year of birth first; "verma 1984" by
 * the name, however few have such a phone. */
static void
plan_years (MhPatientsPlan *plan, const Tokens *tokens)
{
  g_autoptr (GPtrArray) ranges = g_steal_pointer (&plan->ranges);
  plan->ranges = g_ptr_array_new_with_free_func (range_free);
  guint year = tokens->n == 2 && is_year (tokens->tokens[0]) ? 0 : 1;

  if (tokens->n == 2 && is_year (tokens->tokens[year]) && !has_digits (tokens->tokens[1 - year]))
    plan_word (plan, tokens->tokens[1 - year], tokens->tokens[year], NULL, TRUE);
  for (guint i = 0; i < ranges->len; i++)
    {
      const MhPatientsRange *range = g_ptr_array_index (ranges, i);
      if (tokens->n == 2
          || ((range->also[0] == NULL || !is_year (range->also[0]))
              && (range->also[1] == NULL || !is_year (range->also[1]))))
        continue;
      MhPatientsRange *born = plan_range (plan, g_strdup (range->prefix));
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
plan_joined (MhPatientsPlan *plan, char **all)
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

gboolean
mh_patients_plan_make (MhPatientsPlan *plan,
                       MhDb *db,
                       const char *q,
                       GPtrArray **out_crowd,
                       GError **error)
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

void
mh_patients_also_init (MhPatientsAlso *also, const MhPatientsRange *range)
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

void
mh_patients_also_clear (MhPatientsAlso *also)
{
  for (guint i = 0; i < 4; i++)
    g_free (also->way[i / 2][i % 2]);
}

static gboolean
patients_plan_has_prefix (GPtrArray *words, const char *prefix)
{
  for (guint i = 0; i < words->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (words, i), prefix))
      return TRUE;
  return FALSE;
}

/* The first in order of the pairs made of @words that the range asks for; NULL: none. */
static char *
first_pair (const MhPatientsRange *range, GPtrArray *words)
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

char *
mh_patients_range_place (const MhPatientsRange *range, GPtrArray *words)
{
  g_auto (MhPatientsAlso) also = { { { NULL } } };
  mh_patients_also_init (&also, range);
  for (guint i = 0; i < 2; i++)
    if (also.way[i][0] != NULL && !patients_plan_has_prefix (words, also.way[i][0])
        && (also.way[i][1] == NULL || !patients_plan_has_prefix (words, also.way[i][1])))
      return NULL;

  if (range->end != NULL)
    return first_pair (range, words);

  for (guint i = 0; i < words->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (words, i), range->prefix))
      return g_strdup (g_ptr_array_index (words, i));

  return NULL;
}
