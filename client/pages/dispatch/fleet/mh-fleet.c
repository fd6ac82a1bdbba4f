/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/fleet/mh-fleet.h"

#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-unit.h"
#include "shared/records/people/mh-permissions.h"

#define STATE "mh-fleet-state"
#define PLACE "mh-fleet-place"
#define CREW "mh-fleet-crew"

enum
{
  UNITS,
  ZONES,
  STATES,
  PLACES,
  SHIFTS,
  N_LISTS,
};

struct _MhFleet
{
  MhModel parent_instance;
  MhRecordList *lists[N_LISTS]; /* NULL: may not be seen */
};

G_DEFINE_FINAL_TYPE (MhFleet, mh_fleet, MH_TYPE_MODEL)

static guint changed;

/* --- what is told of a unit --- */

MhRecord *
mh_fleet_state (MhRecord *unit)
{
  return g_object_get_data (G_OBJECT (unit), STATE);
}

MhRecord *
mh_fleet_place (MhRecord *unit)
{
  return g_object_get_data (G_OBJECT (unit), PLACE);
}

GPtrArray *
mh_fleet_crew (MhRecord *unit)
{
  return g_object_get_data (G_OBJECT (unit), CREW);
}

gboolean
mh_fleet_is (MhRecord *unit, const char *state)
{
  MhRecord *now = mh_fleet_state (unit);
  const char *code = now != NULL ? mh_record_text (now, MH_UNIT_STATE_STATE) : MH_UNIT_OFF;
  return g_strcmp0 (code, state) == 0;
}

static guint
fleet_length (MhFleet *fleet, guint which)
{
  return fleet->lists[which] != NULL ? g_list_model_get_n_items (G_LIST_MODEL (fleet->lists[which]))
                                     : 0;
}

/* Borrowed: the list holds it. */
static MhRecord *
fleet_nth (MhFleet *fleet, guint which, guint at)
{
  g_autoptr (MhRecord) record = g_list_model_get_item (G_LIST_MODEL (fleet->lists[which]), at);
  return record;
}

/* What has the unit's id; NULL: there is none. Borrowed. */
static MhRecord *
fleet_of (MhFleet *fleet, guint which, MhRecord *unit)
{
  const int at = fleet->lists[which] != NULL
                     ? mh_record_list_find (fleet->lists[which], mh_record_id (unit))
                     : -1;
  return at >= 0 ? fleet_nth (fleet, which, (guint)at) : NULL;
}

static int
fleet_compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (mh_record_text (*(MhRecord *const *)a, MH_CREW_SHIFT_USER_NAME),
                    mh_record_text (*(MhRecord *const *)b, MH_CREW_SHIFT_USER_NAME));
}

/* NULL: nobody. */
static GPtrArray *
fleet_crew_of (MhFleet *fleet, MhRecord *unit)
{
  GPtrArray *crew = NULL;
  for (guint i = 0; i < fleet_length (fleet, SHIFTS); i++)
    {
      MhRecord *shift = fleet_nth (fleet, SHIFTS, i);
      if (g_strcmp0 (mh_record_text (shift, MH_CREW_SHIFT_UNIT_ID), mh_record_id (unit)) != 0)
        continue;
      if (crew == NULL)
        crew = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (crew, g_object_ref (shift));
    }
  if (crew != NULL)
    g_ptr_array_sort (crew, fleet_compare_names);
  return crew;
}

static void
fleet_put (MhRecord *unit, const char *what, MhRecord *record)
{
  if (record != NULL)
    g_object_set_data_full (G_OBJECT (unit), what, g_object_ref (record), g_object_unref);
  else
    g_object_set_data (G_OBJECT (unit), what, NULL);
}

static void
fleet_join_cb (MhFleet *fleet)
{
  for (guint i = 0; i < fleet_length (fleet, UNITS); i++)
    {
      MhRecord *unit = fleet_nth (fleet, UNITS, i);
      fleet_put (unit, STATE, fleet_of (fleet, STATES, unit));
      fleet_put (unit, PLACE, fleet_of (fleet, PLACES, unit));
      g_object_set_data_full (G_OBJECT (unit), CREW, fleet_crew_of (fleet, unit),
                              (GDestroyNotify)g_ptr_array_unref);
    }
}

