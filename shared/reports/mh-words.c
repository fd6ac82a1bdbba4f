/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-words.h"

#include <string.h>

#include "shared/base/mh-day.h"
#include "shared/reports/mh-ink.h"
#include "shared/reports/mh-words-table.h"

struct _MhWords
{
  const char *language;
  const MhPhrase *phrases;
};

static const MhWords english = { "en", NULL };
static const MhWords others[] = { { "hi", mh_words_hindi } };
static const char *const languages[] = { "hi", NULL };
/* Languages that know the laboratory report alone. */
static const MhWords of_report[] = { { "ur", mh_words_urdu }, { "ar", mh_words_arabic } };
static const char *const report_languages[] = { "hi", "ur", "ar", NULL };

const char *const *
mh_words_languages (void)
{
  return languages;
}

const char *const *
mh_words_report_languages (void)
{
  return report_languages;
}

static const MhWords *
find_language (const MhWords *tables, guint n, const char *language)
{
  for (guint i = 0; language != NULL && i < n; i++)
    {
      gsize length = strlen (tables[i].language);
      if (g_ascii_strncasecmp (language, tables[i].language, length) == 0
          && !g_ascii_isalpha (language[length]))
        return &tables[i];
    }
  return NULL;
}

const MhWords *
mh_words_for (const char *language)
{
  const MhWords *found = find_language (others, G_N_ELEMENTS (others), language);
  return found != NULL ? found : &english;
}

const MhWords *
mh_words_for_report (const char *language)
{
  const MhWords *found = find_language (of_report, G_N_ELEMENTS (of_report), language);
  return found != NULL ? found : mh_words_for (language);
}

gboolean
mh_words_is_rtl (const MhWords *words)
{
  return words->phrases == mh_words_urdu || words->phrases == mh_words_arabic;
}

char *
mh_words_foreign (const MhWords *words, const char *text)
{
  return mh_words_is_rtl (words) && text != NULL && *text != '\0' ? mh_ink_isolate (text)
                                                                  : g_strdup (text);
}

const char *
mh_words_language (const MhWords *words)
{
  return words->language;
}

static const char *
words_find (const MhWords *words, const char *phrase)
{
  for (const MhPhrase *p = words->phrases; p != NULL && p->english != NULL; p++)
    if (strcmp (p->english, phrase) == 0)
      return p->translated;
  return NULL;
}

gboolean
mh_words_has (const MhWords *words, const char *phrase)
{
  return words_find (words, phrase) != NULL;
}

const char *
mh_words (const MhWords *words, const char *phrase)
{
  const char *found = words_find (words, phrase);
  return found != NULL ? found : phrase;
}

char *
mh_words_fill (const MhWords *words, const char *phrase, const char *first, const char *second)
{
  g_autofree char *one = mh_words_foreign (words, first);
  g_autofree char *two = mh_words_foreign (words, second);
  const char *values[] = { one, two };
  GString *out = g_string_new (NULL);

  for (const char *c = mh_words (words, phrase); *c != '\0'; c++)
    if (c[0] == '{' && (c[1] == '1' || c[1] == '2') && c[2] == '}')
      {
        const char *value = values[c[1] - '1'];
        g_string_append (out, value != NULL ? value : "");
        c += 2;
      }
    else
      g_string_append_c (out, *c);

  return g_string_free (out, FALSE);
}

const char *
mh_words_field_code (const MhWords *words, MhRecord *record, guint field)
{
  const char *code = mh_record_text (record, field);
  if (code == NULL)
    return NULL;
  const char *label = mh_field_code_label (&mh_record_type (record)->fields[field], code);
  return mh_words (words, label != NULL ? label : code);
}

char *
mh_words_day (const MhWords *words, MhDate date)
{
  return mh_date_is_valid (date) ? mh_day_text (date, words->language) : NULL;
}

char *
mh_words_instant (const MhWords *words, gint64 instant, GTimeZone *zone)
{
  if (instant == 0)
    return NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local
      = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  MhDate date = { 0 };
  g_date_time_get_ymd (local, &date.year, &date.month, &date.day);
  g_autofree char *day = mh_words_day (words, date);
  return g_strdup_printf ("%s, %02d:%02d", day, g_date_time_get_hour (local),
                          g_date_time_get_minute (local));
}

char *
mh_words_age (const MhWords *words, MhDate birth, MhDate on)
{
  int age_months = mh_age_months (birth, on);
  if (age_months < 0)
    return NULL;

  int count = age_months >= 24  ? mh_age_years (birth, on)
              : age_months >= 1 ? age_months
                                : mh_age_days (birth, on);
  const char *phrase = age_months >= 24  ? "{1} years"
                       : age_months > 1  ? "{1} months"
                       : age_months == 1 ? "{1} month"
                       : count == 1      ? "{1} day"
                                         : "{1} days";
  g_autofree char *number = g_strdup_printf ("%d", count);

  return mh_words_fill (words, phrase, number, NULL);
}
