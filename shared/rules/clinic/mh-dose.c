/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-dose.h"

#include <string.h>

#define MOST_DAYS 3650
/* Half units: what is written with a ½ stays a whole number. */
#define MOST_HALVES 40

typedef struct
{
  const char *word;
  const char *printed;
  int halves; /* a day, for a dose of one unit; 0: not known */
} Word;

static const Word words[] = {
  { "od", "OD", 2 },   { "qd", "OD", 2 },     { "hs", "HS", 2 },         { "bd", "BD", 4 },
  { "bid", "BD", 4 },  { "tds", "TDS", 6 },   { "tid", "TDS", 6 },       { "qid", "QID", 8 },
  { "qds", "QID", 8 }, { "stat", "STAT", 0 }, { "weekly", "weekly", 0 }, { "daily", "OD", 2 },
};

static const struct
{
  const char *unit;
  int days;
} units[] = { { "d", 1 },   { "day", 1 },    { "days", 1 },   { "w", 7 },
              { "wk", 7 },  { "week", 7 },   { "weeks", 7 },  { "m", 30 },
              { "mo", 30 }, { "month", 30 }, { "months", 30 } };

static const char *
skip_space (const char *at)
{
  while (g_ascii_isspace (*at))
    at++;
  return at;
}

/* "1", "2", "½", "1/2", "1½", "0.5", "1.5" in half units; -1 when it is none. */
static int
dose_read_amount (const char **at)
{
  const char *c = *at;
  int halves = 0, digits = 0;
  if (g_str_has_prefix (c, "1/2"))
    {
      *at = c + 3;
      return 1;
    }

  for (; g_ascii_isdigit (*c) && digits < 3; c++, digits++)
    halves = halves * 10 + 2 * (*c - '0');
  if (g_str_has_prefix (c, "½"))
    {
      halves++;
      digits++;
      c += strlen ("½");
    }
  else if (digits > 0 && c[0] == '.' && (c[1] == '5' || c[1] == '0') && !g_ascii_isdigit (c[2]))
    {
      halves += c[1] == '5';
      c += 2;
    }

  if (digits == 0 || halves > MOST_HALVES)
    return -1;

  *at = c;
  return halves;
}

/* "1-0-1" and "1-1-1-1"; blanks around the hyphens do no harm. */
static gboolean
read_pattern (const char **at, MhDose *dose)
{
  const char *c = *at, *last = NULL;
  int parts = 0, sum = 0, most = 0;
  g_autoptr (GString) printed = g_string_new (NULL);

  for (;;)
    {
      const char *begin = c;
      int halves = dose_read_amount (&c);
      if (halves < 0 || ++parts > 4)
        return FALSE;
      sum += halves;
      most = MAX (most, halves);
      g_string_append_len (printed, begin, c - begin);
      last = c;
      c = skip_space (c);
      if (*c != '-')
        break;
      g_string_append_c (printed, '-');
      c = skip_space (c + 1);
    }

  if (parts < 2 || sum == 0 || printed->len >= sizeof dose->frequency)
    return FALSE;

  g_strlcpy (dose->frequency, printed->str, sizeof dose->frequency);
  dose->per_day_halves = sum;
  dose->most_halves = most;
  dose->a_day = sum / 2.0;
  *at = last;

  return TRUE;
}

static gboolean
ends_word (char c)
{
  return !g_ascii_isalpha (c);
}

static gboolean
take_word (const char **at, const char *word)
{
  gsize length = strlen (word);
  if (g_ascii_strncasecmp (*at, word, length) != 0 || !ends_word ((*at)[length]))
    return FALSE;
  *at = skip_space (*at + length);
  return TRUE;
}

/* "every 8 hours", "q8h", "8 hourly": printed one way. */
static gboolean
dose_read_hours (const char **at, MhDose *dose)
{
  const char *c = *at;
  gboolean begun = take_word (&c, "every");
  if (!begun && (*c == 'q' || *c == 'Q') && g_ascii_isdigit (c[1]))
    {
      begun = TRUE;
      c++;
    }

  char *end;
  gint64 hours = g_ascii_isdigit (*c) ? g_ascii_strtoll (c, &end, 10) : 0;
  if (hours < 1 || hours > 72)
    return FALSE;

  c = skip_space (end);
  if (!(begun
        && (take_word (&c, "h") || take_word (&c, "hours") || take_word (&c, "hour")
            || take_word (&c, "hrs")))
      && !take_word (&c, "hourly"))
    return FALSE;

  g_snprintf (dose->frequency, sizeof dose->frequency,
              hours == 1 ? "every hour" : "every %" G_GINT64_FORMAT " hours", hours);
  dose->per_day_halves = 24 % hours == 0 ? 2 * (24 / hours) : 0;
  dose->most_halves = 2;
  dose->a_day = 24.0 / (double)hours;
  *at = c;

  return TRUE;
}

static gboolean
read_named (const char **at, MhDose *dose)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (take_word (at, words[i].word))
      {
        g_strlcpy (dose->frequency, words[i].printed, sizeof dose->frequency);
        dose->per_day_halves = words[i].halves;
        dose->most_halves = 2;
        dose->a_day = g_str_equal (words[i].word, "weekly") ? 1.0 / 7
                      : words[i].halves > 0                 ? words[i].halves / 2.0
                                                            : 1;
        return TRUE;
      }

  return FALSE;
}

static gboolean
read_as_needed (const char **at, MhDose *dose)
{
  if (!take_word (at, "sos") && !take_word (at, "prn") && !take_word (at, "if needed"))
    return FALSE;
  dose->as_needed = TRUE;
  return TRUE;
}

