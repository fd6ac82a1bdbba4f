/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"

static const MhRouteTable *const all[] = {
  &mh_routes_patients,   &mh_routes_kiosk,    &mh_routes_access,    &mh_routes_lab,
  &mh_routes_money,      &mh_routes_ops,      &mh_routes_till,      &mh_routes_mail,
  &mh_routes_settlement, &mh_routes_insights, &mh_routes_results,   &mh_routes_samples,
  &mh_routes_critical,   &mh_routes_reports,  &mh_routes_analysers, &mh_routes_qc,
  &mh_routes_catalogue,  &mh_routes_drugs,    &mh_routes_visits,    &mh_routes_appointments,
  &mh_routes_chart,      &mh_routes_protect,  &mh_routes_documents, &mh_routes_dispatch,
  &mh_routes_calls,      &mh_routes_sites,
};
static MhRouteTable tables[G_N_ELEMENTS (all)];

const MhRouteTable *
mh_routes_tables (guint *out_n_tables)
{
  static gsize once;
  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (all); i++)
        tables[i] = *all[i];
      g_once_init_leave (&once, 1);
    }
  *out_n_tables = G_N_ELEMENTS (tables);
  return tables;
}
