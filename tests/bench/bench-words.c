/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench-words.h"

#include <stdio.h>
#include <string.h>

BenchPatient *
bench_patient_new (const char *id,
                   const char *given,
                   const char *family,
                   const char *phone,
                   const char *mrn,
                   const char *birth)
{
  BenchPatient *patient = g_new0 (BenchPatient, 1);
  patient->id = g_strdup (id);
  patient->given = g_strdup (given);
  patient->family = g_strdup (family != NULL ? family : given);
  patient->phone = g_strdup (phone);
  patient->mrn = g_strdup (mrn);
  patient->birth = g_strdup (birth);
  return patient;
}

void
bench_patient_free (gpointer data)
{
  BenchPatient *patient = data;
  g_free (patient->id);
  g_free (patient->given);
  g_free (patient->family);
  g_free (patient->phone);
  g_free (patient->mrn);
  g_free (patient->birth);
  g_free (patient);
}

static char *
first_letters (const char *text, glong n)
{
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), n));
}

static char *
last_digits (const BenchPatient *patient, gsize n)
{
  gsize length = patient->phone != NULL ? strlen (patient->phone) : 0;
  return length >= n ? g_strdup (patient->phone + length - n) : NULL;
}

/* As somebody writes who heard the name. */
static char *
misspelt (const char *name)
{
  GString *text = g_string_new (name);
  g_string_replace (text, "ee", "i", 1);
  g_string_replace (text, "sh", "s", 1);
  g_string_replace (text, "v", "w", 1);
  g_string_replace (text, "aa", "a", 1);
  if (strcmp (text->str, name) == 0)
    g_string_append_c (text, 'a');
  return g_string_free (text, FALSE);
}

static char *
one_letter (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  return first_letters (patient->given, 1);
}
static char *
two_letters (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  return first_letters (patient->given, 2);
}
static char *
three_letters (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  return first_letters (patient->given, 3);
}
static char *
given (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  return g_strdup (patient->given);
}
static char *
given_family (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  return g_strconcat (patient->given, " ", patient->family, NULL);
}
static char *
family_begun (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  g_autofree char *begun = first_letters (patient->given, 3);
  return g_strconcat (patient->family, " ", begun, NULL);
}
static char *
two_given (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  return g_strconcat (other->given, " ", patient->given, NULL);
}
static char *
in_devanagari (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  static const char *const names[]
      = { "सीमा", "प्रिया", "संदीप", "राजेश", "सुनी", "शर्मा", "दीपिका", "ज्योति", "अनि", "गीता" };
  return g_strdup (names[i % G_N_ELEMENTS (names)]);
}
static char *
by_sound (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  return misspelt (patient->given);
}
static char *
phone_end (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  return last_digits (patient, 5);
}
static char *
phone_and_name (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  g_autofree char *digits = last_digits (patient, 4);
  return digits != NULL ? g_strconcat (patient->given, " ", digits, NULL) : NULL;
}
static char *
mrn (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  return g_strdup (patient->mrn);
}
static char *
abha (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  return g_strdup_printf ("91-%04u-5678-9012", 1000 + i % 9000);
}
static char *
birth (const BenchPatient *patient, const BenchPatient *other, guint i)
{
  int year = 0, month = 0, day = 0;
  if (patient->birth == NULL || sscanf (patient->birth, "%d-%d-%d", &year, &month, &day) != 3)
    return NULL;
  return g_strdup_printf ("%d/%d/%d", day, month, year);
}

static const struct
{
  const char *name;
  char *(*make) (const BenchPatient *patient, const BenchPatient *other, guint i);
} kinds[BENCH_N_KINDS] = {
  { "one letter", one_letter },
  { "two letters", two_letters },
  { "three letters", three_letters },
  { "given name", given },
  { "given and family name", given_family },
  { "family name, given begun", family_begun },
  { "two given names", two_given },
  { "Devanagari", in_devanagari },
  { "misspelt", by_sound },
  { "end of a phone", phone_end },
  { "name and end of a phone", phone_and_name },
  { "MRN", mrn },
  { "ABHA", abha },
  { "date of birth", birth },
};

const char *
bench_kind_name (guint kind)
{
  return kind < BENCH_N_KINDS ? kinds[kind].name : NULL;
}

GPtrArray *
bench_kind_words (guint kind, GPtrArray *patients, guint most)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < patients->len && words->len < most; i++)
    {
      char *word = kinds[kind].make (g_ptr_array_index (patients, i),
                                     g_ptr_array_index (patients, (i + 7) % patients->len), i);
      if (word != NULL)
        g_ptr_array_add (words, word);
    }
  return words;
}

GPtrArray *
bench_crowd_words (GPtrArray *patients, guint most)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < patients->len && words->len + 5 <= most; i++)
    {
      const BenchPatient *patient = g_ptr_array_index (patients, i);
      const BenchPatient *other = g_ptr_array_index (patients, (i + 7) % patients->len);
      char *digits = last_digits (patient, 5);
      g_ptr_array_add (words, three_letters (patient, other, i));
      g_ptr_array_add (words, given (patient, other, i));
      g_ptr_array_add (words, two_given (patient, other, i));
      g_ptr_array_add (words, digits != NULL ? digits : mrn (patient, other, i));
      char *spelt = g_strdup (patient->given);
      g_strdelimit (spelt, "v", 'w');
      g_ptr_array_add (words, spelt);
    }
  return words;
}
