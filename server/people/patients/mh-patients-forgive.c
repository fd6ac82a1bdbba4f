/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-patients-forgive.h"

#include "server/people/patients/mh-patients-store.h"
#include "shared/base/mh-text.h"

#include <string.h>

#define LEAST_LETTERS 4 /* a shorter word is near to too many */
#define MOST_TOKENS 4
#define MOST_TEXTS 12
#define VOCABULARY 4000

static gboolean
patients_forgive_is_name (const char *token)
{
  return mh_text_length (token) >= LEAST_LETTERS && strpbrk (token, "0123456789") == NULL;
}

/* @tokens with @text in place of @n of them from @at on. Caller frees. */
static char *
patients_forgive_replaced (char **tokens, guint at, guint n, const char *text)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; tokens[i] != NULL; i++)
    if (i == at || i < at || i >= at + n)
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", i == at ? text : tokens[i]);
  return g_string_free (out, FALSE);
}

static void
patients_forgive_add_text (GPtrArray *texts, char *text)
{
  if (texts->len >= MOST_TEXTS || g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (texts, text);
}

static gboolean
add_near (MhDb *db, GPtrArray *texts, char **tokens, guint at, const char *begin, GError **error)
{
  g_autofree char *prefix = g_strconcat ("n:", begin, NULL);
  g_autoptr (GPtrArray) words = mh_patients_store_vocabulary (db, prefix, VOCABULARY, error);
  for (guint i = 0; words != NULL && i < words->len; i++)
    {
      const char *word = (const char *)g_ptr_array_index (words, i) + strlen ("n:");
      if (mh_text_is_one_slip (word, tokens[at]))
        patients_forgive_add_text (texts, patients_forgive_replaced (tokens, at, 1, word));
    }
  return words != NULL;
}

/* Words with the same first letter; and, for a slip in that one, with the second. */
static gboolean
patients_forgive_add_slips (MhDb *db, GPtrArray *texts, char **tokens, guint at, GError **error)
{
  g_autofree char *first = mh_text_cut (tokens[at], 1);
  const char *rest = g_utf8_next_char (tokens[at]);
  g_autofree char *second = mh_text_cut (rest, 1);
  return add_near (db, texts, tokens, at, first, error)
         && (g_str_equal (first, second) || add_near (db, texts, tokens, at, second, error));
}

GPtrArray *
mh_patients_forgive (MhDb *db, const char *q, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = mh_text_fold_name (q);
  g_auto (GStrv) tokens = g_strsplit (folded, " ", -1);
  guint n = g_strv_length (tokens);

  if (n > MOST_TOKENS || strpbrk (folded, "0123456789") == folded)
    return g_steal_pointer (&texts);

  for (guint i = 0; i + 1 < n; i++)
    {
      g_autofree char *joined = g_strconcat (tokens[i], tokens[i + 1], NULL);
      /* an initial is no part of its neighbour */
      if (patients_forgive_is_name (joined) && mh_text_length (tokens[i]) > 1
          && mh_text_length (tokens[i + 1]) > 1)
        patients_forgive_add_text (texts, patients_forgive_replaced (tokens, i, 2, joined));
    }

  for (guint i = 0; i < n; i++)
    if (patients_forgive_is_name (tokens[i])
        && !patients_forgive_add_slips (db, texts, tokens, i, error))
      return NULL;

  return g_steal_pointer (&texts);
}
