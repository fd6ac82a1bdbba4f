/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/mh-settings.h"

#include "shared/records/mh-hospital.h"

/* clang-format off */
const MhSettingDefault mh_setting_defaults[] = {
  { MH_SET_CASH_SESSION_REQUIRED, MH_SETTING_KIND_BOOL, "false", N_("Open the drawer first"),
    N_("Cash is taken only by somebody who has opened a drawer with its float. If not, the first cash payment opens one without float") },
  { MH_SET_CASH_VARIANCE_LIMIT, MH_SETTING_KIND_MONEY, "10000", N_("Difference a cashier may close alone"),
    N_("A drawer that is further off is closed by a second person") },
  { NULL },
};
/* clang-format on */

const MhSettingDefault *
mh_setting_default_find (const char *key)
{
  for (const MhSettingDefault *row = mh_setting_defaults; row->key != NULL; row++)
    if (g_strcmp0 (row->key, key) == 0)
      return row;
  return NULL;
}
