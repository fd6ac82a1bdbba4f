/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-range.h"

#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/people/mh-patient.h"

#define LONGEST_PREGNANCY (45 * 7)
#define FULL_TERM 40 /* weeks; born before 37 is too early (WHO) */
#define PRETERM 37
#define CORRECTED_UNTIL "2y"

/* --- the subject --- */

static void
read_pregnancy (MhSubject *subject, MhRecord *patient)
{
  MhDate counted;
  subject->pregnant = mh_record_bool (patient, MH_PATIENT_PREGNANT) && !subject->male;
  if (!subject->pregnant || !mh_record_has (patient, MH_PATIENT_PREGNANCY_WEEKS)
      || !mh_date_parse (mh_record_text (patient, MH_PATIENT_PREGNANCY_DATED), &counted))
    return;
  gint64 days = mh_record_int (patient, MH_PATIENT_PREGNANCY_WEEKS) * 7
                + mh_date_to_days (subject->collected) - mh_date_to_days (counted);
  subject->pregnant = days >= 0 && days <= LONGEST_PREGNANCY;
  subject->gestation_days = subject->pregnant ? (int)days : -1;
}

MhSubject
mh_subject_of_patient (MhRecord *patient, MhDate collected)
{
  const char *sex = mh_record_text (patient, MH_PATIENT_SEX);
  MhSubject subject = { .collected = collected, .gestation_days = -1 };
  subject.female = g_strcmp0 (sex, MH_SEX_FEMALE) == 0;
  subject.male = g_strcmp0 (sex, MH_SEX_MALE) == 0;
  (void)mh_date_parse (mh_record_text (patient, MH_PATIENT_BIRTH_DATE), &subject.birth);
  read_pregnancy (&subject, patient);
  gint64 weeks = mh_record_int (patient, MH_PATIENT_BIRTH_WEEKS);
  if (mh_record_has (patient, MH_PATIENT_BIRTH_WEEKS) && weeks < PRETERM)
    subject.early_days = (FULL_TERM - (int)weeks) * 7;
  return subject;
}

static gboolean
has_age (const MhSubject *subject)
{
  return mh_date_is_valid (subject->birth)
         && mh_date_compare (subject->birth, subject->collected) <= 0;
}

gboolean
mh_subject_lookup (const MhSubject *subject, const char *name, double *out_value)
{
  if (g_str_equal (name, "AGE_Y") && has_age (subject))
    *out_value = mh_age_years (subject->birth, subject->collected);
  else if (g_str_equal (name, "FEMALE") && (subject->female || subject->male))
    *out_value = subject->female;
  else if (g_str_equal (name, "ISI") && subject->isi > 0)
    *out_value = subject->isi;
  else
    return FALSE;
  return TRUE;
}

/* --- choosing --- */

/* How closely a row describes the subject: a sum of these, -1 when it does not fit, BROKEN when it
 * cannot be read. Each is more than all below it together. */
enum
{
  RANK_AGE = 1,
  RANK_SEX = 2,
  RANK_PREGNANT = 4,
  RANK_TRIMESTER = 8,
  RANK_METHOD = 16,
  RANK_NO_FIT = -1,
  RANK_BROKEN = -2,
};

/* From where the windows of age count. */
static MhDate
counted_from (const MhSubject *subject)
{
  if (subject->early_days == 0 || !has_age (subject)
      || mh_age_reached (subject->birth, subject->collected, CORRECTED_UNTIL, NULL))
    return subject->birth;
  return mh_date_from_days (MIN (mh_date_to_days (subject->birth) + subject->early_days,
                                 mh_date_to_days (subject->collected)));
}

static int
rank_age (MhRecord *range, const MhSubject *subject)
{
  MhDate birth = counted_from (subject);
  gboolean valid = TRUE;
  int rank = 0;

  if (mh_record_has (range, MH_REFERENCE_RANGE_FROM_AGE))
    {
      const char *from = mh_record_text (range, MH_REFERENCE_RANGE_FROM_AGE);
      gboolean reached = mh_age_reached (birth, subject->collected, from, &valid);
      if (!valid || !reached)
        return valid ? RANK_NO_FIT : RANK_BROKEN;
      rank = g_str_equal (from, "0d") ? 0 : RANK_AGE;
    }

  if (mh_record_has (range, MH_REFERENCE_RANGE_TO_AGE))
    {
      const char *to = mh_record_text (range, MH_REFERENCE_RANGE_TO_AGE);
      gboolean reached = mh_age_reached (birth, subject->collected, to, &valid);
      if (!valid || reached)
        return valid ? RANK_NO_FIT : RANK_BROKEN;
      rank = RANK_AGE;
    }

  return rank;
}

static int
rank_sex (MhRecord *range, const MhSubject *subject)
{
  const char *sex = mh_record_text (range, MH_REFERENCE_RANGE_SEX);
  if (sex == NULL || g_str_equal (sex, MH_RANGE_SEX_ANY))
    return 0;
  gboolean fits = g_str_equal (sex, MH_RANGE_SEX_FEMALE) ? subject->female : subject->male;
  return fits ? RANK_SEX : RANK_NO_FIT;
}

