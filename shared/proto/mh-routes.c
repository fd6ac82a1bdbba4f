/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"

static MhRouteTable tables[7];

const MhRouteTable *
mh_routes_tables (guint *out_n_tables)
{
  static gsize once;
  if (g_once_init_enter (&once))
    {
      tables[0] = mh_routes_access;
      tables[1] = mh_routes_lab;
      tables[2] = mh_routes_money;
      tables[3] = mh_routes_ops;
      tables[4] = mh_routes_till;
      tables[5] = mh_routes_mail;
      tables[6] = mh_routes_settlement;
      g_once_init_leave (&once, 1);
    }
  *out_n_tables = G_N_ELEMENTS (tables);
  return tables;
}
