/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What went in and what came out, by the hour and in 24 hours, in mL. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_FLUID_HOURS 24

typedef struct
{
  gint64 from; /* µs UTC, the first hour's begin */
  gint64 in[MH_FLUID_HOURS], out[MH_FLUID_HOURS];
  gint64 total_in, total_out, balance; /* in − out */
} MhFluidBalance;

/* Of fluids (mh_fluid_type) in [from, from + 24 h); what is struck out does not count. */
void mh_fluid_balance (GPtrArray *fluids, gint64 from, MhFluidBalance *out_balance);

G_END_DECLS
