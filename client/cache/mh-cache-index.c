/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/cache/mh-cache-index.h"

#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"

#include <string.h>

/* Fields in which people look for words and for numbers, by name, because several types have them.
 */
static const char *const word_fields[]
    = { "given_name",   "middle_name", "family_name", "native_name", "alias",
        "patient_name", "name",        "short_name",  "username",    NULL };
static const char *const phone_fields[] = { "phone", "phone2", "patient_phone", NULL };
static const char *const number_fields[]
    = { "mrn", "patient_mrn", "number", "accession", "code", "abha", NULL };
static const char *const group_fields[]
    = { "tab", "status", "patient_id", "assigned_to", "analyte", "order_id", NULL };

static const char *
cache_index_text_of (MhRecord *record, const char *name)
{
  const MhRecordType *type = mh_record_type (record);
  int field = mh_record_type_find (type, name);
  return field >= 0 && mh_field_is_text (&type->fields[field])
             ? mh_record_text (record, (guint)field)
             : NULL;
}

static const char *
text_of_date (MhRecord *record, const char *name)
{
  int field = mh_record_type_find (mh_record_type (record), name);
  return field >= 0 ? mh_record_text (record, (guint)field) : NULL;
}

static void
cache_index_add (GPtrArray *words, char *word)
{
  if (g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
    g_free (word);
  else
    g_ptr_array_add (words, word);
}

/* "verma" → ve, ver, verm, verma. Counted in code points, so that other scripts work too. */
static void
add_prefixes (GPtrArray *words, char kind, const char *word, guint least)
{
  guint n = mh_text_length (word);
  for (guint length = least; length <= MIN (n, MH_CACHE_LONGEST_PREFIX); length++)
    {
      gsize bytes = (gsize)(g_utf8_offset_to_pointer (word, length) - word);
      cache_index_add (words, g_strdup_printf ("%c:%.*s", kind, (int)bytes, word));
    }
}

static void
cache_index_add_words (GPtrArray *words, const char *text)
{
  g_autoptr (GPtrArray) parts = mh_text_name_words (text);
  for (guint i = 0; i < parts->len; i++)
    {
      const char *part = g_ptr_array_index (parts, i);
      g_autofree char *key = mh_text_phonetic (part);
      add_prefixes (words, 'w', part, 2);
      if (strlen (key) >= 3)
        cache_index_add (words, g_strconcat ("p:", key, NULL));
    }
}

static char *
alphanumeric (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *c = text; *c != 0; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (out, g_ascii_toupper (*c));
  return g_string_free (out, FALSE);
}

static void
cache_index_add_number (GPtrArray *words, const char *text)
{
  g_autofree char *number = alphanumeric (text);
  const char *digits = number + strcspn (number, "0123456789");
  add_prefixes (words, 'n', number, 3);
  add_prefixes (words, 'n', digits, 3);
  cache_index_add (words, g_strconcat ("n:", number, NULL));
}

static void
cache_index_add_phone (GPtrArray *words, const char *text)
{
  g_autofree char *digits = mh_text_phone_digits (text);
  g_autofree char *reversed = g_strreverse (g_strdup (digits));
  add_prefixes (words, 'd', digits, 3);
  add_prefixes (words, 'r', reversed, 3);
}

static void
add_samples (GPtrArray *words, MhRecord *record)
{
  GPtrArray *samples = mh_record_type (record) == &mh_order_type
                           ? mh_record_records (record, MH_ORDER_SAMPLES)
                           : NULL;
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      const char *accession = mh_record_text (g_ptr_array_index (samples, i), MH_SAMPLE_ACCESSION);
      if (accession != NULL)
        cache_index_add_number (words, accession);
    }
}

