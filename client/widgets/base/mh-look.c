/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-look.h"

MhLook
mh_look_of (const MhLook *looks, const char *code)
{
  const MhLook *look = looks;
  while (look->code != NULL && g_strcmp0 (look->code, code) != 0)
    look++;
  return look->code != NULL ? *look : (MhLook){ NULL, "?", NULL };
}
