/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/critical/mh-critical-ladder.h"

#include "server/lab/critical/mh-critical-store.h"
#include "server/lab/critical/mh-critical.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/common/mh-setting-store.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-json.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-machine.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/lab/mh-critical.h"

static gboolean
critical_ladder_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* Each look has a key of its own: the one that runs queues the next. */
static char *
critical_ladder_key_of (MhRecord *item)
{
  return g_strdup_printf (MH_JOB_CRITICAL ":%s:%" G_GINT64_FORMAT, mh_record_id (item),
                          mh_record_int (item, MH_CRITICAL_ITEM_NEXT_AT));
}

/* --- times --- */

static gboolean
retry_of (MhDb *db, MhRecord *item, gint64 *out_retry, GError **error)
{
  gint64 minutes;
  if (!mh_setting_int (db, mh_record_text (item, MH_CRITICAL_ITEM_HOSPITAL_ID),
                       MH_SET_CRITICAL_RETRY, &minutes, error))
    return FALSE;
  *out_retry = (minutes > 0 ? minutes : MH_CRITICAL_RETRY_MINUTES) * MH_MINUTE;
  return TRUE;
}

gboolean
mh_critical_ladder_place (MhDb *db, MhRecord *item, gint64 now, GError **error)
{
  gint64 retry, due = mh_record_int (item, MH_CRITICAL_ITEM_DUE_AT);
  if (!retry_of (db, item, &retry, error))
    return FALSE;
  const char *rung = mh_critical_rung_at (due, retry, now);
  if (!critical_ladder_is (rung, mh_record_text (item, MH_CRITICAL_ITEM_RUNG)))
    mh_record_set_int (item, MH_CRITICAL_ITEM_RUNG_AT, now);
  mh_record_set_text (item, MH_CRITICAL_ITEM_RUNG, rung);
  mh_record_set_int (item, MH_CRITICAL_ITEM_NEXT_AT,
                     now < due ? due : due + ((now - due) / retry + 1) * retry);
  return TRUE;
}

/* --- people --- */

static void
add_person (GPtrArray *rungs, const char *role, const char *name, const char *phone, MhRecord *user)
{
  MhRecord *rung = mh_record_new (&mh_critical_rung_type);
  mh_record_set_text (rung, MH_CRITICAL_RUNG_ROLE, role);
  mh_record_set_text (rung, MH_CRITICAL_RUNG_NAME,
                      user != NULL ? mh_record_text (user, MH_USER_NAME) : name);
  mh_record_set_text (rung, MH_CRITICAL_RUNG_USER_ID, user != NULL ? mh_record_id (user) : NULL);
  mh_record_set_text (rung, MH_CRITICAL_RUNG_PHONE,
                      user != NULL && mh_record_has (user, MH_USER_PHONE)
                          ? mh_record_text (user, MH_USER_PHONE)
                          : phone);
  g_ptr_array_add (rungs, rung);
}

/* NULL without error: none. */
static MhRecord *
find_or_none (MhDb *db, const MhRecordType *type, const char *id, GError **error)
{
  return id != NULL ? mh_store_find (db, type, "id", id, error) : NULL;
}

static gboolean
add_orderer (MhDb *db, MhRecord *item, GPtrArray *rungs, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) user = find_or_none (
      db, &mh_user_type, mh_record_text (item, MH_CRITICAL_ITEM_ORDERER_ID), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (user != NULL || mh_record_has (item, MH_CRITICAL_ITEM_ORDERER_NAME))
    add_person (rungs, MH_CRITICAL_ROLE_ORDERER,
                mh_record_text (item, MH_CRITICAL_ITEM_ORDERER_NAME), NULL, user);

  return TRUE;
}

/* Who of the house is asked. */
typedef struct
{
  const char *role, *department_id; /* department NULL: of any */
  const char *as;                   /* MH_CRITICAL_ROLE_…: what they are on the ladder */
  gboolean on_shift;                /* only those who are */
} Asked;

static gboolean
add_users (MhDb *db, MhRecord *item, const Asked *asked, GPtrArray *rungs, GError **error)
{
  g_autoptr (GPtrArray) users
      = mh_critical_store_people (db, mh_record_text (item, MH_CRITICAL_ITEM_HOSPITAL_ID),
                                  asked->role, asked->department_id, asked->on_shift, error);
  for (guint i = 0; users != NULL && i < users->len; i++)
    add_person (rungs, asked->as, NULL, NULL, g_ptr_array_index (users, i));
  return users != NULL;
}

