/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-fluid-balance.h"

#include "shared/base/mh-clock.h"
#include "shared/records/clinic/mh-triage.h"

void
mh_fluid_balance (GPtrArray *fluids, gint64 from, MhFluidBalance *out_balance)
{
  MhFluidBalance balance = { .from = from };
  for (guint i = 0; i < fluids->len; i++)
    {
      MhRecord *fluid = g_ptr_array_index (fluids, i);
      gint64 at = mh_record_int (fluid, MH_FLUID_AT), ml = mh_record_int (fluid, MH_FLUID_ML);
      const char *direction = mh_fluid_direction_of (mh_record_text (fluid, MH_FLUID_KIND));
      if (at < from || at >= from + MH_FLUID_HOURS * MH_HOUR
          || mh_record_has (fluid, MH_FLUID_STRUCK_AT) || direction == NULL)
        continue;
      guint hour = (guint)((at - from) / MH_HOUR);
      gboolean in = g_str_equal (direction, MH_FLUID_IN);
      *(in ? &balance.in[hour] : &balance.out[hour]) += ml;
      *(in ? &balance.total_in : &balance.total_out) += ml;
    }

  balance.balance = balance.total_in - balance.total_out;
  *out_balance = balance;
}
