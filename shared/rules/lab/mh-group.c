/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-group.h"

#include "shared/records/people/mh-patient.h"

/* Forward and reverse grouping do not agree: no group at all. */
#define MH_GROUP_DISCREPANT "DISC"

static const struct
{
  const char *record, *abo, *rhd;
} on_record[] = {
  { MH_BLOOD_A_POS, "A", "POS" },   { MH_BLOOD_A_NEG, "A", "NEG" },
  { MH_BLOOD_B_POS, "B", "POS" },   { MH_BLOOD_B_NEG, "B", "NEG" },
  { MH_BLOOD_AB_POS, "AB", "POS" }, { MH_BLOOD_AB_NEG, "AB", "NEG" },
  { MH_BLOOD_O_POS, "O", "POS" },   { MH_BLOOD_O_NEG, "O", "NEG" },
  { MH_BLOOD_OH, "BOM", NULL },
};

const char *
mh_group_on_record (const char *analyte, const char *blood_group)
{
  for (guint i = 0; i < G_N_ELEMENTS (on_record); i++)
    if (g_strcmp0 (on_record[i].record, blood_group) == 0)
      return g_strcmp0 (analyte, MH_GROUP_ABO) == 0   ? on_record[i].abo
             : g_strcmp0 (analyte, MH_GROUP_RHD) == 0 ? on_record[i].rhd
                                                      : NULL;
  return NULL;
}

gboolean
mh_group_differs (const char *earlier, const char *now)
{
  return earlier != NULL && now != NULL && !g_str_equal (earlier, MH_GROUP_DISCREPANT)
         && !g_str_equal (now, MH_GROUP_DISCREPANT) && !g_str_equal (earlier, now);
}