/* The ward's telephone, and who of its doctors and nurses is there. */
static gboolean
add_ward (MhDb *db, MhRecord *item, GPtrArray *rungs, GError **error)
{
  GError *failure = NULL;
  const char *id = mh_record_text (item, MH_CRITICAL_ITEM_DEPARTMENT_ID);
  g_autoptr (MhRecord) ward = find_or_none (db, &mh_department_type, id, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (ward == NULL)
    return add_users (db, item, &(Asked){ MH_ROLE_DOCTOR, NULL, MH_CRITICAL_ROLE_ON_CALL, TRUE },
                      rungs, error);

  add_person (rungs, MH_CRITICAL_ROLE_ON_CALL, mh_record_text (ward, MH_DEPARTMENT_NAME),
              mh_record_text (ward, MH_DEPARTMENT_PHONE), NULL);
  if (!add_users (db, item, &(Asked){ MH_ROLE_DOCTOR, id, MH_CRITICAL_ROLE_ON_CALL, TRUE }, rungs,
                  error)
      || !add_users (db, item, &(Asked){ MH_ROLE_NURSE, id, MH_CRITICAL_ROLE_ON_CALL, TRUE }, rungs,
                     error))
    return FALSE;

  if (mh_record_has (ward, MH_DEPARTMENT_HEAD_NAME))
    {
      g_autoptr (MhRecord) head = mh_store_find (
          db, &mh_user_type, "name", mh_record_text (ward, MH_DEPARTMENT_HEAD_NAME), &failure);
      g_clear_error (&failure);
      add_person (rungs, MH_CRITICAL_ROLE_HEAD, mh_record_text (ward, MH_DEPARTMENT_HEAD_NAME),
                  mh_record_text (ward, MH_DEPARTMENT_PHONE), head);
    }

  return TRUE;
}

/* Roles are data: a house that has directors calls theirs so. */
#define ROLE_DIRECTOR "director"

static gboolean
add_director (MhDb *db, MhRecord *item, GPtrArray *rungs, GError **error)
{
  g_autofree char *phone = NULL;
  if (!mh_setting_text (db, mh_record_text (item, MH_CRITICAL_ITEM_HOSPITAL_ID),
                        MH_SET_CRITICAL_DIRECTOR, &phone, error))
    return FALSE;
  if (phone != NULL && *phone != '\0')
    add_person (rungs, MH_CRITICAL_ROLE_DIRECTOR, NULL, phone, NULL);
  return add_users (db, item, &(Asked){ ROLE_DIRECTOR, NULL, MH_CRITICAL_ROLE_DIRECTOR, FALSE },
                    rungs, error);
}

/* Where a rung has nobody, it stays the turn of the last one below it that has. */
static const char *
turn_of (GPtrArray *rungs, const char *wanted)
{
  static const char *const order[] = { MH_CRITICAL_ROLE_ORDERER, MH_CRITICAL_ROLE_ON_CALL,
                                       MH_CRITICAL_ROLE_HEAD, MH_CRITICAL_ROLE_DIRECTOR };
  const char *turn = wanted;
  gboolean found = FALSE;

  for (guint k = 0; k < G_N_ELEMENTS (order); k++)
    {
      for (guint i = 0; i < rungs->len; i++)
        if (critical_ladder_is (
                mh_record_text (g_ptr_array_index (rungs, i), MH_CRITICAL_RUNG_ROLE), order[k]))
          {
            turn = order[k];
            found = TRUE;
            break;
          }
      if (critical_ladder_is (order[k], wanted) && found)
        break;
    }

  return turn;
}

GPtrArray *
mh_critical_ladder_people (MhDb *db, MhRecord *item, GError **error)
{
  static const char *const order[] = { MH_CRITICAL_ROLE_ORDERER, MH_CRITICAL_ROLE_ON_CALL,
                                       MH_CRITICAL_ROLE_HEAD, MH_CRITICAL_ROLE_DIRECTOR };
  g_autoptr (GPtrArray) rungs = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 retry, due = mh_record_int (item, MH_CRITICAL_ITEM_DUE_AT);

  if (!add_orderer (db, item, rungs, error) || !add_ward (db, item, rungs, error)
      || !add_director (db, item, rungs, error) || !retry_of (db, item, &retry, error))
    return NULL;

  const char *turn = turn_of (rungs, mh_record_text (item, MH_CRITICAL_ITEM_RUNG));
  for (guint i = 0; i < rungs->len; i++)
    {
      MhRecord *rung = g_ptr_array_index (rungs, i);
      const char *role = mh_record_text (rung, MH_CRITICAL_RUNG_ROLE);
      mh_record_set_bool (rung, MH_CRITICAL_RUNG_TURN, critical_ladder_is (role, turn));
      for (guint k = 0; k < G_N_ELEMENTS (order); k++)
        if (critical_ladder_is (role, order[k]))
          mh_record_set_int (rung, MH_CRITICAL_RUNG_AT,
                             k == 0 ? mh_record_int (item, MH_CRITICAL_ITEM_OPENED_AT)
                                    : due + (k - 1) * retry);
    }

  return g_steal_pointer (&rungs);
}

/* --- telling them --- */

static char *
cause_of (MhRecord *item)
{
  return g_strconcat ("critical:", mh_record_id (item), NULL);
}

static gboolean
queue_next (MhTx *tx, MhRecord *item, GError **error)
{
  g_autofree char *key = critical_ladder_key_of (item);
  g_autofree char *payload = g_strdup_printf ("{\"item\":\"%s\"}", mh_record_id (item));
  return mh_jobs_enqueue (
      tx,
      &(MhJobWanted){ .kind = MH_JOB_CRITICAL,
                      .payload = payload,
                      .run_at = mh_record_int (item, MH_CRITICAL_ITEM_NEXT_AT),
                      .dedupe_key = key,
                      .hospital_id = mh_record_text (item, MH_CRITICAL_ITEM_HOSPITAL_ID) },
      error);
}

/* An alert has no patient's data: the order's number and the analyte's name. */
static gboolean
critical_ladder_raise_alert (MhTx *tx, MhRecord *item, const char *user_id, GError **error)
{
  gint64 now = mh_tx_now (tx);
  gboolean late = now >= mh_record_int (item, MH_CRITICAL_ITEM_DUE_AT);
  g_autofree char *key = user_id != NULL
                             ? g_strconcat ("critical:", mh_record_id (item), "/", user_id, NULL)
                             : cause_of (item);
  g_autofree char *minutes = g_strdup_printf (
      "%" G_GINT64_FORMAT, (now - mh_record_int (item, MH_CRITICAL_ITEM_OPENED_AT)) / MH_MINUTE);
  const char *arguments[]
      = { mh_record_text (item, MH_CRITICAL_ITEM_ORDER_NUMBER),
          mh_record_text (item, MH_CRITICAL_ITEM_NAME), late ? minutes : NULL, NULL };

  return mh_alerts_raise (
      tx,
      &(MhAlertDraft){ .kind = late ? MH_ALERT_CRITICAL_LATE : MH_ALERT_CRITICAL_OPEN,
                       .severity = late ? MH_ALERT_SEVERE : MH_ALERT_WARNING,
                       .hospital_id = mh_record_text (item, MH_CRITICAL_ITEM_HOSPITAL_ID),
                       .subject_type = mh_critical_item_type.code,
                       .subject_id = mh_record_id (item),
                       .arguments = arguments,
                       .user_id = user_id,
                       .dedupe_key = key },
      error);
}

gboolean
mh_critical_ladder_tell (MhTx *tx, MhRecord *item, GError **error)
{
  g_autoptr (GPtrArray) people = mh_critical_ladder_people (mh_tx_db (tx), item, error);
  if (people == NULL || !critical_ladder_raise_alert (tx, item, /* user_id */ NULL, error))
    return FALSE;

  for (guint i = 0; i < people->len; i++)
    {
      MhRecord *rung = g_ptr_array_index (people, i);
      const char *user_id = mh_record_text (rung, MH_CRITICAL_RUNG_USER_ID);
      if (mh_record_bool (rung, MH_CRITICAL_RUNG_TURN) && user_id != NULL
          && !critical_ladder_raise_alert (tx, item, user_id, error))
        return FALSE;
    }

  return queue_next (tx, item, error);
}

gboolean
mh_critical_ladder_end (MhTx *tx, MhRecord *item, GError **error)
{
  g_autofree char *key = critical_ladder_key_of (item);
  g_autofree char *cause = cause_of (item);
  return mh_jobs_cancel (tx, key, error)
         && mh_alerts_clear_all (tx, mh_record_text (item, MH_CRITICAL_ITEM_HOSPITAL_ID), cause,
                                 error);
}

/* --- the job --- */

/* What nobody has read back goes to the next rung, or is said again to the last. */
static gboolean
critical_ladder_climb (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  g_autoptr (JsonObject) payload
      = mh_json_parse_object (mh_record_text (job, MH_JOB_PAYLOAD), -1, error);
  const char *id = payload != NULL ? mh_json_text (payload, "item") : NULL;
  g_autoptr (MhRecord) before
      = id != NULL ? mh_store_get (mh_tx_db (tx), &mh_critical_item_type, id, error) : NULL;

  if (before == NULL)
    return FALSE;
  if (!critical_ladder_is (mh_record_text (before, MH_CRITICAL_ITEM_STATE), MH_CRITICAL_OPEN))
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  return mh_critical_ladder_place (mh_tx_db (tx), after, mh_tx_now (tx), error)
         && mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, "ladder", error)
         && mh_critical_ladder_tell (tx, after, error);
}

void
mh_critical_jobs_register (MhServer *server)
{
  mh_jobs_register (mh_server_jobs (server), MH_JOB_CRITICAL, critical_ladder_climb, NULL);
}
