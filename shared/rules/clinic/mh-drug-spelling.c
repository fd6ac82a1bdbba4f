/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys under which the spellings of a medicine's name are one. */
#include "shared/base/mh-text.h"
#include "shared/rules/clinic/mh-drug-names.h"

#include <string.h>

#define MOST_LETTERS 63

/* What stands beside a name without being one. */
static const char *const beside[]
    = { "allergy", "allergie",   "allergic",    "to",         "history",   "of",          "known",
        "h",       "o",          "reaction",    "reactions",  "rash",      "rashes",      "itching",
        "hives",   "urticaria",  "swelling",    "severe",     "mild",      "anaphylaxis", "drug",
        "drugs",   "medicine",   "medicines",   "medication", "group",     "class",       "type",
        "types",   "antibiotic", "antibiotics", "tablet",     "tablets",   "tab",         "tabs",
        "capsule", "capsules",   "cap",         "caps",       "injection", "injections",  "inj",
        "syrup",   "syp",        "syr",         "suspension", "susp",      "drops",       "drop",
        "cream",   "ointment",   "gel",         "lotion",     "spray",     "inhaler",     "oral",
        "iv",      "im",         "mg",          "g",          "gm",        "mcg",         "ml",
        "iu",      "ds",         "sr",          "xr",         "er",        "cr",          "mr",
        "od",      "forte",      "duo",         "kid",        "and",       "or",          "any",
        "all",     "other",      "the",         NULL };

static gboolean
is_beside (const char *word)
{
  return g_ascii_isdigit (word[0]) || g_strv_contains (beside, word);
}

static void
drug_spelling_append (GString *key, char letter)
{
  if (key->len == 0 || key->str[key->len - 1] != letter || g_ascii_isdigit (letter))
    g_string_append_c (key, letter);
}

static gboolean
is_soft (char next)
{
  return next == 'e' || next == 'i' || next == 'y';
}

/* Of the letters from @at on; how many were used. */
static gsize
drug_spelling_append_sound (GString *key, const char *at)
{
  static const struct
  {
    const char *written, *sound;
  } pairs[] = { { "ph", "f" }, { "th", "t" }, { "rh", "r" }, { "ch", "k" },
                { "ck", "k" }, { "ae", "e" }, { "oe", "e" }, { "qu", "ku" } };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_str_has_prefix (at, pairs[i].written))
      {
        for (const char *sound = pairs[i].sound; *sound != 0; sound++)
          drug_spelling_append (key, *sound);
        return 2;
      }

  if (*at == 'c')
    drug_spelling_append (key, is_soft (at[1]) ? 's' : 'k');
  else if (*at == 'x')
    {
      drug_spelling_append (key, 'k');
      drug_spelling_append (key, 's');
    }
  else
    drug_spelling_append (key, *at == 'y'   ? 'i'
                               : *at == 'z' ? 's'
                               : *at == 'w' ? 'v'
                               : *at == 'q' ? 'k'
                                            : *at);

  return 1;
}

/* A plural's s, and an e that is not spoken. */
static void
append_word (GString *key, const char *word)
{
  gsize length = strlen (word);
  if (length > 3 && word[length - 1] == 's' && word[length - 2] != 's')
    length--;
  if (length > 4 && word[length - 1] == 'e')
    length--;
  g_autofree char *stem = g_strndup (word, length);
  for (const char *at = stem; *at != 0;)
    at += drug_spelling_append_sound (key, at);
}

static char *
drug_spelling_key_of (const char *said, gboolean plain)
{
  GString *key = g_string_new (NULL);
  g_autofree char *folded = mh_text_fold (said);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (!plain || !is_beside (words[i]))
      append_word (key, words[i]);
  return g_string_free (key, FALSE);
}

char *
mh_drug_spelling (const char *said)
{
  return drug_spelling_key_of (said, FALSE);
}

char *
mh_drug_spelling_plain (const char *said)
{
  return drug_spelling_key_of (said, TRUE);
}

/* Damerau and Levenshtein's, with three rows; a letter is moved over one neighbour at most. */
guint
mh_drug_spelling_distance (const char *a, const char *b, guint most)
{
  gsize n = strlen (a), m = strlen (b);
  guint rows[3][MOST_LETTERS + 1];
  if (n > MOST_LETTERS || m > MOST_LETTERS || MAX (n, m) - MIN (n, m) > most)
    return most + 1;

  for (guint k = 0; k <= m; k++)
    rows[0][k] = k;
  for (guint i = 1; i <= n; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];
      guint least = row[0] = i;
      for (guint k = 1; k <= m; k++)
        {
          row[k] = MIN (MIN (above[k], row[k - 1]) + 1, above[k - 1] + (a[i - 1] != b[k - 1]));
          if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
            row[k] = MIN (row[k], two_above[k - 2] + 1);
          least = MIN (least, row[k]);
        }
      if (least > most)
        return most + 1;
    }

  return MIN (rows[n % 3][m], most + 1);
}
