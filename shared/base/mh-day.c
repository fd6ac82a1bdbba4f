/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-day.h"

#include <string.h>

typedef struct
{
  const char *language;
  const char *months[12];
  const char *weekdays[7]; /* from Monday */
} Names;

/* clang-format off */
static const Names names[] = {
  { "en",
    { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
    { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" } },
  { "hi",
    { "जन॰", "फ़र॰", "मार्च", "अप्रैल", "मई", "जून", "जुल॰", "अग॰", "सित॰", "अक्टू॰", "नव॰", "दिस॰" },
    { "सोम", "मंगल", "बुध", "गुरु", "शुक्र", "शनि", "रवि" } },
  { "mr",
    { "जाने॰", "फेब्रु॰", "मार्च", "एप्रिल", "मे", "जून", "जुलै", "ऑग॰", "सप्टें॰", "ऑक्टो॰", "नोव्हें॰", "डिसें॰" },
    { "सोम", "मंगळ", "बुध", "गुरु", "शुक्र", "शनि", "रवि" } },
  { "ur",
    { "جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر" },
    { "پیر", "منگل", "بدھ", "جمعرات", "جمعہ", "ہفتہ", "اتوار" } },
  { "ar",
    { "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر" },
    { "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد" } },
};
/* clang-format on */

static const Names *
names_of (const char *language)
{
  for (guint i = 0; language != NULL && i < G_N_ELEMENTS (names); i++)
    {
      gsize length = strlen (names[i].language);
      if (g_ascii_strncasecmp (language, names[i].language, length) == 0
          && !g_ascii_isalpha (language[length]))
        return &names[i];
    }
  return &names[0];
}

char *
mh_day_text (MhDate day, const char *language)
{
  return mh_date_is_valid (day) ? g_strdup_printf (
             "%d %s %d", day.day, names_of (language)->months[day.month - 1], day.year)
                                : g_strdup ("");
}

char *
mh_day_text_near (MhDate day, MhDate today, const char *language)
{
  return mh_date_is_valid (day) && day.year == today.year
             ? g_strdup_printf ("%d %s", day.day, names_of (language)->months[day.month - 1])
             : mh_day_text (day, language);
}

char *
mh_day_text_week (MhDate day, MhDate today, const char *language)
{
  g_autofree char *text = mh_day_text_near (day, today, language);
  /* the first of January 1970 was a Thursday */
  gint64 weekday = mh_date_is_valid (day) ? ((mh_date_to_days (day) + 3) % 7 + 7) % 7 : 0;
  return *text != '\0' ? g_strdup_printf ("%s %s", names_of (language)->weekdays[weekday], text)
                       : g_steal_pointer (&text);
}

char *
mh_day_text_month (MhDate day, const char *language)
{
  return mh_date_is_valid (day)
             ? g_strdup_printf ("%s %d", names_of (language)->months[day.month - 1], day.year)
             : g_strdup ("");
}

char *
mh_day_typed (MhDate day)
{
  return mh_date_is_valid (day) ? g_strdup_printf ("%02d/%02d/%04d", day.day, day.month, day.year)
                                : g_strdup ("");
}

const char *
mh_day_language (void)
{
  return g_get_language_names ()[0];
}