GPtrArray *
mh_cache_index_words (MhRecord *record)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  const char *text;
  for (guint i = 0; word_fields[i] != NULL; i++)
    if ((text = cache_index_text_of (record, word_fields[i])) != NULL)
      cache_index_add_words (words, text);
  for (guint i = 0; number_fields[i] != NULL; i++)
    if ((text = cache_index_text_of (record, number_fields[i])) != NULL)
      cache_index_add_number (words, text);
  for (guint i = 0; phone_fields[i] != NULL; i++)
    if ((text = cache_index_text_of (record, phone_fields[i])) != NULL)
      cache_index_add_phone (words, text);
  for (guint i = 0; group_fields[i] != NULL; i++)
    if ((text = cache_index_text_of (record, group_fields[i])) != NULL)
      cache_index_add (words, g_strdup_printf ("g:%s=%s", group_fields[i], text));

  if ((text = text_of_date (record, "birth_date")) != NULL)
    cache_index_add (words, g_strdup_printf ("b:%.4s", text));
  add_samples (words, record);

  return words;
}

static char *
cut (char kind, const char *word)
{
  guint n = MIN (mh_text_length (word), MH_CACHE_LONGEST_PREFIX);
  gsize bytes = (gsize)(g_utf8_offset_to_pointer (word, n) - word);
  return g_strdup_printf ("%c:%.*s", kind, (int)bytes, word);
}

/* The longest word typed finds the fewest candidates. */
static char *
longest_word (const char *text)
{
  gboolean names = FALSE;
  g_autofree char *ascii = mh_text_ascii_digits (text);
  g_autofree char *folded = mh_text_fold_name (ascii);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  const char *longest = "";

  for (guint i = 0; parts[i] != NULL; i++)
    names |= strpbrk (parts[i], "0123456789") == NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      /* beside a name four digits may be a year of birth, which is in the index whole alone */
      gboolean year = names && strlen (parts[i]) == 4 && strspn (parts[i], "0123456789") == 4;
      if (!year && strlen (parts[i]) > strlen (longest))
        longest = parts[i];
    }

  return g_strdup (longest);
}

GPtrArray *
mh_cache_index_query (const char *text)
{
  GPtrArray *query = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *word = longest_word (text);
  g_autofree char *number = alphanumeric (text);
  g_autofree char *key = mh_text_phonetic (word);
  gboolean digits = word[0] != 0 && strspn (word, "0123456789") == strlen (word);

  if (mh_text_length (word) < 2)
    return query;

  if (digits && strlen (word) >= 3)
    {
      g_autofree char *reversed = g_strreverse (g_strdup (word));
      g_ptr_array_add (query, cut ('d', word));
      g_ptr_array_add (query, cut ('r', reversed));
      g_ptr_array_add (query, cut ('n', word));
    }
  else if (!digits)
    {
      g_ptr_array_add (query, cut ('w', word));
      if (strlen (key) >= 3)
        g_ptr_array_add (query, g_strconcat ("p:", key, NULL));
    }

  if (strlen (number) >= 3 && strpbrk (number, "0123456789") != NULL && !digits)
    g_ptr_array_add (query, cut ('n', number));
  return query;
}

static gboolean
cache_index_has_prefix (GPtrArray *words, const char *word)
{
  for (guint i = 0; i < words->len; i++)
    if (g_str_equal (g_ptr_array_index (words, i), word))
      return TRUE;
  return FALSE;
}

gboolean
mh_cache_index_matches (MhRecord *record, const char *text)
{
  g_autoptr (GPtrArray) words = mh_cache_index_words (record);
  g_autofree char *ascii = mh_text_ascii_digits (text);
  g_autofree char *number = alphanumeric (ascii);
  g_autofree char *whole = cut ('n', number);

  if (strlen (number) >= 3 && cache_index_has_prefix (words, whole))
    return TRUE;

  g_autofree char *folded = mh_text_fold_name (ascii);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      gboolean hit = mh_text_length (parts[i]) < 2;
      g_autoptr (GPtrArray) query = mh_cache_index_query (parts[i]);
      for (guint k = 0; k < query->len && !hit; k++)
        hit = cache_index_has_prefix (words, g_ptr_array_index (query, k));
      if (!hit && parts[1] != NULL && strlen (parts[i]) == 4)
        {
          g_autofree char *year = g_strconcat ("b:", parts[i], NULL);
          hit = cache_index_has_prefix (words, year);
        }
      if (!hit)
        return FALSE;
    }

  return TRUE;
}

