/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-words.h"

#include <string.h>

#include "shared/base/mh-day.h"
#include "shared/reports/mh-ink.h"

/* The laboratory report speaks more languages than the others, and its words are theirs, too. */
struct _MhWords
{
  const char *language;
  const MhTranslation *report, *papers;
};

static const MhWords english = { .language = "en" };

const char *const *
mh_words_languages (void)
{
  return mh_translation_languages (MH_DOMAIN_PAPERS);
}

const char *const *
mh_words_report_languages (void)
{
  return mh_translation_languages (MH_DOMAIN_REPORT);
}

static MhWords *
words_make (void)
{
  const char *const *languages = mh_words_report_languages ();
  guint n = g_strv_length ((char **)languages);
  MhWords *all = g_new0 (MhWords, n + 1);

  for (guint i = 0; i < n; i++)
    all[i] = (MhWords){ languages[i], mh_translation_find (MH_DOMAIN_REPORT, languages[i]),
                        mh_translation_find (MH_DOMAIN_PAPERS, languages[i]) };

  return all;
}

const MhWords *
mh_words_for_report (const char *language)
{
  static gsize made = 0;

  if (g_once_init_enter (&made))
    g_once_init_leave (&made, (gsize)words_make ());

  const MhTranslation *found = mh_translation_find (MH_DOMAIN_REPORT, language);

  for (const MhWords *one = (const MhWords *)made; found != NULL && one->language != NULL; one++)
    if (one->report == found)
      return one;

  return &english;
}

const MhWords *
mh_words_for (const char *language)
{
  const MhWords *found = mh_words_for_report (language);
  return found->papers != NULL ? found : &english;
}

gboolean
mh_words_is_rtl (const MhWords *words)
{
  return mh_translation_is_rtl (words->language);
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
words_find (const MhWords *words, const char *context, const char *phrase)
{
  const char *found
      = words->papers != NULL ? mh_translation_text (words->papers, context, phrase) : NULL;
  return found == NULL && words->report != NULL
             ? mh_translation_text (words->report, context, phrase)
             : found;
}

gboolean
mh_words_has (const MhWords *words, const char *phrase)
{
  return words_find (words, NULL, phrase) != NULL;
}

const char *
mh_words (const MhWords *words, const char *phrase)
{
  const char *found = words_find (words, NULL, phrase);
  return found != NULL ? found : phrase;
}

const char *
mh_words_in (const MhWords *words, const char *context, const char *phrase)
{
  const char *found = words_find (words, context, phrase);
  return found != NULL ? found : phrase;
}

/* @pattern with "{1}", "{2}" … replaced. */
static char *
words_put (const MhWords *words, const char *pattern, const char *const *values, guint n)
{
  GString *out = g_string_new (NULL);

  for (const char *c = pattern; *c != '\0'; c++)
    if (c[0] == '{' && c[1] >= '1' && c[1] < '1' + (int)n && c[2] == '}')
      {
        g_autofree char *value = mh_words_foreign (words, values[c[1] - '1']);
        g_string_append (out, value != NULL ? value : "");
        c += 2;
      }
    else
      g_string_append_c (out, *c);

  return g_string_free (out, FALSE);
}

char *
mh_words_fill (const MhWords *words, const char *phrase, const char *first, const char *second)
{
  const char *values[] = { first, second };
  return words_put (words, mh_words (words, phrase), values, G_N_ELEMENTS (values));
}

char *
mh_words_fill_all (const MhWords *words, const char *phrase, const char *const *values)
{
  return words_put (words, mh_words (words, phrase), values, g_strv_length ((char **)values));
}

char *
mh_words_count (const MhWords *words, const char *one, const char *many, gint64 count)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  const char *values[] = { number };
  const MhTranslation *both[] = { words->papers, words->report };
  const char *form = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (both) && form == NULL; i++)
    form = both[i] != NULL ? mh_translation_plural (both[i], one, (gulong)ABS (count)) : NULL;
  if (form == NULL)
    form = count == 1 ? one : many;

  return words_put (words, form, values, G_N_ELEMENTS (values));
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

  if (age_months >= 24)
    return mh_words_count (words, "{1} year", "{1} years", mh_age_years (birth, on));
  if (age_months >= 1)
    return mh_words_count (words, "{1} month", "{1} months", age_months);
  return mh_words_count (words, "{1} day", "{1} days", mh_age_days (birth, on));
}
