/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of the rescue service and the areas that they cover, on the map that the demonstration
 * brings (Gothenburg). Nothing here takes part in the game of chance. */
#include "server/ctl/mh-demo-private.h"
#include "shared/records/dispatch/mh-unit.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

static const struct
{
  const char *code, *name, *kind, *corners;
  gint64 least;
} zones[] = {
  { "CENTRE", "City centre", MH_ZONE_COVERAGE,
    "[[57.692,11.94],[57.72,11.94],[57.72,11.992],[57.692,11.992],[57.692,11.94]]", 2 },
  { "EAST", "East", MH_ZONE_COVERAGE,
    "[[57.692,11.992],[57.735,11.992],[57.735,12.05],[57.692,12.05],[57.692,11.992]]", 1 },
  { "SOUTH", "South", MH_ZONE_COVERAGE,
    "[[57.65,11.92],[57.692,11.92],[57.692,12.02],[57.65,12.02],[57.65,11.92]]", 1 },
  { "MARKET", "Market place, on foot only", MH_ZONE_FORBIDDEN,
    "[[57.7063,11.9652],[57.7075,11.9652],[57.7075,11.9682],[57.7063,11.9682],[57.7063,11.9652]]",
    0 },
};

static const struct
{
  const char *code, *kind, *can, *station, *zone, *plate;
} units[] = {
  { "M1", MH_UNIT_AMBULANCE, "MICU", "Main station", "CENTRE", "MH 12 EM 0101" },
  { "A1", MH_UNIT_AMBULANCE, "ALS", "Main station", "CENTRE", "MH 12 EM 0111" },
  { "A2", MH_UNIT_AMBULANCE, "ALS", "East station", "EAST", "MH 12 EM 0112" },
  { "B1", MH_UNIT_AMBULANCE, "BLS", "Main station", "CENTRE", "MH 12 EM 0121" },
  { "B2", MH_UNIT_AMBULANCE, "BLS", "East station", "EAST", "MH 12 EM 0122" },
  { "B3", MH_UNIT_AMBULANCE, "BLS", "South station", "SOUTH", "MH 12 EM 0123" },
  { "C1", MH_UNIT_MOTORBIKE, "BLS", "South station", "SOUTH", "MH 12 EM 0131" },
  { "F1", MH_UNIT_FIRE, "FIRE", "Fire station", NULL, "MH 12 FR 0001" },
};

static gboolean
demo_fleet_put (MhTx *tx, MhRecord *taken, GError **error)
{
  g_autoptr (MhRecord) record = taken;
  return mh_tx_insert (tx, record, MH_AUDIT_CREATE, "demonstration", error);
}

static MhRecord *
demo_fleet_zone (MhDemo *demo, guint i)
{
  MhRecord *zone = mh_demo_fixed (demo, &mh_zone_type, zones[i].code);
  mh_record_set_text (zone, MH_ZONE_CODE, zones[i].code);
  mh_record_set_text (zone, MH_ZONE_NAME, zones[i].name);
  mh_record_set_text (zone, MH_ZONE_KIND, zones[i].kind);
  mh_record_set_text (zone, MH_ZONE_CORNERS, zones[i].corners);
  if (zones[i].least > 0)
    mh_record_set_int (zone, MH_ZONE_LEAST_UNITS, zones[i].least);
  mh_record_set_bool (zone, MH_ZONE_ACTIVE, TRUE);
  return zone;
}

static MhRecord *
demo_fleet_unit (MhDemo *demo, guint i)
{
  const char *const can[] = { units[i].can, NULL };
  MhRecord *unit = mh_demo_fixed (demo, &mh_unit_type, units[i].code);
  mh_record_set_text (unit, MH_UNIT_CODE, units[i].code);
  mh_record_set_text (unit, MH_UNIT_KIND, units[i].kind);
  mh_record_set_list (unit, MH_UNIT_CAN, can);
  mh_record_set_text (unit, MH_UNIT_PLATE, units[i].plate);
  mh_record_set_text (unit, MH_UNIT_STATION, units[i].station);
  mh_record_set_text (unit, MH_UNIT_ZONE, units[i].zone);
  mh_record_set_bool (unit, MH_UNIT_ACTIVE, TRUE);
  return unit;
}

gboolean
mh_demo_fleet (MhTx *tx, MhDemo *demo, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    if (!demo_fleet_put (tx, demo_fleet_zone (demo, i), error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (!demo_fleet_put (tx, demo_fleet_unit (demo, i), error))
      return FALSE;
  return TRUE;
}
