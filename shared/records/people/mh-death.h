/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* That a patient has died, as a physician records it, and that it was a mistake. What is recorded
 * stands on the patient. */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

enum
{
  MH_DEATH_DIED_AT,
  MH_DEATH_TOLD_BY, /* who found or told it */
  MH_DEATH_CAUSE,
  MH_DEATH_N_FIELDS,
};

enum
{
  MH_DEATH_WITHDRAWAL_REASON,
  MH_DEATH_WITHDRAWAL_N_FIELDS,
};

G_END_DECLS
