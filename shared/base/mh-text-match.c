/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How alike two names are: the phonetic key for Indian names and the Jaro-Winkler measure. */
#include "shared/base/mh-text-private.h"
#include "shared/base/mh-text.h"

#include <string.h>

/* --- phonetic key --- */

/* Spellings of one sound, longest first. Applied from left to right to what remains of the word. */
static const struct
{
  const char *spelling, *sound;
} sounds[] = {
  { "chh", "c" }, { "ksh", "ks" }, { "ch", "c" }, { "sh", "s" }, { "th", "t" }, { "dh", "d" },
  { "bh", "b" },  { "kh", "k" },   { "gh", "g" }, { "ph", "f" }, { "jh", "j" }, { "rh", "r" },
  { "zh", "j" },  { "ck", "k" },   { "aa", "a" }, { "ee", "i" }, { "ii", "i" }, { "oo", "u" },
  { "uu", "u" },  { "ou", "o" },   { "au", "o" }, { "ai", "e" }, { "ei", "e" }, { "ay", "e" },
  { "ey", "e" },  { "ie", "i" },   { "w", "v" },  { "z", "j" },  { "x", "ks" }, { "q", "k" },
};

static gboolean
is_vowel (char c)
{
  return c != 0 && strchr ("aeiou", c) != NULL;
}

static void
text_match_append_sound (GString *out, const char *sound)
{
  for (; *sound != 0; sound++)
    if (!g_ascii_isalpha (*sound) || out->len == 0 || out->str[out->len - 1] != *sound)
      g_string_append_c (out, *sound);
}

static gboolean
append_table_sound (GString *out, const char **at)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sounds); i++)
    if (g_str_has_prefix (*at, sounds[i].spelling))
      {
        text_match_append_sound (out, sounds[i].sound);
        *at += strlen (sounds[i].spelling);
        return TRUE;
      }
  return FALSE;
}

/* "ow" and "aw" before a consonant or at the end are the vowel of Choudhary, not a v. */
static gboolean
is_o_glide (const char *at)
{
  return (at[0] == 'o' || at[0] == 'a') && at[1] == 'w' && !is_vowel (at[2]);
}

/* A letter without a rule of its own; an h only counts at the start and between vowels. */
static void
append_letter (GString *out, const char *word, const char *at)
{
  char sound[2] = { *at, 0 };
  if (*at == 'h' && at != word && !(is_vowel (at[-1]) && is_vowel (at[1])))
    return;
  if (*at == 'c')
    sound[0] = at[1] != 0 && strchr ("eiy", at[1]) != NULL ? 's' : 'k';
  /* Of two consonants and a y the last is a vowel: Satya, Vidya. */
  if (*at == 'y' && at != word && (!is_vowel (at[1]) || !is_vowel (at[-1])))
    sound[0] = 'i';
  text_match_append_sound (out, sound);
}

/* Behind "mc" or "mac" of McDonald and MacDonald; @word itself: it begins otherwise. */
static const char *
skip_mac (const char *word)
{
  const char *rest = g_str_has_prefix (word, "mac")  ? word + 3
                     : g_str_has_prefix (word, "mc") ? word + 2
                                                     : word;
  return rest != word && *rest != 0 && !is_vowel (*rest) && *rest != 'h' ? rest : word;
}

char *
mh_text_phonetic (const char *word)
{
  GString *out = g_string_new (NULL);
  const char *family = word != NULL ? mh_text_family_sound (word) : NULL;

  /* The digit ends it: Shaikh is not the beginning of Shekhawat. */
  if (family != NULL)
    {
      g_string_append_printf (out, "%s0", family);
      return g_string_free (out, FALSE);
    }

  const char *start = word != NULL ? skip_mac (word) : NULL;
  if (start != word)
    g_string_append (out, "mk");
  for (const char *at = start; at != NULL && *at != 0;)
    {
      if (is_o_glide (at))
        {
          text_match_append_sound (out, "o");
          at += 2;
        }
      else if (!append_table_sound (out, &at))
        {
          append_letter (out, word, at);
          at++;
        }
    }

  return g_string_free (out, FALSE);
}

/* --- slips --- */

/* What both begin with alike, and end with alike behind that, is cut away; the rest decides. */
gboolean
mh_text_is_one_slip (const char *a, const char *b)
{
  while (*a != 0 && g_utf8_get_char (a) == g_utf8_get_char (b))
    {
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
    }

  glong n = 0, m = 0;
  g_autofree gunichar *left = g_utf8_to_ucs4_fast (a, -1, &n);
  g_autofree gunichar *right = g_utf8_to_ucs4_fast (b, -1, &m);
  while (n > 0 && m > 0 && left[n - 1] == right[m - 1])
    {
      n--;
      m--;
    }

  if (n <= 1 && m <= 1)
    return n + m > 0;

  return n == 2 && m == 2 && left[0] == right[1] && left[1] == right[0];
}

/* --- Jaro-Winkler --- */

/* Marks the common characters of @a and @b that stand within @window of each other. */
static int
mark_matches (const gunichar *a, int n, const gunichar *b, int m, guint8 *in_a, guint8 *in_b)
{
  int window = MAX (MAX (n, m) / 2 - 1, 0);
  int matches = 0;
  for (int i = 0; i < n; i++)
    for (int j = MAX (0, i - window); j <= MIN (m - 1, i + window); j++)
      if (!in_b[j] && a[i] == b[j])
        {
          in_a[i] = in_b[j] = 1;
          matches++;
          break;
        }
  return matches;
}

static int
count_out_of_order (const gunichar *a,
                    int n,
                    const gunichar *b,
                    const guint8 *in_a,
                    const guint8 *in_b)
{
  int out_of_order = 0;
  for (int i = 0, j = 0; i < n; i++)
    {
      if (!in_a[i])
        continue;
      while (!in_b[j])
        j++;
      out_of_order += a[i] != b[j++];
    }
  return out_of_order;
}

/* Winkler 1990: t is half the matches out of order; a common start of up to four characters adds a
 * tenth of the rest each. */
double
mh_text_jaro_winkler (const char *a, const char *b)
{
  glong n = 0, m = 0;
  g_autofree gunichar *left = g_utf8_to_ucs4 (a != NULL ? a : "", -1, NULL, &n, NULL);
  g_autofree gunichar *right = g_utf8_to_ucs4 (b != NULL ? b : "", -1, NULL, &m, NULL);
  if (left == NULL || right == NULL || n == 0 || m == 0)
    return 0.0;

  g_autofree guint8 *in_left = g_new0 (guint8, n);
  g_autofree guint8 *in_right = g_new0 (guint8, m);
  int matches = mark_matches (left, (int)n, right, (int)m, in_left, in_right);
  if (matches == 0)
    return 0.0;

  int out_of_order = count_out_of_order (left, (int)n, right, in_left, in_right);
  double same = matches;
  double jaro = (same / (double)n + same / (double)m + (same - out_of_order / 2.0) / same) / 3.0;
  int prefix = 0;
  while (prefix < 4 && prefix < n && prefix < m && left[prefix] == right[prefix])
    prefix++;

  return jaro + prefix * 0.1 * (1.0 - jaro);
}
