/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-nedocs.h"

#include "shared/base/mh-clock.h"

/* Hundredths of a point. */
#define OF_PATIENTS 8580
#define OF_BOARDERS 60000
#define OF_VENTILATED 1340
#define OF_LONGEST_HOUR 93
#define OF_LAST_BED_HOUR 564
#define LESS 2000

static const struct
{
  const char *code;
  int most;
} nedocs_bands[MH_NEDOCS_N_BANDS] = {
  [MH_NEDOCS_CALM] = { "calm", 20 },
  [MH_NEDOCS_BUSY] = { "busy", 60 },
  [MH_NEDOCS_VERY_BUSY] = { "very_busy", 100 },
  [MH_NEDOCS_CROWDED] = { "crowded", 140 },
  [MH_NEDOCS_SEVERE] = { "severe", 180 },
  [MH_NEDOCS_DANGEROUS] = { "dangerous", G_MAXINT },
};

const char *
mh_nedocs_band_code (MhNedocsBand band)
{
  return (int)band >= 0 && band < MH_NEDOCS_N_BANDS ? nedocs_bands[band].code : NULL;
}

MhNedocsBand
mh_nedocs_band (int score)
{
  int band = MH_NEDOCS_CALM;
  while (score > nedocs_bands[band].most)
    band++;
  return (MhNedocsBand)band;
}

static void
nedocs_check_one (MhIssues *issues, const char *field, int value, int least, int most)
{
  if (value < least || value > most)
    mh_issues_add (issues, field, "out_of_range", "Write a number from %d to %d", least, most);
}

static void
nedocs_check_beds (MhIssues *issues, const char *field, int beds, int most, int known)
{
  nedocs_check_one (issues, field, beds, 1, most);
  if (known > 0 && beds > known && beds <= most)
    mh_issues_add (issues, field, "out_of_range",
                   "The hospital has %d of these beds: write at most that, or change its data",
                   known);
}

void
mh_nedocs_check (const MhNedocsInput *input,
                 int ed_beds_known,
                 int hospital_beds_known,
                 MhIssues *issues)
{
  nedocs_check_one (issues, "ed_patients", input->ed_patients, 0, MH_NEDOCS_MOST_PATIENTS);
  nedocs_check_beds (issues, "ed_beds", input->ed_beds, MH_NEDOCS_MOST_ED_BEDS, ed_beds_known);
  nedocs_check_beds (issues, "hospital_beds", input->hospital_beds, MH_NEDOCS_MOST_BEDS,
                     hospital_beds_known);
  nedocs_check_one (issues, "longest_minutes", input->longest_minutes, 0, MH_NEDOCS_MOST_MINUTES);
  nedocs_check_one (issues, "last_bed_minutes", input->last_bed_minutes, 0, MH_NEDOCS_MOST_MINUTES);
  /* both are among those who are there */
  gboolean known = input->ed_patients >= 0 && input->ed_patients <= MH_NEDOCS_MOST_PATIENTS;
  int most = known ? input->ed_patients : MH_NEDOCS_MOST_PATIENTS;
  nedocs_check_one (issues, "boarders", input->boarders, 0, most);
  nedocs_check_one (issues, "ventilated", input->ventilated, 0, most);
  if (input->boarders == 0 && input->longest_minutes > 0)
    mh_issues_add (issues, "longest_minutes", "conflict",
                   "Nobody waits for a bed: write 0 here, or how many wait");
}

/* Half up, also below zero. */
static gint64
nedocs_round (gint64 over, gint64 under)
{
  gint64 twice = 2 * over + under, by = 2 * under;
  return twice >= 0 ? twice / by : -((by - 1 - twice) / by);
}

gboolean
mh_nedocs_judge (const MhNedocsInput *input, MhNedocs *out_nedocs, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_nedocs_check (input, 0, 0, issues);
  if (!mh_issues_raise (issues, error))
    return FALSE;

  /* each part over the one denominator ed_beds × hospital_beds × 60 */
  gint64 ed = input->ed_beds, beds = input->hospital_beds, all = ed * beds * 60;
  const gint64 over[MH_NEDOCS_N_PARTS] = {
    [MH_NEDOCS_OF_PATIENTS] = (gint64)OF_PATIENTS * input->ed_patients * beds * 60,
    [MH_NEDOCS_OF_BOARDERS] = (gint64)OF_BOARDERS * input->boarders * ed * 60,
    [MH_NEDOCS_OF_VENTILATED] = (gint64)OF_VENTILATED * input->ventilated * all,
    [MH_NEDOCS_OF_LONGEST] = (gint64)OF_LONGEST_HOUR * input->longest_minutes * ed * beds,
    [MH_NEDOCS_OF_LAST_BED] = (gint64)OF_LAST_BED_HOUR * input->last_bed_minutes * ed * beds,
  };
  gint64 sum = -LESS * all;
  for (guint i = 0; i < MH_NEDOCS_N_PARTS; i++)
    {
      sum += over[i];
      out_nedocs->parts[i] = (int)nedocs_round (over[i], all);
    }
  out_nedocs->score = (int)nedocs_round (sum, 100 * all);
  out_nedocs->band = mh_nedocs_band (out_nedocs->score);
  return TRUE;
}

gboolean
mh_nedocs_is_stale (gint64 reviewed_at, gint64 now)
{
  return reviewed_at == 0 || now - reviewed_at > MH_NEDOCS_STALE_MINUTES * MH_MINUTE;
}
