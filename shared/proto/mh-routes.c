/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"

<<<<<<< HEAD static const MhRouteTable *const all[] = {
  &mh_routes_access,     &mh_routes_lab,      &mh_routes_money,
  &mh_routes_ops,        &mh_routes_till,     &mh_routes_mail,
  &mh_routes_settlement, &mh_routes_insights, &mh_routes_results,
};
static MhRouteTable tables[G_N_ELEMENTS (all)];
=======
static MhRouteTable tables[8];
>>>>>>> f216f6e (Results keep what they were before they are measured again; dilutions and what analysers tell)

const MhRouteTable *
mh_routes_tables (guint *out_n_tables)
{
  static gsize once;
  if (g_once_init_enter (&once))
    {
<<<<<<< HEAD
      for (guint i = 0; i < G_N_ELEMENTS (all); i++)
        tables[i] = *all[i];
=======
      tables[0] = mh_routes_access;
      tables[1] = mh_routes_lab;
      tables[2] = mh_routes_money;
      tables[3] = mh_routes_ops;
      tables[4] = mh_routes_till;
      tables[5] = mh_routes_mail;
      tables[6] = mh_routes_settlement;
      tables[7] = mh_routes_results;
>>>>>>> f216f6e (Results keep what they were before they are measured again; dilutions and what analysers tell)
      g_once_init_leave (&once, 1);
    }
  *out_n_tables = G_N_ELEMENTS (tables);
  return tables;
}
