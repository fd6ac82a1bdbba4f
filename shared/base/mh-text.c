/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-text.h"

#include <string.h>

/* --- folding --- */

/* Devanagari to Latin, one entry per code point from U+0900. A leading '+' marks a consonant, which
 * carries an "a" unless a vowel sign or the end of the word takes it away. "" is dropped, NULL is
 * punctuation. */
/* clang-format off */
static const char *const devanagari[0x80] = {
  /* 0900 */ "n", "n", "n", "h", "a", "a", "a", "i", "i", "u", "u", "ri", "l", "e", "e", "e",
  /* 0910 */ "ai", "o", "o", "o", "au", "+k", "+kh", "+g", "+gh", "+n", "+ch", "+chh", "+j", "+jh", "+n", "+t",
  /* 0920 */ "+th", "+d", "+dh", "+n", "+t", "+th", "+d", "+dh", "+n", "+n", "+p", "+ph", "+b", "+bh", "+m", "+y",
  /* 0930 */ "+r", "+r", "+l", "+l", "+l", "+v", "+sh", "+sh", "+s", "+h", "o", "o", "", "", "a", "i",
  /* 0940 */ "i", "u", "u", "ri", "ri", "e", "e", "e", "ai", "o", "o", "o", "au", "", "e", "au",
  /* 0950 */ "om", "", "", "", "", "e", "u", "u", "+q", "+kh", "+g", "+z", "+r", "+rh", "+f", "+y",
  /* 0960 */ "ri", "l", "l", "l", NULL, NULL, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
  /* 0970 */ NULL, "", "a", "o", "o", "au", "u", "u", "+d", "+zh", "+y", "+g", "+j", "", "+d", "+b",
};
/* clang-format on */

static gboolean
is_devanagari (gunichar c)
{
  return c >= 0x900 && c < 0x980;
}

/* Vowel signs and the virama: they replace the consonant's own "a". */
static gboolean
takes_inherent_a (gunichar c)
{
  return (c >= 0x93a && c <= 0x93b) || (c >= 0x93e && c <= 0x94f && c != 0x950)
         || (c >= 0x955 && c <= 0x957) || (c >= 0x962 && c <= 0x963);
}

/* Consonant @c with a nukta below (U+093C), the sounds of Persian and the flapped r. */
static const char *
with_nukta (gunichar c)
{
  switch (c)
    {
    case 0x915:
      return "q";
    case 0x91c:
      return "z";
    case 0x921:
      return "r";
    case 0x922:
      return "rh";
    case 0x92b:
      return "f";
    default:
      return devanagari[c - 0x900] + 1;
    }
}

/* Marks that only decorate a letter. The vowel signs of Indian scripts are marks to Unicode as
 * well, but carry meaning, and stay. */
static gboolean
is_decoration (gunichar c)
{
  return (c >= 0x300 && c <= 0x36f) || (c >= 0x591 && c <= 0x5c7) || (c >= 0x64b && c <= 0x65f)
         || c == 0x670 || (c >= 0x1ab0 && c <= 0x1aff) || (c >= 0x1dc0 && c <= 0x1dff)
         || (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe20 && c <= 0xfe2f);
}

/* Letters that have a plain twin but do not decompose. */
static const char *
plain_twin (gunichar c)
{
  switch (c)
    {
    case 0xe6:
      return "ae";
    case 0xf0:
    case 0x111:
      return "d";
    case 0xf8:
      return "o";
    case 0xfe:
      return "th";
    case 0x131:
      return "i";
    case 0x142:
      return "l";
    case 0x153:
      return "oe";
    default:
      return NULL;
    }
}

static void
append_space (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != ' ')
    g_string_append_c (out, ' ');
}

