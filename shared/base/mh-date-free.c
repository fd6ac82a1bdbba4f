/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mh_date_parse_free(): dates as people type them. */
#include "shared/base/mh-date.h"

#include "shared/base/mh-error.h"
#include "shared/base/mh-text.h"

#include <string.h>

/* A word of the input: a run of digits or a run of letters. What stands between is forgotten, apart
 * from being one of the separators people use. */
typedef struct
{
  char text[12];
  int value;  /* of digits; -1 for letters */
  int length; /* in characters */
} Word;

#define MAX_WORDS 4
#define YEARS_ON 20

static gboolean
is_separator (char c)
{
  return c == ' ' || c == '/' || c == '-' || c == '.' || c == ',';
}

/* Number of words, or -1 for anything a date does not hold. */
static int
date_free_split (const char *text, Word words[MAX_WORDS])
{
  int n = 0;
  while (*text != 0)
    {
      if (is_separator (*text))
        {
          text++;
          continue;
        }
      gboolean digits = g_ascii_isdigit (*text);
      if (n == MAX_WORDS || (!digits && !g_ascii_isalpha (*text)))
        return -1;
      Word *word = &words[n++];
      *word = (Word){ .value = digits ? 0 : -1 };
      for (; digits ? g_ascii_isdigit (*text) : g_ascii_isalpha (*text); text++)
        {
          if (word->length == (digits ? 8 : 11))
            return -1;
          word->text[word->length++] = g_ascii_tolower (*text);
          if (digits)
            word->value = word->value * 10 + (*text - '0');
        }
    }

  return n;
}

static gboolean
date_free_is_word (const Word *word, const char *const *list)
{
  return g_strv_contains (list, word->text);
}

/* 1–12 for a number or for three letters and more of an English month name, or 0. */
static int
month_of (const Word *word)
{
  static const char *const names[]
      = { "january", "february", "march",     "april",   "may",      "june",
          "july",    "august",   "september", "october", "november", "december" };
  if (word->value >= 0)
    return word->length <= 2 && word->value <= 12 ? word->value : 0;
  for (int i = 0; i < 12; i++)
    if (word->length >= 3 && g_str_has_prefix (names[i], word->text))
      return i + 1;
  return g_str_equal (word->text, "sept") ? 9 : 0;
}

/* A two-digit year is the latest one not after this year; three digits are no year. */
static int
year_of (int value, int digits, MhDate today)
{
  if (digits == 4)
    return value;
  if (digits != 2)
    return 0;
  int year = today.year - today.year % 100 + value;
  return year > today.year ? year - 100 : year;
}

static gboolean
parse_day_month_year (const Word *words, int n, MhDate today, MhDate *out_date)
{
  MhDate date = { 0 };
  if (n == 1 && words[0].length == 8 && words[0].value >= 0)
    date = (MhDate){ words[0].value % 10000, words[0].value / 10000 % 100,
                     words[0].value / 1000000 };
  else if (n == 3 && words[0].value >= 0 && words[0].length == 4 && words[1].value >= 0
           && words[2].value >= 0 && words[2].length <= 2)
    date = (MhDate){ words[0].value, month_of (&words[1]), words[2].value };
  else if (n == 3 && words[0].value >= 0 && words[0].length <= 2 && words[2].value >= 0)
    date = (MhDate){ year_of (words[2].value, words[2].length, today), month_of (&words[1]),
                     words[0].value };

  if (!mh_date_is_valid (date))
    return FALSE;

  *out_date = date;
  return TRUE;
}

/* "45y", "14 mo old", "3 d ago". A lone "m" is refused: "45 M" means a man of 45 on many papers. */
static gboolean
parse_span (const Word *words, int n, MhDate today, MhDate *out_date, gboolean *out_estimated)
{
  static const char *const days[] = { "d", "day", "days", NULL };
  static const char *const weeks[] = { "w", "wk", "wks", "week", "weeks", NULL };
  static const char *const months[] = { "mo", "mth", "mths", "month", "months", NULL };
  static const char *const years[] = { "y", "yr", "yrs", "year", "years", NULL };

  if (n < 2 || n > 3 || words[0].value < 0 || words[0].length > 5 || words[1].value >= 0)
    return FALSE;

  gboolean ago = n == 3 && g_str_equal (words[2].text, "ago");
  if (n == 3 && !ago && !g_str_equal (words[2].text, "old"))
    return FALSE;

  int amount = words[0].value;
  MhDate date;
  if (date_free_is_word (&words[1], days))
    date = mh_date_from_days (mh_date_to_days (today) - amount);
  else if (date_free_is_word (&words[1], weeks))
    date = mh_date_from_days (mh_date_to_days (today) - (gint64)amount * 7);
  else if (date_free_is_word (&words[1], months))
    date = mh_date_add_months (today, -amount);
  else if (date_free_is_word (&words[1], years))
    date = mh_date_add_months (today, -amount * 12);
  else
    return FALSE;
  if (!mh_date_is_valid (date))
    return FALSE;

  *out_date = date;
  *out_estimated = !ago;
  return TRUE;
}

