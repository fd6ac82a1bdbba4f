/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-patients-pairs.h"

#include <string.h>

#include "shared/base/mh-text.h"

/* Characters. A pair must fit into what the index takes of a word; the migration that made the
 * first pairs counts the same. */
#define HEAD 3
#define MOST 24

static int
patients_pairs_compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static guint
count_kind (GPtrArray *words, char kind)
{
  guint n = 0;
  for (guint i = 0; i < words->len; i++)
    n += ((const char *)g_ptr_array_index (words, i))[0] == kind ? 1 : 0;
  return n;
}

static void
patients_pairs_add (GPtrArray *texts, char *text)
{
  if (g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (texts, text);
}

/* "n:singh", "n:sandeep" → "n:sin sandeep singh". */
static char *
patients_pairs_pair_of (const char *end, const char *lead)
{
  g_autofree char *head = mh_text_cut (end + 2, HEAD);
  g_autofree char *whole_end = mh_text_cut (end + 2, MOST);
  g_autofree char *whole_lead = mh_text_cut (lead + 2, MOST);
  return g_strdup_printf ("%c:%s %s %s", end[0], head, whole_lead, whole_end);
}

static gboolean
patients_pairs_is_name (const char *word)
{
  return word[0] == 'n' || word[0] == 'p';
}

GPtrArray *
mh_patients_pairs (GPtrArray *words)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func (g_free);
  if (count_kind (words, 'n') > MH_PAIRS_WORDS)
    return pairs;

  for (guint i = 0; i < words->len; i++)
    for (guint k = 0; k < words->len; k++)
      {
        const char *end = g_ptr_array_index (words, i), *lead = g_ptr_array_index (words, k);
        if (i != k && patients_pairs_is_name (end) && end[0] == lead[0])
          patients_pairs_add (pairs, patients_pairs_pair_of (end, lead));
      }

  g_ptr_array_sort (pairs, patients_pairs_compare);
  return pairs;
}

GPtrArray *
mh_patients_pairs_others (GPtrArray *words)
{
  GPtrArray *others = g_ptr_array_new_with_free_func (g_free);
  if (count_kind (words, 'n') <= MH_PAIRS_WORDS)
    return others;
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      if (patients_pairs_is_name (word))
        patients_pairs_add (others, g_strconcat ("o:", word + 2, NULL));
    }
  g_ptr_array_sort (others, patients_pairs_compare);
  return others;
}

gboolean
mh_patients_pairs_range (char kind,
                         const char *one,
                         const char *other,
                         char **out_range,
                         const char **out_end)
{
  glong a = g_utf8_strlen (one, -1), b = g_utf8_strlen (other, -1);
  /* The shorter one whose first letters are all there leaves fewer rows to look through. */
  gboolean first = a >= HEAD && (b < HEAD || a <= b);
  const char *end = first ? one : other, *lead = first ? other : one;
  if (MAX (a, b) < HEAD || MIN (a, b) < 1 || MAX (a, b) > MOST)
    return FALSE;
  g_autofree char *head = mh_text_cut (end, HEAD);
  *out_range = g_strdup_printf ("%c:%s %s", kind, head, lead);
  *out_end = end;
  return TRUE;
}

gboolean
mh_patients_pairs_apart (const char *one, const char *other)
{
  return !g_str_has_prefix (one, other) && !g_str_has_prefix (other, one);
}