static int
rank_pregnancy (MhRecord *range, const MhSubject *subject)
{
  static const struct
  {
    const char *code;
    int from_days, to_days;
  } trimesters[] = { { MH_RANGE_PREGNANCY_T1, 0, 14 * 7 },
                     { MH_RANGE_PREGNANCY_T2, 14 * 7, 28 * 7 },
                     { MH_RANGE_PREGNANCY_T3, 28 * 7, LONGEST_PREGNANCY + 1 } };
  const char *code = mh_record_text (range, MH_REFERENCE_RANGE_PREGNANCY);

  if (code == NULL || *code == 0)
    return 0;
  if (!subject->pregnant)
    return RANK_NO_FIT;
  if (g_str_equal (code, MH_RANGE_PREGNANCY_ANY))
    return RANK_PREGNANT;

  for (gsize i = 0; i < G_N_ELEMENTS (trimesters); i++)
    if (g_str_equal (code, trimesters[i].code))
      return subject->gestation_days >= trimesters[i].from_days
                     && subject->gestation_days < trimesters[i].to_days
                 ? RANK_TRIMESTER
                 : RANK_NO_FIT;

  return RANK_BROKEN;
}

static int
rank_method (MhRecord *range, const MhSubject *subject)
{
  if (!mh_record_has (range, MH_REFERENCE_RANGE_METHOD))
    return 0;
  const char *method = mh_record_text (range, MH_REFERENCE_RANGE_METHOD);
  return g_strcmp0 (method, subject->method) == 0 ? RANK_METHOD : RANK_NO_FIT;
}

static int
range_rank_of (MhRecord *range, const MhSubject *subject)
{
  static int (*const parts[]) (MhRecord *, const MhSubject *)
      = { rank_method, rank_pregnancy, rank_sex, rank_age };
  int rank = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      int part = parts[i](range, subject);
      if (part < 0)
        return part;
      rank += part;
    }
  return rank;
}

static gboolean
is_candidate (MhRecord *range, const char *analyte, const char *kind)
{
  return !mh_record_has (range, MH_DELETED_AT)
         && g_strcmp0 (mh_record_text (range, MH_REFERENCE_RANGE_ANALYTE), analyte) == 0
         && g_strcmp0 (mh_record_text (range, MH_REFERENCE_RANGE_KIND), kind) == 0;
}

MhRangeOutcome
mh_range_choose (GPtrArray *ranges,
                 const char *analyte,
                 const char *kind,
                 const MhSubject *subject,
                 MhRecord **out_range)
{
  MhRecord *best = NULL;
  int best_rank = RANK_NO_FIT;
  gboolean tie = FALSE;
  if (ranges == NULL || !has_age (subject))
    return MH_RANGE_NONE;

  for (guint i = 0; i < ranges->len; i++)
    {
      MhRecord *range = g_ptr_array_index (ranges, i);
      if (!is_candidate (range, analyte, kind))
        continue;
      int rank = range_rank_of (range, subject);
      if (rank == RANK_BROKEN)
        return MH_RANGE_BROKEN;
      if (rank < 0 || rank < best_rank)
        continue;
      tie = rank == best_rank;
      best_rank = rank;
      best = range;
    }

  if (best == NULL)
    return MH_RANGE_NONE;
  if (tie)
    return MH_RANGE_BROKEN;

  *out_range = best;
  return MH_RANGE_FOUND;
}

/* As many as the finer of the two limits was given with. */
static int
finest (MhRecord *range, int decimals)
{
  static const guint limits[] = { MH_REFERENCE_RANGE_LOW, MH_REFERENCE_RANGE_HIGH };
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      MhDecimal limit;
      const char *text = mh_record_text (range, limits[i]);
      if (text != NULL && mh_decimal_parse (text, &limit))
        decimals = MAX (decimals, limit.scale);
    }
  return decimals;
}

/* NULL: no limit. Caller frees. */
static char *
limit_text (MhRecord *range, guint field, int decimals)
{
  MhDecimal limit;
  const char *text = mh_record_text (range, field);
  if (text == NULL || !mh_decimal_parse (text, &limit) || limit.scale >= decimals)
    return g_strdup (text);
  return mh_decimal_format (limit, decimals);
}

char *
mh_range_text (MhRecord *range, int decimals)
{
  decimals = finest (range, decimals);
  g_autofree char *low = limit_text (range, MH_REFERENCE_RANGE_LOW, decimals);
  g_autofree char *high = limit_text (range, MH_REFERENCE_RANGE_HIGH, decimals);
  gboolean low_open = mh_record_bool (range, MH_REFERENCE_RANGE_LOW_OPEN);
  gboolean high_open = mh_record_bool (range, MH_REFERENCE_RANGE_HIGH_OPEN);

  if (low != NULL && high != NULL && !low_open && !high_open)
    return g_strdup_printf ("%s–%s", low, high);
  if (low != NULL && high != NULL)
    return g_strdup_printf ("%s %s, %s %s", low_open ? ">" : "≥", low, high_open ? "<" : "≤", high);
  if (low != NULL)
    return g_strdup_printf ("%s %s", low_open ? ">" : "≥", low);
  if (high != NULL)
    return g_strdup_printf ("%s %s", high_open ? "<" : "≤", high);

  const char *label = mh_record_text (range, MH_REFERENCE_RANGE_LABEL);
  return g_strdup (label != NULL ? label : "");
}
