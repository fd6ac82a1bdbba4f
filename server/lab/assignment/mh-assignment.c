/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/assignment/mh-assignment.h"

#include "server/lab/assignment/mh-assignment-private.h"
#include "server/lab/orders/mh-orders-assignment.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-shift.h"
#include "shared/records/people/mh-hospital.h"

gboolean
mh_assignment_time (MhDb *db,
                    const char *hospital_id,
                    gint64 now,
                    MhAssignmentTime *out_time,
                    GError **error)
{
  g_autoptr (MhRecord) hospital = mh_store_get (db, &mh_hospital_type, hospital_id, error);
  if (hospital == NULL)
    return FALSE;

  const char *name = mh_record_text (hospital, MH_HOSPITAL_TIME_ZONE);
  g_autoptr (GTimeZone) zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  if (zone == NULL)
    zone = g_time_zone_new_utc ();

  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  out_time->day = mh_date_of_instant (now, zone);
  out_time->minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  return TRUE;
}

gboolean
mh_assignment_on_shift (const MhAssignmentPerson *person, const MhAssignmentTime *time)
{
  gboolean planned = FALSE;
  gboolean on = mh_assign_on_shift (person->shifts, time->day, time->minute, &planned);
  return planned ? on : person->switched_on;
}

static gboolean
waits_for_verification (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_STATUS),
                   MH_ITEM_STATUS_RESULTED)
        == 0)
      return TRUE;
  return FALSE;
}

/* Who must not get it: those who entered what is to be verified, and those who are away. */
static GStrv
excluded (MhTx *tx, MhRecord *order, GPtrArray *items, const char *const *away, GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  if (away != NULL)
    g_strv_builder_addv (ids, (const char **)away);
  if (waits_for_verification (items))
    {
      g_auto (GStrv) enterers
          = mh_assignment_store_enterers (mh_tx_db (tx), mh_record_id (order), error);
      if (enterers == NULL)
        return NULL;
      g_strv_builder_addv (ids, (const char **)enterers);
    }

  return g_strv_builder_end (ids);
}

gboolean
mh_assignment_pick (MhTx *tx,
                    const MhAssignmentTask *task,
                    const MhAssignmentTime *time,
                    const char *const *away,
                    const MhAssignmentPerson **out_person,
                    GError **error)
{
  MhRecord *order = task->order;
  GPtrArray *people = task->people;
  g_auto (GStrv) not_these = excluded (tx, order, task->items, away, error);
  if (not_these == NULL)
    return FALSE;

  g_autofree MhAssignPerson *plain = g_new0 (MhAssignPerson, people->len + 1);
  for (guint i = 0; i < people->len; i++)
    {
      const MhAssignmentPerson *person = g_ptr_array_index (people, i);
      plain[i] = (MhAssignPerson){ person->id, mh_assignment_on_shift (person, time),
                                   (const char *const *)person->benches, person->open_minutes,
                                   person->assigned_at };
    }

  MhAssignWork work = { mh_record_list (order, MH_ORDER_BENCHES), (const char *const *)not_these };
  const MhAssignPerson *best = mh_assign_choose (plain, people->len, &work);
  *out_person = best != NULL ? g_ptr_array_index (people, (guint)(best - plain)) : NULL;
  return TRUE;
}

void
mh_assignment_name (MhTx *tx, MhRecord *order, const MhAssignmentPerson *person, const char *reason)
{
  mh_record_set_text (order, MH_ORDER_ASSIGNED_TO, person != NULL ? person->id : NULL);
  mh_record_set_text (order, MH_ORDER_ASSIGNED_NAME, person != NULL ? person->name : NULL);
  mh_record_set_text (order, MH_ORDER_ASSIGNED_REASON, person != NULL ? reason : NULL);
  mh_record_set_null (order, MH_ORDER_ASSIGNED_NOTE);
  if (person != NULL)
    mh_record_set_int (order, MH_ORDER_ASSIGNED_AT, mh_tx_now (tx));
  else
    mh_record_set_null (order, MH_ORDER_ASSIGNED_AT);
}

void
mh_assignment_prefetch (MhDb *db, const char *hospital_id)
{
  mh_assignment_store_prefetch (db, hospital_id);
  mh_store_prefetch (db, &mh_hospital_type, hospital_id);
}

gboolean
mh_assignment_choose (MhTx *tx, MhRecord *order, GPtrArray *items, GError **error)
{
  const char *hospital_id = mh_record_text (order, MH_ORDER_HOSPITAL_ID);
  const MhAssignmentPerson *person = NULL;
  MhAssignmentTime time;
  if (mh_record_has (order, MH_ORDER_ASSIGNED_TO))
    return TRUE;

  g_autoptr (GPtrArray) people = mh_assignment_store_people (mh_tx_db (tx), hospital_id, error);
  if (people == NULL
      || !mh_assignment_time (mh_tx_db (tx), hospital_id, mh_tx_now (tx), &time, error)
      || !mh_assignment_pick (tx, &(MhAssignmentTask){ order, items, people }, &time, NULL, &person,
                              error))
    return FALSE;

  if (person != NULL)
    mh_assignment_name (tx, order, person, MH_ASSIGNED_AUTO);
  return TRUE;
}

gboolean
mh_assignment_settle (MhTx *tx, MhRecord *before, MhRecord *after, GPtrArray *items, GError **error)
{
  const char *from = before != NULL ? mh_record_text (before, MH_ORDER_ASSIGNED_TO) : NULL;
  const char *to = mh_record_text (after, MH_ORDER_ASSIGNED_TO);
  gint64 was = from != NULL ? mh_record_int (before, MH_ORDER_OPEN_MINUTES) : 0;
  gint64 is = to != NULL ? mh_assign_open_minutes (after, items) : 0;
  MhDb *db = mh_tx_db (tx);

  if (to != NULL)
    mh_record_set_int (after, MH_ORDER_OPEN_MINUTES, is);
  else
    mh_record_set_null (after, MH_ORDER_OPEN_MINUTES);

  if (g_strcmp0 (from, to) == 0)
    return is == was || mh_assignment_store_add_load (db, to, is - was, 0, error);
  if (from != NULL && was != 0 && !mh_assignment_store_add_load (db, from, -was, 0, error))
    return FALSE;

  return to == NULL || mh_assignment_store_add_load (db, to, is, mh_tx_now (tx), error);
}

gboolean
mh_assignment_add_load (MhTx *tx, const char *user_id, gint64 minutes, GError **error)
{
  return mh_assignment_store_add_load (mh_tx_db (tx), user_id, minutes, mh_tx_now (tx), error);
}

void
mh_assignment_serve_orders (void)
{
  static const MhOrdersAssignment assignment = { .prefetch = mh_assignment_prefetch,
                                                 .choose = mh_assignment_choose,
                                                 .settle = mh_assignment_settle };
  mh_orders_set_assignment (&assignment);
}
