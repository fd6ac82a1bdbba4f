/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/money/mh-amount-words.h"

/* clang-format off */
static const char *const english_small[20] = {
  "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
};
static const char *const english_tens[10] = {
  NULL, NULL, "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
};
/* Hindi has a word of its own for each number below a hundred. */
static const char *const hindi_small[100] = {
  "शून्य", "एक", "दो", "तीन", "चार", "पाँच", "छह", "सात", "आठ", "नौ",
  "दस", "ग्यारह", "बारह", "तेरह", "चौदह", "पंद्रह", "सोलह", "सत्रह", "अठारह", "उन्नीस",
  "बीस", "इक्कीस", "बाईस", "तेईस", "चौबीस", "पच्चीस", "छब्बीस", "सत्ताईस", "अट्ठाईस", "उनतीस",
  "तीस", "इकतीस", "बत्तीस", "तैंतीस", "चौंतीस", "पैंतीस", "छत्तीस", "सैंतीस", "अड़तीस", "उनतालीस",
  "चालीस", "इकतालीस", "बयालीस", "तैंतालीस", "चौवालीस", "पैंतालीस", "छियालीस", "सैंतालीस", "अड़तालीस", "उनचास",
  "पचास", "इक्यावन", "बावन", "तिरपन", "चौवन", "पचपन", "छप्पन", "सत्तावन", "अट्ठावन", "उनसठ",
  "साठ", "इकसठ", "बासठ", "तिरसठ", "चौंसठ", "पैंसठ", "छियासठ", "सड़सठ", "अड़सठ", "उनहत्तर",
  "सत्तर", "इकहत्तर", "बहत्तर", "तिहत्तर", "चौहत्तर", "पचहत्तर", "छिहत्तर", "सतहत्तर", "अठहत्तर", "उनासी",
  "अस्सी", "इक्यासी", "बयासी", "तिरासी", "चौरासी", "पचासी", "छियासी", "सत्तासी", "अट्ठासी", "नवासी",
  "नब्बे", "इक्यानवे", "बानवे", "तिरानवे", "चौरानवे", "पचानवे", "छियानवे", "सत्तानवे", "अट्ठानवे", "निन्यानवे",
};

typedef struct
{
  gint64 size;
  const char *english, *hindi;
} Step;

static const Step steps[] = {
  { 10000000, "crore", "करोड़" }, { 100000, "lakh", "लाख" }, { 1000, "thousand", "हज़ार" }, { 100, "hundred", "सौ" },
};
/* clang-format on */

static void
put_word (GString *out, const char *word)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append (out, word);
}

static void
put_small (GString *out, guint number, gboolean hindi)
{
  if (hindi)
    put_word (out, hindi_small[number]);
  else if (number < 20)
    put_word (out, english_small[number]);
  else
    {
      put_word (out, english_tens[number / 10]);
      if (number % 10 != 0)
        g_string_append_printf (out, "-%s", english_small[number % 10]);
    }
}

/* Crores go on counting: a lakh of crores is said so. */
static void
amount_words_put_number (GString *out, gint64 number, gboolean hindi)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gint64 many = number / steps[i].size;
      if (many == 0)
        continue;
      if (many < 100)
        put_small (out, (guint)many, hindi);
      else
        amount_words_put_number (out, many, hindi);
      put_word (out, hindi ? steps[i].hindi : steps[i].english);
      number %= steps[i].size;
    }

  if (number > 0)
    put_small (out, (guint)number, hindi);
}

static char *
number_words (gint64 number, gboolean hindi)
{
  GString *out = g_string_new (NULL);
  if (number == 0)
    put_small (out, 0, hindi);
  else
    amount_words_put_number (out, number, hindi);
  return g_string_free (out, FALSE);
}

char *
mh_amount_words (gint64 minor, const char *currency, const char *language)
{
  gboolean hindi = language != NULL && g_str_has_prefix (language, "hi");
  gboolean rupees = currency == NULL || g_str_equal (currency, "INR");
  g_autofree char *whole = number_words (minor / 100, hindi);
  g_autofree char *rest = number_words (minor % 100, hindi);
  const char *unit = !rupees ? currency : hindi ? "रुपये" : "Rupees";

  if (hindi)
    return minor % 100 == 0 ? g_strdup_printf ("%s %s मात्र", unit, whole)
                            : g_strdup_printf ("%s %s और %s %s मात्र", unit, whole,
                                               rupees ? "पैसे" : "सौवें भाग", rest);

  return minor % 100 == 0 ? g_strdup_printf ("%s %s only", unit, whole)
                          : g_strdup_printf ("%s %s and %s %s only", unit, whole,
                                             rupees ? "paise" : "hundredths", rest);
}
