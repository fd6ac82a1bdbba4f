/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-vaccine-rules.h"

#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-immunisation.h"

#include <stdlib.h>
#include <string.h>

/* Nobody older is asked about the schedule. */
#define GROWN_UP "18y"

/* clang-format off */
const MhVaccineRow mh_vaccine_schedule[] = {
  { "bcg",   0, "0d",   "4w",   "1y" },
  { "hepb",  0, "0d",   "1d",   "7d" },
  { "opv",   0, "0d",   "15d",  "15d" },
  { "opv",   1, "6w",   "8w",   "5y" },
  { "penta", 1, "6w",   "8w",   "1y" },
  { "rota",  1, "6w",   "8w",   "1y" },
  { "ipv",   1, "6w",   "8w",   "1y" },
  { "pcv",   1, "6w",   "8w",   "1y" },
  { "opv",   2, "10w",  "12w",  "5y" },
  { "penta", 2, "10w",  "12w",  "1y" },
  { "rota",  2, "10w",  "12w",  "1y" },
  { "opv",   3, "14w",  "16w",  "5y" },
  { "penta", 3, "14w",  "16w",  "1y" },
  { "rota",  3, "14w",  "16w",  "1y" },
  { "ipv",   2, "14w",  "16w",  "1y" },
  { "pcv",   2, "14w",  "16w",  "1y" },
  { "mr",    1, "9mo",  "12mo", "5y" },
  { "pcv",   3, "9mo",  "12mo", "2y" },
  { "ipv",   3, "9mo",  "12mo", "5y" },
  { "mr",    2, "16mo", "24mo", "5y" },
  { "dpt",   1, "16mo", "24mo", "7y" },
  { "opv",   4, "16mo", "24mo", "5y" },
  { "dpt",   2, "5y",   "6y",   "7y" },
  { "td",    1, "10y",  "11y",  "16y" },
  { "td",    2, "16y",  "17y",  "18y" },
  { NULL },
};
/* clang-format on */

/* The first day on which @word is reached. */
static MhDate
vaccine_rules_day_of (MhDate birth, const char *word)
{
  char *unit = NULL;
  int n = (int)strtol (word, &unit, 10);
  if (g_str_equal (unit, "y"))
    return mh_date_add_months (birth, 12 * n);
  if (g_str_equal (unit, "mo"))
    return mh_date_add_months (birth, n);
  return mh_date_from_days (mh_date_to_days (birth) + n * (g_str_equal (unit, "w") ? 7 : 1));
}

static gboolean
vaccine_rules_counts (MhRecord *dose, const char *vaccine)
{
  return g_strcmp0 (mh_record_text (dose, MH_IMMUNISATION_STATUS), MH_IMMUNISATION_COMPLETED) == 0
         && g_strcmp0 (mh_record_text (dose, MH_IMMUNISATION_VACCINE), vaccine) == 0;
}

/* Doses of @vaccine without a number, before @day: those that were given in their order. */
static guint
vaccine_rules_place_of (GPtrArray *doses, MhRecord *of)
{
  guint before = 0;
  const char *vaccine = mh_record_text (of, MH_IMMUNISATION_VACCINE);
  const char *day = mh_record_text (of, MH_IMMUNISATION_GIVEN_ON);
  for (guint i = 0; i < doses->len; i++)
    {
      MhRecord *dose = g_ptr_array_index (doses, i);
      if (dose != of && vaccine_rules_counts (dose, vaccine)
          && g_strcmp0 (mh_record_text (dose, MH_IMMUNISATION_GIVEN_ON), day) < 0)
        before++;
    }
  return before;
}

/* Numbers begin at 0 where the schedule has a dose at birth. */
static int
first_dose (const char *vaccine)
{
  for (const MhVaccineRow *row = mh_vaccine_schedule; row->vaccine != NULL; row++)
    if (g_str_equal (row->vaccine, vaccine))
      return row->dose;
  return 1;
}

static MhRecord *
given_for (GPtrArray *doses, const MhVaccineRow *row)
{
  for (guint i = 0; i < doses->len; i++)
    {
      MhRecord *dose = g_ptr_array_index (doses, i);
      if (!vaccine_rules_counts (dose, row->vaccine))
        continue;
      int number = mh_record_has (dose, MH_IMMUNISATION_DOSE_NUMBER)
                       ? (int)mh_record_int (dose, MH_IMMUNISATION_DOSE_NUMBER)
                       : first_dose (row->vaccine) + (int)vaccine_rules_place_of (doses, dose);
      if (number == row->dose)
        return dose;
    }

  return NULL;
}

static MhRecord *
vaccine_rules_judge (const MhVaccineRow *row, MhDate birth, MhDate today, MhRecord *given)
{
  char from[MH_DATE_LENGTH + 1], until[MH_DATE_LENGTH + 1];
  MhDate due = vaccine_rules_day_of (birth, row->from),
         last = vaccine_rules_day_of (birth, row->last);
  MhRecord *line = mh_record_new (&mh_vaccine_due_type);
  const char *state = given != NULL                        ? MH_DOSE_GIVEN
                      : mh_date_compare (today, due) < 0   ? MH_DOSE_COMING
                      : mh_date_compare (today, last) >= 0 ? MH_DOSE_MISSED
                      : mh_date_compare (today, vaccine_rules_day_of (birth, row->late)) >= 0
                          ? MH_DOSE_OVERDUE
                          : MH_DOSE_DUE;

  mh_date_format (due, from);
  mh_date_format (last, until);
  mh_record_set_text (line, MH_VACCINE_DUE_VACCINE, row->vaccine);
  mh_record_set_int (line, MH_VACCINE_DUE_DOSE_NUMBER, row->dose);
  mh_record_set_text (line, MH_VACCINE_DUE_STATE, state);
  mh_record_set_text (line, MH_VACCINE_DUE_FROM, from);
  mh_record_set_text (line, MH_VACCINE_DUE_UNTIL, until);
  if (given != NULL)
    mh_record_set_text (line, MH_VACCINE_DUE_GIVEN_ON,
                        mh_record_text (given, MH_IMMUNISATION_GIVEN_ON));

  return line;
}

GPtrArray *
mh_vaccine_due (MhDate birth, MhDate today, GPtrArray *doses)
{
  GPtrArray *due = g_ptr_array_new_with_free_func (g_object_unref);
  if (mh_date_compare (today, birth) < 0
      || mh_date_compare (today, vaccine_rules_day_of (birth, GROWN_UP)) >= 0)
    return due;
  for (const MhVaccineRow *row = mh_vaccine_schedule; row->vaccine != NULL; row++)
    g_ptr_array_add (due, vaccine_rules_judge (row, birth, today, given_for (doses, row)));
  return due;
}
