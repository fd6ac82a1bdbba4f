/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/assignment/mh-assignment-service.h"

#include "server/lab/assignment/mh-assignment-private.h"
#include "server/lab/assignment/mh-assignment.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/people/admin/mh-directory-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-shift.h"
#include "shared/records/mh-types.h"

#include <string.h>

static const MhAssignmentPerson *
assignment_service_find (GPtrArray *people, const char *id)
{
  for (guint i = 0; i < people->len; i++)
    {
      const MhAssignmentPerson *person = g_ptr_array_index (people, i);
      if (g_strcmp0 (person->id, id) == 0)
        return person;
    }
  return NULL;
}

/* --- by hand --- */

static gboolean
would_verify_own (MhTx *tx, MhRecord *order, const char *user_id, gboolean *out_own, GError **error)
{
  *out_own = FALSE;
  if (g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_RESULTED) != 0)
    return TRUE;
  g_auto (GStrv) enterers
      = mh_assignment_store_enterers (mh_tx_db (tx), mh_record_id (order), error);
  *out_own = enterers != NULL && g_strv_contains ((const char *const *)enterers, user_id);
  return enterers != NULL;
}

static gboolean
assignment_service_pick (MhTx *tx,
                         const MhAssignmentTask *task,
                         const char *wanted,
                         const MhAssignmentPerson **out_person,
                         GError **error)
{
  MhRecord *order = task->order;
  const char *now[] = { mh_record_text (order, MH_ORDER_ASSIGNED_TO), NULL };
  MhAssignmentTime time;
  gboolean own = FALSE;
  if (wanted == NULL)
    return mh_assignment_time (mh_tx_db (tx), mh_record_text (order, MH_ORDER_HOSPITAL_ID),
                               mh_tx_now (tx), &time, error)
           && mh_assignment_pick (tx, task, &time, now, out_person, error);

  *out_person = assignment_service_find (task->people, wanted);
  if (*out_person == NULL)
    {
      mh_error_set_field (error, "technician_id", "unknown", "There is no such technician here.");
      return FALSE;
    }

  if (!would_verify_own (tx, order, wanted, &own, error))
    return FALSE;

  if (own)
    mh_error_set_field (error, "technician_id", "own_entry",
                        "What is left is to verify what this person entered.");

  return !own;
}

static gboolean
assignment_service_check_open (MhRecord *order, GError **error)
{
  static const char *const over[]
      = { MH_ORDER_STATUS_COMPLETED, MH_ORDER_STATUS_CANCELLED, MH_ORDER_STATUS_EXPIRED, NULL };
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  if (!g_strv_contains (over, status))
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT, "This order is %s; there is no work left.", status);
  return FALSE;
}

MhRecord *
mh_assignment_service_assign (const MhRequest *req,
                              const char *order_id,
                              MhRecord *request,
                              GError **error)
{
  const char *reason = mh_record_text (request, MH_ASSIGNMENT_REASON);
  const MhAssignmentPerson *person = NULL;
  MhDb *db = req->db;
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_order_type, order_id, error);

  if (before == NULL || !assignment_service_check_open (before, error))
    return NULL;

  if (!mh_assign_is_manual (reason))
    {
      mh_error_set_field (error, "reason", "unknown_code", "Choose a reason of your own.");
      return NULL;
    }

  g_autoptr (GPtrArray) items = mh_orders_service_items (db, order_id, error);
  g_autoptr (GPtrArray) people
      = items != NULL
            ? mh_assignment_store_people (db, mh_record_text (before, MH_ORDER_HOSPITAL_ID), error)
            : NULL;

  if (people == NULL
      || !assignment_service_pick (req->tx, &(MhAssignmentTask){ before, items, people },
                                   mh_record_text (request, MH_ASSIGNMENT_TECHNICIAN_ID), &person,
                                   error))
    return NULL;

  if (person == NULL)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "Nobody else who may do this is on shift.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_assignment_name (req->tx, after, person, reason);
  mh_record_set_text (after, MH_ORDER_ASSIGNED_NOTE, mh_record_text (request, MH_ASSIGNMENT_NOTE));
  if (!mh_assignment_settle (req->tx, before, after, items, error)
      || !mh_tx_update (req->tx, before, after, "assign", reason, error))
    return NULL;

  return mh_orders_service_read (req, order_id, error);
}

/* --- who works now --- */

