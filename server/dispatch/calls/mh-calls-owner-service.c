/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sees to a call: nobody's call is left alone. */
#include "server/dispatch/calls/mh-calls-private.h"
#include "server/platform/auth/mh-presence.h"
#include "server/platform/common/mh-setting-store.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-clock.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

#define EVERY (30 * MH_SECOND)

/* --- who is at work --- */

/* Users (MhRecord) who may see to calls and have done something lately. */
static GPtrArray *
calls_owner_service_present (MhTx *tx, const char *hospital_id, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  gint64 minutes = 0;
  return mh_setting_int (db, hospital_id, MH_SET_DISPATCH_QUIET, &minutes, error)
             ? mh_presence_find (db, hospital_id, MH_MAY_WRITE_CALL, minutes * MH_MINUTE,
                                 mh_tx_now (tx), error)
             : NULL;
}

static int
calls_owner_service_n (GHashTable *owned, const char *user_id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (owned, user_id));
}

/* Who of @present has the fewest; of equals the first. NULL: nobody is there. */
static MhRecord *
calls_owner_service_least (GPtrArray *present, GHashTable *owned)
{
  MhRecord *least = NULL;
  for (guint i = 0; i < present->len; i++)
    {
      MhRecord *user = g_ptr_array_index (present, i);
      if (least == NULL
          || calls_owner_service_n (owned, mh_record_id (user))
                 < calls_owner_service_n (owned, mh_record_id (least)))
        least = user;
    }
  return least;
}

static gboolean
calls_owner_service_is_there (GPtrArray *present, const char *user_id)
{
  for (guint i = 0; i < present->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (present, i)), user_id) == 0)
      return TRUE;
  return FALSE;
}

/* --- giving --- */

static void
calls_owner_service_set (MhRecord *call, const char *id, const char *name)
{
  mh_record_set_text (call, MH_EMERGENCY_CALL_OWNER_ID, id);
  mh_record_set_text (call, MH_EMERGENCY_CALL_OWNER_NAME, name);
}

gboolean
mh_calls_give_new (const MhRequest *req, MhRecord *call, GError **error)
{
  const char *hospital_id = mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID);
  const char *own = mh_actor_user_id (req->actor);
  g_autoptr (GPtrArray) present = calls_owner_service_present (req->tx, hospital_id, error);
  g_autoptr (GHashTable) owned
      = present != NULL ? mh_calls_store_owned (req->db, hospital_id, error) : NULL;
  if (owned == NULL)
    return FALSE;

  MhRecord *least = calls_owner_service_least (present, owned);
  if (least == NULL
      || calls_owner_service_n (owned, own) <= calls_owner_service_n (owned, mh_record_id (least)))
    calls_owner_service_set (call, own, mh_actor_name (req->actor));
  else
    calls_owner_service_set (call, mh_record_id (least), mh_record_text (least, MH_USER_NAME));
  return TRUE;
}

static gboolean
calls_owner_service_give (MhTx *tx,
                          MhRecord *before,
                          MhRecord *after,
                          const char *id,
                          const char *name,
                          GError **error)
{
  calls_owner_service_set (after, id, name);
  const MhCallsEvent event = { .at = mh_tx_now (tx),
                               .kind = MH_EMERGENCY_DID_OWNER,
                               .was = mh_record_text (before, MH_EMERGENCY_CALL_OWNER_NAME),
                               .became = name };
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
         && mh_calls_tell (tx, after, &event, 1, error);
}

MhRecord *
mh_calls_service_take (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) before = mh_calls_get_open (req, id, error);
  if (before == NULL
      || g_strcmp0 (mh_record_text (before, MH_EMERGENCY_CALL_OWNER_ID),
                    mh_actor_user_id (req->actor))
             == 0)
    return g_steal_pointer (&before);

  g_autoptr (MhRecord) after = mh_record_copy (before);
  return calls_owner_service_give (req->tx, before, after, mh_actor_user_id (req->actor),
                                   mh_actor_name (req->actor), error)
             ? g_steal_pointer (&after)
             : NULL;
}

/* --- looking --- */

gboolean
mh_calls_service_spread (MhTx *tx, const char *hospital_id, guint *out_n, GError **error)
{
  g_autoptr (GPtrArray) present = calls_owner_service_present (tx, hospital_id, error);
  g_autoptr (GHashTable) owned
      = present != NULL ? mh_calls_store_owned (mh_tx_db (tx), hospital_id, error) : NULL;
  g_autoptr (GPtrArray) calls
      = owned != NULL ? mh_calls_store_open (mh_tx_db (tx), hospital_id, error) : NULL;
  *out_n = 0;
  for (guint i = 0; calls != NULL && present->len > 0 && i < calls->len; i++)
    {
      MhRecord *call = g_ptr_array_index (calls, i);
      if (calls_owner_service_is_there (present, mh_record_text (call, MH_EMERGENCY_CALL_OWNER_ID)))
        continue;

      MhRecord *user = calls_owner_service_least (present, owned);
      g_autoptr (MhRecord) after = mh_record_copy (call);
      if (!calls_owner_service_give (tx, call, after, mh_record_id (user),
                                     mh_record_text (user, MH_USER_NAME), error))
        return FALSE;
      g_hash_table_insert (
          owned, g_strdup (mh_record_id (user)),
          GINT_TO_POINTER (calls_owner_service_n (owned, mh_record_id (user)) + 1));
      *out_n += 1;
    }
  return calls != NULL;
}

static gboolean
calls_owner_service_run (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) hospitals = mh_calls_store_hospitals (mh_tx_db (tx), error);
  guint n = 0;
  for (guint i = 0; hospitals != NULL && i < hospitals->len; i++)
    if (!mh_calls_service_spread (tx, g_ptr_array_index (hospitals, i), &n, error))
      return FALSE;
  return hospitals != NULL;
}

void
mh_calls_service_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);
  mh_jobs_register (jobs, MH_JOB_CALL_OWNERS, calls_owner_service_run, NULL);
  mh_jobs_repeat (jobs, MH_JOB_CALL_OWNERS, EVERY);
}
