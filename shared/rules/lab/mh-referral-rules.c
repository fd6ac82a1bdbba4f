/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-referral-rules.h"

#include "shared/records/lab/mh-referral.h"

typedef struct
{
  const char *from, *step, *to;
} Step;

/* clang-format off */
static const Step steps[] = {
  { MH_REFERRAL_DRAFT,    "sent",      MH_REFERRAL_SENT },
  { MH_REFERRAL_DRAFT,    "cancelled", MH_REFERRAL_CANCELLED },
  { MH_REFERRAL_SENT,     "received",  MH_REFERRAL_RECEIVED },
  { MH_REFERRAL_SENT,     "refused",   MH_REFERRAL_SENT },
  { MH_REFERRAL_SENT,     "returned",  MH_REFERRAL_SENT },
  { MH_REFERRAL_RECEIVED, "received",  MH_REFERRAL_RECEIVED },
  { MH_REFERRAL_RECEIVED, "refused",   MH_REFERRAL_RECEIVED },
  { MH_REFERRAL_RECEIVED, "returned",  MH_REFERRAL_RECEIVED },
};
static const Step states[] = {
  { MH_REFERRED_PACKED,   "sent",      MH_REFERRED_SENT },
  { MH_REFERRED_SENT,     "received",  MH_REFERRED_RECEIVED },
  { MH_REFERRED_SENT,     "refused",   MH_REFERRED_REFUSED },
  { MH_REFERRED_SENT,     "returned",  MH_REFERRED_RETURNED },
  { MH_REFERRED_RECEIVED, "refused",   MH_REFERRED_REFUSED },
  { MH_REFERRED_RECEIVED, "returned",  MH_REFERRED_RETURNED },
};
/* clang-format on */

static const char *
referral_rules_follow (const Step *rows, guint n, const char *from, const char *step)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (rows[i].from, from) == 0 && g_strcmp0 (rows[i].step, step) == 0)
      return rows[i].to;
  return NULL;
}

const char *
mh_referral_rules_status (const char *status, const char *step)
{
  return referral_rules_follow (steps, G_N_ELEMENTS (steps), status, step);
}

const char *
mh_referral_rules_state (const char *state, const char *step)
{
  return referral_rules_follow (states, G_N_ELEMENTS (states), state, step);
}
