/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-drug-amount.h"

#include <math.h>
#include <string.h>

static const struct
{
  const char *unit;
  MhAmountKind kind;
  double factor;
} units[] = {
  { "mg", MH_AMOUNT_MG, 1 },
  { "g", MH_AMOUNT_MG, 1000 },
  { "gm", MH_AMOUNT_MG, 1000 },
  { "mcg", MH_AMOUNT_MG, 0.001 },
  { "µg", MH_AMOUNT_MG, 0.001 },
  { "microgram", MH_AMOUNT_MG, 0.001 },
  { "iu", MH_AMOUNT_UNITS, 1 },
  { "unit", MH_AMOUNT_UNITS, 1 },
  { "u", MH_AMOUNT_UNITS, 1 },
  { "lakh unit", MH_AMOUNT_UNITS, 1e5 },
  { "million unit", MH_AMOUNT_UNITS, 1e6 },
  { "ml", MH_AMOUNT_ML, 1 },
  { "teaspoon", MH_AMOUNT_ML, 5 },
  { "tsp", MH_AMOUNT_ML, 5 },
  { "", MH_AMOUNT_PIECES, 1 },
  { "tab", MH_AMOUNT_PIECES, 1 },
  { "tablet", MH_AMOUNT_PIECES, 1 },
  { "cap", MH_AMOUNT_PIECES, 1 },
  { "capsule", MH_AMOUNT_PIECES, 1 },
  { "puff", MH_AMOUNT_PIECES, 1 },
  { "dose", MH_AMOUNT_PIECES, 1 },
  { "vial", MH_AMOUNT_PIECES, 1 },
  { "ampoule", MH_AMOUNT_PIECES, 1 },
  { "sachet", MH_AMOUNT_PIECES, 1 },
  { "suppository", MH_AMOUNT_PIECES, 1 },
  { "patch", MH_AMOUNT_PIECES, 1 },
  { "piece", MH_AMOUNT_PIECES, 1 },
};

/* "Tablets" and "tablet" are one. */
static gboolean
drug_amount_is_unit (const char *text, gsize length, const char *unit)
{
  gsize n = strlen (unit);
  if (g_ascii_strncasecmp (text, unit, n) != 0)
    return FALSE;
  return length == n || (n > 2 && length == n + 1 && g_ascii_tolower (text[n]) == 's');
}

gboolean
mh_amount_unit (const char *unit, MhAmountKind *out_kind, double *out_factor)
{
  g_autofree char *copy = g_strdup (unit);
  g_strstrip (copy);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (drug_amount_is_unit (copy, strlen (copy), units[i].unit))
      {
        *out_kind = units[i].kind;
        *out_factor = units[i].factor;
        return TRUE;
      }
  return FALSE;
}

/* "2", "0.5", "½", "1/2", "1½" */
static gboolean
drug_amount_read_number (const char **at, double *out_number)
{
  char *end;
  const char *c = *at;
  double number = 0;
  gboolean any = FALSE;

  if (g_str_has_prefix (c, "1/2"))
    {
      *at = c + 3;
      *out_number = 0.5;
      return TRUE;
    }

  if (g_ascii_isdigit (*c))
    {
      number = g_ascii_strtod (c, &end);
      any = TRUE;
      c = end;
    }

  if (g_str_has_prefix (c, "½"))
    {
      number += 0.5;
      any = TRUE;
      c += strlen ("½");
    }

  *at = c;
  *out_number = number;
  return any && number > 0;
}

gboolean
mh_amount_parse (const char *text, MhAmount *out_amount)
{
  MhAmount amount;
  double number, factor;
  if (text == NULL)
    return FALSE;
  while (g_ascii_isspace (*text))
    text++;
  if (!drug_amount_read_number (&text, &number) || !mh_amount_unit (text, &amount.kind, &factor))
    return FALSE;
  amount.value = number * factor;
  *out_amount = amount;
  return TRUE;
}

/* What is in one of something: "500 mg" in a tablet, "250 mg" in "5 mL". "2 %" is not read. */
typedef struct
{
  MhAmount content, of;
} Strength;

static gboolean
read_strength (const char *text, Strength *strength)
{
  if (text == NULL)
    return FALSE;

  g_auto (GStrv) parts = g_strsplit (text, "/", 3);
  guint n = g_strv_length (parts);
  strength->of = (MhAmount){ MH_AMOUNT_PIECES, 1 };
  if (n < 1 || n > 2 || !mh_amount_parse (parts[0], &strength->content)
      || strength->content.kind > MH_AMOUNT_UNITS)
    return FALSE;
  if (n == 1)
    return TRUE;

  g_strstrip (parts[1]);
  if (g_ascii_isdigit (parts[1][0]))
    return mh_amount_parse (parts[1], &strength->of);

  strength->of.value = 1;
  return mh_amount_unit (parts[1], &strength->of.kind, &strength->of.value);
}

static void
drug_amount_set (MhIntake *intake, MhAmountKind kind, double one, const MhDose *often)
{
  double most = often->most_halves > 0 ? (double)often->most_halves / 2 : 1;
  intake->known[kind] = TRUE;
  intake->once[kind] = one * most;
  intake->day[kind] = one * often->a_day;
}

gboolean
mh_intake_read (const char *dose,
                const char *strength,
                const char *frequency,
                gboolean as_needed,
                MhIntake *out_intake)
{
  MhAmount one;
  Strength in;
  MhDose often = { .a_day = 1 };
  MhIntake intake = { 0 };

  *out_intake = intake;
  gboolean said = frequency != NULL && frequency[0] != 0;
  if (!mh_amount_parse (dose, &one) || (said && !mh_dose_parse (frequency, &often))
      || (!said && !as_needed))
    return FALSE;

  intake.day_known = often.a_day > 0 && said;
  drug_amount_set (&intake, one.kind, one.value, &often);
  if (read_strength (strength, &in))
    {
      if (in.of.kind == one.kind)
        drug_amount_set (&intake, in.content.kind, one.value * in.content.value / in.of.value,
                         &often);
      else if (in.content.kind == one.kind)
        drug_amount_set (&intake, in.of.kind, one.value * in.of.value / in.content.value, &often);
    }

  *out_intake = intake;
  return TRUE;
}

gint64
mh_intake_quantity (const char *dose, const char *strength, const char *frequency, gint64 days)
{
  MhIntake intake;
  if (days <= 0 || !mh_intake_read (dose, strength, frequency, FALSE, &intake)
      || !intake.known[MH_AMOUNT_PIECES] || !intake.day_known)
    return 0;
  /* a hair of tolerance: 7 times a seventh is 1, not 2 */
  return (gint64)ceil (intake.day[MH_AMOUNT_PIECES] * (double)days - 1e-6);
}