/* "5/7", "2/52", "3/12": days, weeks, months. */
static gboolean
dose_read_fraction (const char **at, MhDose *dose)
{
  static const struct
  {
    gint64 of;
    int days;
  } parts[] = { { 7, 1 }, { 52, 7 }, { 12, 30 } };
  char *end, *last;
  gint64 number = g_ascii_isdigit (**at) ? g_ascii_strtoll (*at, &end, 10) : 0;

  if (number < 1 || number > MOST_DAYS || *end != '/' || !g_ascii_isdigit (end[1]))
    return FALSE;

  gint64 of = g_ascii_strtoll (end + 1, &last, 10);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].of == of && number * parts[i].days <= MOST_DAYS && ends_word (*last))
      {
        dose->duration_days = number * parts[i].days;
        *at = last;
        return TRUE;
      }

  return FALSE;
}

static gboolean
read_duration (const char **at, MhDose *dose)
{
  const char *c = *at;
  char *end;
  if (dose_read_fraction (at, dose))
    return TRUE;
  if (g_str_has_prefix (c, "×"))
    c = skip_space (c + strlen ("×"));
  else if (!take_word (&c, "x") && !take_word (&c, "for"))
    return FALSE;

  if (dose_read_fraction (&c, dose))
    {
      *at = c;
      return TRUE;
    }

  gint64 number = g_ascii_isdigit (*c) ? g_ascii_strtoll (c, &end, 10) : 0;
  if (number < 1 || number > MOST_DAYS)
    return FALSE;

  c = skip_space (end);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (take_word (&c, units[i].unit))
      {
        dose->duration_days = number * units[i].days;
        *at = c;
        return dose->duration_days <= MOST_DAYS;
      }

  return FALSE;
}

/* "1 tab", "2 caps", "500 mg", "5 ml" in front of how often. */
static void
read_front (const char **at, MhDose *dose)
{
  static const struct
  {
    const char *word, *one, *many;
  } pieces[] = {
    { "tab", "tablet", "tablets" },
    { "tabs", "tablet", "tablets" },
    { "tablet", "tablet", "tablets" },
    { "tablets", "tablet", "tablets" },
    { "cap", "capsule", "capsules" },
    { "caps", "capsule", "capsules" },
    { "capsule", "capsule", "capsules" },
    { "capsules", "capsule", "capsules" },
    { "mg", "mg", "mg" },
    { "g", "g", "g" },
    { "mcg", "mcg", "mcg" },
    { "ml", "mL", "mL" },
    { "iu", "IU", "IU" },
    { "unit", "unit", "units" },
    { "units", "unit", "units" },
    { "puff", "puff", "puffs" },
    { "puffs", "puff", "puffs" },
    { "drop", "drop", "drops" },
    { "drops", "drop", "drops" },
    { "sachet", "sachet", "sachets" },
    { "sachets", "sachet", "sachets" },
    { "vial", "vial", "vials" },
    { "vials", "vial", "vials" },
  };
  const char *c = *at;

  if (g_str_has_prefix (c, "1/2"))
    c += 3;
  else
    while (g_ascii_isdigit (*c) || *c == '.' || g_str_has_prefix (c, "½"))
      c += *c == '.' || g_ascii_isdigit (*c) ? 1 : (gssize)strlen ("½");

  gsize length = (gsize)(c - *at);
  c = skip_space (c);
  if (length == 0 || length > 12)
    return;

  g_autofree char *number = g_strndup (*at, length);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    if (take_word (&c, pieces[i].word))
      {
        gboolean many = g_ascii_strtod (number, NULL) > 1 && strchr (number, '/') == NULL;
        g_snprintf (dose->amount, sizeof dose->amount, "%s %s", number,
                    many ? pieces[i].many : pieces[i].one);
        *at = c;
        return;
      }
}

gboolean
mh_dose_parse (const char *text, MhDose *out_dose)
{
  MhDose dose = { 0 };
  if (text == NULL)
    return FALSE;

  const char *at = skip_space (text);
  read_front (&at, &dose);
  gboolean needed = read_as_needed (&at, &dose);
  if (!read_pattern (&at, &dose) && !dose_read_hours (&at, &dose) && !read_named (&at, &dose)
      && !needed)
    return FALSE;

  at = skip_space (at);
  if (!needed)
    needed = read_as_needed (&at, &dose);
  if (*at != 0 && !read_duration (&at, &dose))
    return FALSE;

  at = skip_space (at);
  if (!needed)
    read_as_needed (&at, &dose);
  if (*at != 0)
    return FALSE;

  if (dose.frequency[0] == 0)
    g_strlcpy (dose.frequency, "SOS", sizeof dose.frequency);
  *out_dose = dose;

  return TRUE;
}

gint64
mh_dose_quantity (const MhDose *dose)
{
  if (dose->per_day_halves == 0 || dose->duration_days == 0 || dose->as_needed)
    return 0;
  return (dose->per_day_halves * dose->duration_days + 1) / 2;
}

char *
mh_dose_format (const char *frequency, gint64 duration_days, gboolean as_needed)
{
  g_autoptr (GString) out = g_string_new (frequency);
  if (as_needed && g_strcmp0 (frequency, "SOS") != 0)
    g_string_append (out, out->len > 0 ? " SOS" : "SOS");
  if (duration_days > 0)
    g_string_append_printf (out, " x %" G_GINT64_FORMAT "d", duration_days);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
