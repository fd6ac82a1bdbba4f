/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-budget.h"

gboolean
mh_http_budget_take (MhHttpBudget *budget, gsize bytes)
{
  gint64 most = budget->most + (bytes <= MH_HTTP_SMALL_BODY ? budget->most / 4 : 0);
  gint64 used = __atomic_add_fetch (&budget->used, (gint64)bytes, __ATOMIC_RELAXED);
  if (used <= most)
    return TRUE;
  mh_http_budget_give (budget, bytes);
  return FALSE;
}

void
mh_http_budget_give (MhHttpBudget *budget, gsize bytes)
{
  __atomic_sub_fetch (&budget->used, (gint64)bytes, __ATOMIC_RELAXED);
}