static gboolean
is_word_character (gunichar c)
{
  return is_devanagari (c) ? devanagari[c - 0x900] != NULL
                           : g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static gboolean
is_nasal (gunichar c)
{
  return c == 0x919 || c == 0x91e || c == 0x923 || c == 0x928 || c == 0x92e;
}

/* Does the consonant at @at end a cluster that keeps its last "a"? कृष्ण is "krishna" and मिश्र
 * "mishra"; a stop behind a nasal or an r does not (गोविन्द "govind", वार्ड "vard"), nor the "st" of
 * loan words (टेस्ट). */
static gboolean
ends_cluster (const gunichar *start, const gunichar *at)
{
  if (at - start < 2 || at[-1] != 0x94d)
    return FALSE;
  gboolean stop = at[0] >= 0x915 && at[0] <= 0x92d && !is_nasal (at[0]);
  if (stop && (is_nasal (at[-2]) || at[-2] == 0x930))
    return FALSE;
  return !(at[0] == 0x91f && at[-2] == 0x938);
}

/* One Devanagari code point (and a nukta behind it); returns how many were used up. */
static gsize
fold_devanagari (GString *out, const gunichar *start, const gunichar *at, gboolean starts_word)
{
  const char *latin = devanagari[at[0] - 0x900];
  if (latin == NULL)
    {
      append_space (out);
      return 1;
    }

  if (at[0] == 0x902 && is_devanagari (at[1]) && at[1] >= 0x92a && at[1] <= 0x92e)
    latin = "m"; /* the nasal before a labial: कंपनी "kampani" */
  if (*latin != '+')
    {
      g_string_append (out, latin);
      return 1;
    }

  gsize used = at[1] == 0x93c ? 2 : 1;
  g_string_append (out, used == 2 ? with_nukta (at[0]) : latin + 1);
  gunichar next = at[used];

  /* The last "a" of a word is not spoken: राम is "ram". */
  if (!takes_inherent_a (next)
      && (is_word_character (next) || starts_word || ends_cluster (start, at)))
    g_string_append_c (out, 'a');

  return used;
}

static void
fold_code_points (GString *out, const gunichar *start)
{
  const gunichar *at = start;
  gboolean inside = FALSE; /* a word has begun */
  while (*at != 0)
    {
      gunichar c = *at;
      gsize used = 1;
      const char *twin = plain_twin (c);
      gboolean in_word = is_word_character (c);
      if (is_devanagari (c))
        used = fold_devanagari (out, start, at, !inside);
      else if (is_decoration (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
        in_word = inside;
      else if (twin != NULL)
        g_string_append (out, twin);
      else if (g_unichar_digit_value (c) >= 0)
        g_string_append_c (out, (char)('0' + g_unichar_digit_value (c)));
      else if (in_word)
        g_string_append_unichar (out, c);
      else
        append_space (out);
      inside = in_word;
      at += used;
    }
}

char *
mh_text_fold (const char *text)
{
  GString *out = g_string_new (NULL);
  if (text != NULL)
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);
      g_autofree char *cased = g_utf8_casefold (valid, -1);
      g_autofree char *parts = g_utf8_normalize (cased, -1, G_NORMALIZE_ALL);
      g_autofree gunichar *points = g_utf8_to_ucs4_fast (parts, -1, NULL);
      fold_code_points (out, points);
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);

  return g_string_free (out, FALSE);
}

/* --- digits and phones --- */

char *
mh_text_ascii_digits (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_sized_new (strlen (valid));
  for (const char *at = valid; *at != 0; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      int digit = g_unichar_digit_value (c);
      if (digit >= 0)
        g_string_append_c (out, (char)('0' + digit));
      else
        g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

char *
mh_text_phone_digits (const char *text)
{
  g_autofree char *plain = mh_text_ascii_digits (text);
  GString *out = g_string_new (NULL);
  for (const char *at = plain; *at != 0; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (out, *at);

  static const char *const prefixes[] = { "0091", "91", "0" };
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (out->len == strlen (prefixes[i]) + 10 && g_str_has_prefix (out->str, prefixes[i]))
      {
        g_string_erase (out, 0, (gssize)strlen (prefixes[i]));
        break;
      }

  return g_string_free (out, FALSE);
}

/* --- cleaning and checking --- */

/* Controls, and the invisible marks that turn the direction of what follows; the joiners which
 * Indian scripts need (U+200C, U+200D) stay. */
static gboolean
text_is_dropped (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0xfeff || c == 0x200b || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2060 && c <= 0x2069);
}

char *
mh_text_clean (const char *text)
{
  if (text == NULL)
    return NULL;

  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *out = g_string_sized_new (strlen (composed));

  for (const char *at = composed; *at != 0; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (g_unichar_isspace (c))
        append_space (out);
      else if (!text_is_dropped (c))
        g_string_append_unichar (out, c);
    }

  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

static void
end_line (GString *out)
{
  while (out->len > 0 && (out->str[out->len - 1] == ' ' || out->str[out->len - 1] == '\t'))
    g_string_truncate (out, out->len - 1);
  if (out->len > 0)
    g_string_append_c (out, '\n');
}

char *
mh_text_clean_lines (const char *text)
{
  if (text == NULL)
    return NULL;

  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *out = g_string_sized_new (strlen (composed));

  for (const char *at = composed; *at != 0; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (c == '\n' || (c == '\r' && at[1] != '\n'))
        end_line (out);
      else if (c == '\t' || !text_is_dropped (c))
        g_string_append_unichar (out, c);
    }

  end_line (out);
  while (out->len > 0 && out->str[out->len - 1] == '\n')
    g_string_truncate (out, out->len - 1);

  return g_string_free (out, FALSE);
}

char *
mh_text_cut (const char *text, guint most)
{
  const char *at = text;
  for (guint i = 0; i < most && *at != 0; i++)
    at = g_utf8_next_char (at);
  return g_strndup (text, (gsize)(at - text));
}

guint
mh_text_length (const char *text)
{
  return text != NULL ? (guint)g_utf8_strlen (text, -1) : 0;
}

static gboolean
is_domain (const char *text)
{
  g_auto (GStrv) labels = g_strsplit (text, ".", -1);
  guint n = g_strv_length (labels);
  for (guint i = 0; i < n; i++)
    {
      gsize length = strlen (labels[i]);
      if (length < 1 || length > 63 || labels[i][0] == '-' || labels[i][length - 1] == '-')
        return FALSE;
      for (const char *at = labels[i]; *at != 0; at++)
        if (!g_ascii_isalnum (*at) && *at != '-')
          return FALSE;
    }

  return n >= 2 && strlen (labels[n - 1]) >= 2 && !g_ascii_isdigit (labels[n - 1][0]);
}

gboolean
mh_text_is_email (const char *text)
{
  const char *at_sign = text != NULL ? strchr (text, '@') : NULL;
  if (at_sign == NULL || at_sign == text || at_sign - text > 64 || strlen (text) > 254)
    return FALSE;
  for (const char *at = text; at < at_sign; at++)
    {
      if (!g_ascii_isalnum (*at) && strchr ("!#$%&'*+/=?^_`{|}~.-", *at) == NULL)
        return FALSE;
      if (*at == '.' && (at == text || at[1] == '.' || at[1] == '@'))
        return FALSE;
    }
  return is_domain (at_sign + 1);
}

gboolean
mh_text_is_phone (const char *text)
{
  int digits = 0;
  for (const char *at = text; at != NULL && *at != 0; at++)
    {
      if (g_ascii_isdigit (*at))
        digits++;
      else if (*at == '+' ? at != text : strchr ("-() ", *at) == NULL)
        return FALSE;
    }
  return digits >= 7 && digits <= 15;
}

static void
append_initial (GString *out, const char *name)
{
  for (const char *at = name; at != NULL && *at != 0; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      {
        g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (at)));
        return;
      }
}

char *
mh_text_initials (const char *given, const char *family)
{
  GString *out = g_string_new (NULL);
  append_initial (out, given);
  append_initial (out, family);
  return g_string_free (out, FALSE);
}
