/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-esi.h"

/* Danger above these; the row is that of the first .below the age is under. */
static const struct
{
  int below_months, pulse, resp;
} limits[] = {
  { 3, 180, 50 },
  { 36, 160, 40 },
  { 96, 140, 30 },
  { G_MAXINT, 100, 20 },
};
#define LEAST_SPO2 92

guint
mh_esi_danger (int age_months, int pulse, int resp, int spo2)
{
  guint danger = spo2 >= 0 && spo2 < LEAST_SPO2 ? MH_ESI_DANGER_SPO2 : 0;
  if (age_months < 0)
    return danger;
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    if (age_months < limits[i].below_months)
      return danger | (pulse > limits[i].pulse ? MH_ESI_DANGER_PULSE : 0)
             | (resp > limits[i].resp ? MH_ESI_DANGER_RESP : 0);
  return danger;
}

/* YES as soon as one is, NO when all are answered with no. */
static MhEsiAnswer
any_of (const MhEsiInput *input)
{
  MhEsiAnswer pain = input->pain >= 0 ? (input->pain >= MH_ESI_SEVERE_PAIN ? MH_ESI_YES : MH_ESI_NO)
                                      : input->severe_pain;
  const MhEsiAnswer answers[] = { input->high_risk, input->confused, pain };
  MhEsiAnswer all = MH_ESI_NO;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (answers[i] == MH_ESI_YES)
      return MH_ESI_YES;
    else if (answers[i] == MH_ESI_UNANSWERED)
      all = MH_ESI_UNANSWERED;
  return all;
}

static guint
unmeasured (const MhEsiInput *input)
{
  return (input->pulse < 0 ? MH_ESI_DANGER_PULSE : 0) | (input->resp < 0 ? MH_ESI_DANGER_RESP : 0)
         | (input->spo2 < 0 ? MH_ESI_DANGER_SPO2 : 0);
}

void
mh_esi_decide (const MhEsiInput *input, MhEsi *out_esi)
{
  MhEsi esi = { .point = 'a' };
  MhEsiAnswer risk = any_of (input);
  if (input->life_saving == MH_ESI_YES)
    esi.level = 1;
  else if (input->life_saving == MH_ESI_NO)
    {
      esi.point = 'b';
      if (risk == MH_ESI_YES)
        esi.level = 2;
      else if (risk == MH_ESI_NO)
        esi.point = 'c';
    }

  if (esi.point == 'c' && input->resources >= 0 && input->resources < MH_ESI_MANY)
    esi.level = 5 - input->resources;
  else if (esi.point == 'c' && input->resources >= MH_ESI_MANY)
    {
      esi.point = 'd';
      esi.danger = mh_esi_danger (input->age_months, input->pulse, input->resp, input->spo2);
      esi.ask = esi.danger != 0 && input->upgrade == MH_ESI_UNANSWERED;
      esi.level = esi.danger != 0 && input->upgrade == MH_ESI_YES ? 2 : 3;
      if (esi.level == 3 && !esi.ask)
        esi.unmeasured = unmeasured (input);
      if (esi.unmeasured != 0)
        esi.level = 0;
    }

  *out_esi = esi;
}