static gboolean
parse_named_day (const Word *words, int n, MhDate today, MhDate *out_date)
{
  static const struct
  {
    const char *word;
    int days;
  } named[] = { { "today", 0 }, { "yesterday", -1 }, { "tomorrow", 1 } };

  for (gsize i = 0; n == 1 && i < G_N_ELEMENTS (named); i++)
    if (g_str_equal (words[0].text, named[i].word))
      {
        *out_date = mh_date_from_days (mh_date_to_days (today) + named[i].days);
        return TRUE;
      }

  return FALSE;
}

/* The nearest day with that month, so that in January "28 Dec" is a month ago. */
static MhDate
nearest (int day, int month, MhDate today)
{
  MhDate best = { 0 };
  for (int year = today.year - 1; year <= today.year + 1; year++)
    {
      MhDate date = { year, month, day };
      if (mh_date_is_valid (date)
          && (best.year == 0
              || ABS (mh_date_to_days (date) - mh_date_to_days (today))
                     < ABS (mh_date_to_days (best) - mh_date_to_days (today))))
        best = date;
    }
  return best;
}

gboolean
mh_date_parse_near (const char *text, MhDate today, MhDate *out_date)
{
  /* two digits are a year from 80 years ago to 20 years on: so far do dates of expiry reach */
  MhDate latest = { today.year + YEARS_ON, today.month, today.day };
  g_autofree char *plain = mh_text_ascii_digits (text != NULL ? text : "");
  Word words[MAX_WORDS];
  MhDate date = { 0 };
  gboolean estimated = FALSE;
  int n = date_free_split (plain, words);

  if (n == 2 && words[0].value >= 0 && words[0].length <= 2 && month_of (&words[1]) > 0)
    date = nearest (words[0].value, month_of (&words[1]), today);
  else if (!parse_day_month_year (words, n, latest, &date)
           && !parse_named_day (words, n, today, &date)
           && !parse_span (words, n, today, &date, &estimated))
    return FALSE;
  if (estimated || !mh_date_is_valid (date))
    return FALSE;

  *out_date = date;
  return TRUE;
}

gboolean
mh_date_parse_free (const char *text,
                    MhDate today,
                    MhDate *out_date,
                    gboolean *out_estimated,
                    GError **error)
{
  g_autofree char *plain = mh_text_ascii_digits (text != NULL ? text : "");
  Word words[MAX_WORDS];
  MhDate date;
  gboolean estimated = FALSE;
  int n = date_free_split (plain, words);

  if (!parse_day_month_year (words, n, today, &date) && !parse_named_day (words, n, today, &date)
      && !parse_span (words, n, today, &date, &estimated))
    {
      mh_error_set_field (
          error, "date", "format",
          "This date cannot be read. Type day, month and year, such as 29/2/1984 or "
          "29 Feb 1984, or an age, such as 45y.");
      return FALSE;
    }

  *out_date = date;
  if (out_estimated != NULL)
    *out_estimated = estimated;

  return TRUE;
}

/* --- is it whole --- */

/* Digits of a part; FALSE: none. */
static gboolean
date_free_take_part (const char **at, guint *out_length)
{
  const char *from = *at;
  while (g_ascii_isdigit (**at))
    (*at)++;
  *out_length = (guint)(*at - from);
  return *out_length > 0;
}

static gboolean
take_separator (const char **at)
{
  gboolean is = **at == '/' || **at == '-' || **at == '.';
  *at += is ? 1 : 0;
  return is;
}

gboolean
mh_date_is_whole (const char *text)
{
  guint first, second, year;
  const char *at = text != NULL ? text : "";
  if (!date_free_take_part (&at, &first) || !take_separator (&at)
      || !date_free_take_part (&at, &second) || !take_separator (&at))
    return FALSE;

  const char *typed = at;
  if (!date_free_take_part (&at, &year) || *at != '\0' || second > 2)
    return FALSE;
  if (first == 4)
    return year == 2;
  if (first > 2)
    return FALSE;

  /* years begin with 18 to 22: other two digits are a year by themselves */
  gboolean century = typed[0] == '1' ? typed[1] >= '8' : typed[0] == '2' && typed[1] <= '2';
  return year == 4 || (year == 2 && !century);
}