static void
fleet_told_cb (MhFleet *fleet)
{
  fleet_join_cb (fleet);
  g_signal_emit (fleet, changed, 0);
}

/* --- questions over all of it --- */

MhRecordList *
mh_fleet_units (MhFleet *fleet)
{
  return fleet->lists[UNITS];
}

MhRecordList *
mh_fleet_zones (MhFleet *fleet)
{
  return fleet->lists[ZONES];
}

MhRecord *
mh_fleet_shift_of (MhFleet *fleet, const char *user_id)
{
  for (guint i = 0; i < fleet_length (fleet, SHIFTS); i++)
    {
      MhRecord *shift = fleet_nth (fleet, SHIFTS, i);
      if (g_strcmp0 (mh_record_text (shift, MH_CREW_SHIFT_USER_ID), user_id) == 0)
        return shift;
    }
  return NULL;
}

guint
mh_fleet_free_in (MhFleet *fleet, const char *zone)
{
  guint free = 0;
  for (guint i = 0; i < fleet_length (fleet, UNITS); i++)
    {
      MhRecord *unit = fleet_nth (fleet, UNITS, i);
      if (g_strcmp0 (mh_record_text (unit, MH_UNIT_ZONE), zone) == 0
          && mh_record_bool (unit, MH_UNIT_ACTIVE) && mh_fleet_is (unit, MH_UNIT_AVAILABLE))
        free++;
    }
  return free;
}

/* --- as a model --- */

static gboolean
fleet_is_on (MhRecord *shift, gpointer data)
{
  return !mh_record_has (shift, MH_CREW_SHIFT_ENDED_AT);
}

static void
mh_fleet_dispose (GObject *object)
{
  for (guint i = 0; i < N_LISTS; i++)
    g_clear_object (&MH_FLEET (object)->lists[i]);
  G_OBJECT_CLASS (mh_fleet_parent_class)->dispose (object);
}

static void
mh_fleet_class_init (MhFleetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_fleet_dispose;
  changed = g_signal_new ("changed", MH_TYPE_FLEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 0);
}

static void
mh_fleet_init (MhFleet *fleet)
{
}

MhFleet *
mh_fleet_new (MhContext *context)
{
  static const char *const all[] = { "limit", "200", NULL };
  static const char *const open[] = { "open", "true", "limit", "200", NULL };
  static const struct
  {
    const char *route;
    const char *const *args;
  } lists[N_LISTS] = {
    [UNITS] = { "unit.list", all },         [ZONES] = { "zone.list", all },
    [STATES] = { "unit_state.list", all },  [PLACES] = { "unit_place.list", all },
    [SHIFTS] = { "crew_shift.list", open },
  };
  MhFleet *fleet = g_object_new (MH_TYPE_FLEET, "context", context, NULL);
  const gboolean crews = mh_context_may (context, MH_MAY_CREW_UNIT);

  for (guint i = 0; i < N_LISTS; i++)
    if (i < STATES || crews)
      {
        fleet->lists[i] = mh_record_list_new (context, lists[i].route);
        mh_record_list_set_keep (fleet->lists[i], TRUE);
        /* before any table of them hears of it; what is sorted or filtered of a list is asked only
         * when that has heard as well */
        g_signal_connect_object (fleet->lists[i], "items-changed",
                                 i < STATES ? G_CALLBACK (fleet_join_cb)
                                            : G_CALLBACK (fleet_told_cb),
                                 fleet, G_CONNECT_SWAPPED);
        g_signal_connect_object (fleet->lists[i], "notify::n-items",
                                 G_CALLBACK (mh_record_list_more), fleet->lists[i],
                                 G_CONNECT_SWAPPED);
      }
  if (crews)
    mh_record_list_set_belongs (fleet->lists[SHIFTS], fleet_is_on, NULL);
  for (guint i = 0; i < N_LISTS; i++)
    if (fleet->lists[i] != NULL)
      mh_record_list_set_args (fleet->lists[i], lists[i].args);
  return fleet;
}