static gboolean
assignment_service_name_benches (MhDb *db,
                                 const MhAssignmentPerson *person,
                                 MhRecord *record,
                                 GError **error)
{
  for (guint i = 0; person->benches != NULL && person->benches[i] != NULL; i++)
    {
      g_autofree char *name = mh_directory_bench_name (db, person->benches[i], error);
      if (name == NULL)
        return FALSE;
      mh_record_add_to_list (record, MH_TECHNICIAN_BENCH_NAMES, name);
    }
  return TRUE;
}

static MhRecord *
technician (MhDb *db,
            const MhAssignmentPerson *person,
            const MhAssignmentTime *time,
            GError **error)
{
  gint64 orders = 0, stat = 0;
  gint64 active = mh_assignment_store_active_at (db, person->id, error);
  if (active < 0 || !mh_assignment_store_counts (db, person->id, &orders, &stat, error))
    return NULL;

  g_autofree char *shift = mh_assign_shift_text (person->shifts, time->day, time->minute);
  g_autoptr (MhRecord) record = mh_record_new (&mh_technician_type);
  mh_record_set_text (record, MH_TECHNICIAN_ID, person->id);
  mh_record_set_text (record, MH_TECHNICIAN_NAME, person->name);
  mh_record_set_bool (record, MH_TECHNICIAN_ON_SHIFT, mh_assignment_on_shift (person, time));
  mh_record_set_text (record, MH_TECHNICIAN_SHIFT, shift);
  if (person->benches != NULL)
    mh_record_set_list (record, MH_TECHNICIAN_BENCHES, (const char *const *)person->benches);
  if (!assignment_service_name_benches (db, person, record, error))
    return NULL;
  mh_record_set_int (record, MH_TECHNICIAN_OPEN_MINUTES, person->open_minutes);
  mh_record_set_int (record, MH_TECHNICIAN_OPEN_ORDERS, orders);
  mh_record_set_int (record, MH_TECHNICIAN_STAT_ORDERS, stat);
  if (person->assigned_at > 0)
    mh_record_set_int (record, MH_TECHNICIAN_ASSIGNED_AT, person->assigned_at);
  if (active > 0)
    mh_record_set_int (record, MH_TECHNICIAN_ACTIVE_AT, active);

  return g_steal_pointer (&record);
}

GPtrArray *
mh_assignment_service_people (const MhRequest *req, gint64 now, GError **error)
{
  MhAssignmentTime time;
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (GPtrArray) people
      = hospital_id != NULL ? mh_assignment_store_people (req->db, hospital_id, error) : NULL;

  if (people == NULL || !mh_assignment_time (req->db, hospital_id, now, &time, error))
    return NULL;

  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < people->len; i++)
    {
      MhRecord *record = technician (req->db, g_ptr_array_index (people, i), &time, error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (found, record);
    }

  return g_steal_pointer (&found);
}

/* --- skills and shifts --- */

/* One row for each person and bench, whose level changes. */
static gboolean
check_new_skill (MhDb *db, MhRecord *draft, GError **error)
{
  const char *user_id = mh_record_text (draft, MH_SKILL_USER_ID);
  g_autoptr (GPtrArray) rows = user_id != NULL
                                   ? mh_store_all (db, &mh_skill_type, "user_id", user_id, error)
                                   : g_ptr_array_new ();

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (rows, i), MH_SKILL_BENCH),
                   mh_record_text (draft, MH_SKILL_BENCH))
        == 0)
      {
        mh_error_set_field (error, "bench", "taken",
                            "This person's skill at this bench is in the list; change its level.");
        return FALSE;
      }

  return rows != NULL;
}

MhRecord *
mh_assignment_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  gboolean skill = mh_record_type (draft) == &mh_skill_type;
  const char *user_id = mh_record_text (draft, skill ? MH_SKILL_USER_ID : MH_SHIFT_USER_ID);
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  if (hospital_id == NULL)
    return NULL;

  g_autoptr (MhRecord) user = user_id != NULL ? mh_edit_named (req->db, hospital_id, &mh_user_type,
                                                               user_id, "user_id", error)
                                              : NULL;

  if (user_id != NULL && user == NULL)
    return NULL;

  g_autoptr (GPtrArray) benches = mh_store_all (
      req->db, &mh_bench_type, "code", skill ? mh_record_text (draft, MH_SKILL_BENCH) : "", error);
  if (benches == NULL)
    return NULL;

  if (skill && mh_record_has (draft, MH_SKILL_BENCH) && benches->len == 0)
    {
      mh_error_set_field (error, "bench", "unknown_code", "There is no such bench.");
      return NULL;
    }

  return (!skill || check_new_skill (req->db, draft, error))
             ? mh_directory_create (req, draft, error)
             : NULL;
}
