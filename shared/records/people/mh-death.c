/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-death.h"

/* clang-format off */
static const MhField death_fields[] = {
  [MH_DEATH_DIED_AT] = { "died_at", MH_KIND_INSTANT, .label = N_("Died"), .flags = MH_REQUIRED },
  [MH_DEATH_TOLD_BY] = { "told_by", MH_KIND_TEXT, .label = N_("Certified or told by"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 120 },
  [MH_DEATH_CAUSE]   = { "cause", MH_KIND_TEXT, .label = N_("Cause, if known"), .flags = MH_SENSITIVE, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (death_fields) == MH_DEATH_N_FIELDS);

static const MhField withdrawal_fields[] = {
  [MH_DEATH_WITHDRAWAL_REASON] = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (withdrawal_fields) == MH_DEATH_WITHDRAWAL_N_FIELDS);

const MhRecordType mh_death_type = {
  .name = "MhDeath", .code = "death",
  .label = N_("Death of a patient"), .fields = death_fields, .n_fields = G_N_ELEMENTS (death_fields),
};

const MhRecordType mh_death_withdrawal_type = {
  .name = "MhDeathWithdrawal", .code = "death_withdrawal",
  .label = N_("A death was recorded by mistake"), .fields = withdrawal_fields, .n_fields = G_N_ELEMENTS (withdrawal_fields),
};
/* clang-format on */