/* Of one typed word. */
static guint
rank_word (GPtrArray *names, const char *word)
{
  guint rank = 0;
  for (guint i = 0; i < names->len && rank < 2; i++)
    if (g_str_has_prefix (g_ptr_array_index (names, i), word))
      rank = MAX (rank, strcmp (g_ptr_array_index (names, i), word) == 0 ? 2 : 1);
  return rank;
}

guint
mh_cache_index_rank (MhRecord *record, const char *text)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = mh_text_fold_name (text);
  g_auto (GStrv) typed = g_strsplit (folded, " ", -1);
  guint rank = 0;

  for (guint i = 0; word_fields[i] != NULL; i++)
    {
      const char *name = cache_index_text_of (record, word_fields[i]);
      if (name != NULL)
        g_ptr_array_extend_and_steal (names, mh_text_name_words (name));
    }

  for (guint i = 0; typed[i] != NULL; i++)
    if (typed[i][0] != 0)
      rank += rank_word (names, typed[i]);

  return rank;
}

/* --- what may have been meant --- */

#define MOST_TOKENS 3
/* A shorter word is the beginning of too many. */
#define LEAST_LETTERS 5

/* @tokens with @text in place of @n of them from @at on. */
static char *
cache_index_replaced (char **tokens, guint at, guint n, const char *text)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; tokens[i] != NULL; i++)
    if (i == at || i < at || i >= at + n)
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", i == at ? text : tokens[i]);
  return g_string_free (out, FALSE);
}

static void
add_slip (GPtrArray *texts,
          char **tokens,
          guint at,
          const char *begin,
          const char *letter,
          const char *end)
{
  g_autofree char *word = g_strconcat (begin, letter, end, NULL);
  g_ptr_array_add (texts, cache_index_replaced (tokens, at, 1, word));
}

/* Every word that is one letter away; the words themselves cannot be listed, only their hashes. */
static void
cache_index_add_slips (GPtrArray *texts, char **tokens, guint at)
{
  const char *word = tokens[at];
  gsize n = strlen (word);
  for (gsize i = 0; i <= n; i++)
    {
      g_autofree char *begin = g_strndup (word, i);
      if (i + 1 < n && word[i] != word[i + 1])
        {
          const char swapped[] = { word[i + 1], word[i], 0 };
          add_slip (texts, tokens, at, begin, swapped, word + i + 2);
        }
      if (i < n)
        add_slip (texts, tokens, at, begin, "", word + i + 1);
      for (char c = 'a'; c <= 'z'; c++)
        {
          const char letter[] = { c, 0 };
          if (i < n && c != word[i])
            add_slip (texts, tokens, at, begin, letter, word + i + 1);
          add_slip (texts, tokens, at, begin, letter, word + i);
        }
    }
}

static gboolean
is_latin (const char *token)
{
  return strspn (token, "abcdefghijklmnopqrstuvwxyz") == strlen (token)
         && strlen (token) >= LEAST_LETTERS;
}

GPtrArray *
mh_cache_index_forgive (const char *text)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = mh_text_fold_name (text);
  g_auto (GStrv) tokens = g_strsplit (folded, " ", -1);
  guint n = g_strv_length (tokens);

  if (n > MOST_TOKENS)
    return texts;

  for (guint i = 0; i + 1 < n; i++)
    {
      g_autofree char *joined = g_strconcat (tokens[i], tokens[i + 1], NULL);
      if (is_latin (joined))
        g_ptr_array_add (texts, cache_index_replaced (tokens, i, 2, joined));
    }

  if (n == 3)
    {
      g_autofree char *joined = g_strjoinv ("", tokens);
      g_ptr_array_add (texts, g_steal_pointer (&joined));
    }

  for (guint i = 0; i < n; i++)
    if (is_latin (tokens[i]))
      cache_index_add_slips (texts, tokens, i);

  return texts;
}

gint64
mh_cache_index_when (MhRecord *record)
{
  static const char *const fields[] = { "ordered_at", "created_at", NULL };
  const MhRecordType *type = mh_record_type (record);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      int field = mh_record_type_find (type, fields[i]);
      if (field >= 0 && mh_record_has (record, (guint)field))
        return mh_record_int (record, (guint)field);
    }
  return 0;
}
