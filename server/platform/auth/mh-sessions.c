/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-sessions.h"

#include <sodium.h>

#include "server/platform/actor/mh-actor-home.h"
#include "server/platform/auth/mh-session-cache.h"
#include "server/platform/auth/mh-sessions-store.h"
#include "shared/base/mh-sha256.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"

static const char part_sessions[] = "sessions";

#define WRITE_BACK_EVERY (60 * G_USEC_PER_SEC)
/* Commits come in bursts; one look at the feed serves the burst. */
#define GATHER (10 * G_TIME_SPAN_MILLISECOND)

struct _MhSessions
{
  MhStore *store;
  MhSessionLimits limits;
  MhHasher *hasher;
  MhSessionCache *cache;
  MhSeal *seal; /* or NULL until it is wanted; under the lock */
  char *key_file;
  GThread *keeper; /* follows the feed, writes last uses back */
  GMutex lock;     /* of what follows */
  GCond woken;
  gint64 feed_seq; /* as far as the feed goes */
  gint64 read_seq; /* as far as the keeper has read; its own */
  gboolean stop;
};

MhStore *
mh_sessions_store (MhSessions *sessions)
{
  return sessions->store;
}

MhHasher *
mh_sessions_hasher (MhSessions *sessions)
{
  return sessions->hasher;
}

const MhSessionLimits *
mh_sessions_limits (MhSessions *sessions)
{
  return &sessions->limits;
}

MhSeal *
mh_sessions_seal (MhSessions *sessions, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&sessions->lock);
  if (sessions->seal == NULL && sessions->key_file == NULL)
    mh_error_set (error, MH_ERROR_INTERNAL, "This server has no file for its key.");
  else if (sessions->seal == NULL)
    sessions->seal = mh_seal_open (sessions->key_file, error);
  return sessions->seal;
}

/* --- tokens --- */

char *
mh_token_hash (const char *token)
{
  return mh_sha256_of_text (token);
}

void
mh_token_make (char **out_token, char **out_hash)
{
  guint8 bytes[32];
  char token[MH_TOKEN_LENGTH + 1];
  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (token, sizeof token, bytes, sizeof bytes,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  *out_hash = mh_token_hash (token);
  *out_token = g_strdup (token);
}

/* --- finding --- */

static MhActor *
sessions_refuse (GError **error)
{
  mh_error_set (error, MH_ERROR_UNAUTHORIZED, "Please sign in again.");
  return NULL;
}

static gboolean
session_is_open (MhRecord *session, gint64 now)
{
  if (mh_record_has (session, MH_SESSION_REVOKED_AT) || mh_record_has (session, MH_DELETED_AT)
      || now >= mh_record_int (session, MH_SESSION_EXPIRES_AT))
    return FALSE;
  return !mh_record_has (session, MH_SESSION_IDLE_UNTIL)
         || now < mh_record_int (session, MH_SESSION_IDLE_UNTIL);
}

static gboolean
sessions_lists (const char *const *list, const char *wanted)
{
  return list != NULL && wanted != NULL && g_strv_contains (list, wanted);
}

/* Who sees every hospital has none of their own. */
static MhActor *
make_actor (MhDb *db, MhRecord *session, MhRecord *user, GError **error)
{
  const char *const *codes = mh_record_list (user, MH_USER_ROLES);
  g_auto (GStrv) permissions = mh_role_store_permissions (db, codes, error);
  if (permissions == NULL)
    return NULL;

  gboolean everywhere = sessions_lists ((const char *const *)permissions, MH_MAY_SEE_ALL_HOSPITALS);
  g_autofree char *role = codes != NULL ? g_strjoinv (",", (char **)codes) : g_strdup ("");
  MhActor *actor
      = mh_actor_new (mh_record_id (user), mh_record_text (user, MH_USER_NAME), role,
                      everywhere ? NULL : mh_record_text (session, MH_SESSION_HOSPITAL_ID),
                      mh_record_id (session), (const char *const *)permissions);

  mh_actor_set_home (actor, mh_record_text (session, MH_SESSION_HOSPITAL_ID));
  if (mh_record_bool (user, MH_USER_MUST_CHANGE_PASSWORD) && !mh_actor_is_confined (actor))
    mh_actor_set_password_due (actor);
  return actor;
}

/* A key acts as a person when that person has accepted it; behind a kiosk there is no person. */
static gboolean
is_accepted (MhRecord *session, const MhActor *actor)
{
  return g_strcmp0 (mh_record_text (session, MH_SESSION_KIND), MH_SESSION_KIND_MACHINE) != 0
         || mh_record_has (session, MH_SESSION_ACCEPTED_AT) || mh_actor_is_confined (actor);
}

static gboolean
sees_everywhere (MhDb *db, MhRecord *user)
{
  g_auto (GStrv) permissions
      = mh_role_store_permissions (db, mh_record_list (user, MH_USER_ROLES), NULL);
  return sessions_lists ((const char *const *)permissions, MH_MAY_SEE_ALL_HOSPITALS);
}

/* The hospital may have been taken from the user since the session began. */
static gboolean
user_is_welcome (MhDb *db, MhRecord *user, MhRecord *session)
{
  const char *hospital_id = mh_record_text (session, MH_SESSION_HOSPITAL_ID);
  if (!mh_record_bool (user, MH_USER_ACTIVE) || mh_record_has (user, MH_DELETED_AT))
    return FALSE;
  return hospital_id == NULL
         || g_strcmp0 (hospital_id, mh_record_text (user, MH_USER_HOSPITAL_ID)) == 0
         || sessions_lists (mh_record_list (user, MH_USER_HOSPITAL_IDS), hospital_id)
         || sees_everywhere (db, user);
}

static MhActor *
sessions_load (MhSessions *sessions,
               MhDb *db,
               const char *hash,
               gboolean used,
               gint64 now,
               GError **error)
{
  g_autoptr (GError) failed = NULL;
  guint64 generation = mh_session_cache_generation (sessions->cache);
  g_autoptr (MhRecord) session = mh_session_store_find (db, hash, &failed);
  g_autoptr (MhRecord) user = NULL;

  if (failed == NULL && session != NULL && session_is_open (session, now))
    user = mh_store_get (db, &mh_user_type, mh_record_text (session, MH_SESSION_USER_ID), &failed);
  if (failed != NULL && !g_error_matches (failed, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }

  if (user == NULL || !user_is_welcome (db, user, session))
    {
      mh_session_cache_drop (sessions->cache, hash);
      return sessions_refuse (error);
    }

  MhActor *actor = make_actor (db, session, user, error);
  if (actor == NULL)
    return NULL;

  if (!is_accepted (session, actor))
    {
      mh_actor_unref (actor);
      mh_error_set (error, MH_ERROR_UNAUTHORIZED,
                    "The person in whose name this key acts has not accepted it yet.");
      return NULL;
    }

  const MhSessionRead read
      = { { actor, mh_record_int (session, MH_SESSION_EXPIRES_AT),
            mh_record_has (session, MH_SESSION_IDLE_UNTIL) ? sessions->limits.idle : 0 },
          mh_record_int (session, MH_SESSION_LAST_SEEN_AT),
          generation };

  mh_session_cache_put (sessions->cache, hash, &read, used, now);
  return actor;
}

static gboolean
looks_like_token (const char *token)
{
  gsize length = 0;
  for (const char *p = token; *p != '\0' && length <= MH_TOKEN_LENGTH; p++, length++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
      return FALSE;
  return length == MH_TOKEN_LENGTH;
}

static MhActor *
sessions_find (MhSessions *sessions, const char *token, gboolean used, GError **error)
{
  if (!looks_like_token (token))
    return sessions_refuse (error);

  gint64 now = mh_clock_now (mh_store_clock (sessions->store));
  g_autofree char *hash = mh_token_hash (token);
  MhActor *actor = mh_session_cache_find (sessions->cache, hash, used, now);
  if (actor != NULL)
    return actor;

  MhDb *db = mh_store_take_reader (sessions->store, error);
  if (db == NULL)
    return NULL;

  actor = sessions_load (sessions, db, hash, used, now, error);
  mh_store_give_reader (sessions->store, db);
  return actor;
}

MhActor *
mh_sessions_find (MhSessions *sessions, const char *token, GError **error)
{
  return sessions_find (sessions, token, TRUE, error);
}

MhActor *
mh_sessions_look (MhSessions *sessions, const char *token, GError **error)
{
  return sessions_find (sessions, token, FALSE, error);
}

void
mh_sessions_doubt (MhSessions *sessions, const char *user_id)
{
  mh_session_cache_doubt (sessions->cache, user_id,
                          mh_clock_now (mh_store_clock (sessions->store)));
}

/* --- writing last uses back --- */

static gboolean
write_uses (MhTx *tx, gpointer data, GError **error)
{
  GArray *uses = data;
  for (guint i = 0; i < uses->len; i++)
    {
      const MhSessionUse *use = &g_array_index (uses, MhSessionUse, i);
      if (!mh_session_store_touch (tx, use->session_id, use->last_seen,
                                   use->idle > 0 ? use->last_seen + use->idle : 0, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mh_sessions_flush (MhSessions *sessions, GError **error)
{
  static const MhWho server = { .user_name = "server" };
  g_autoptr (GArray) uses = mh_session_cache_take_uses (
      sessions->cache, mh_clock_now (mh_store_clock (sessions->store)));
  return uses->len == 0 || mh_store_write (sessions->store, &server, write_uses, uses, error);
}

/* --- following the feed --- */

/* Whatever goes wrong, nothing that was believed before is believed after. Up to @seq all is
 * committed, and is not read a second time. */
static void
follow_feed (MhSessions *sessions, gint64 seq)
{
  g_autoptr (GPtrArray) user_ids = g_ptr_array_new_with_free_func (g_free);
  gboolean roles = TRUE;
  MhDb *db = mh_store_take_reader (sessions->store, NULL);

  if (db == NULL || !mh_session_store_changed (db, &sessions->read_seq, user_ids, &roles, NULL))
    roles = TRUE;
  else
    sessions->read_seq = MAX (sessions->read_seq, seq);
  if (db != NULL)
    mh_store_give_reader (sessions->store, db);
  if (roles)
    mh_session_cache_drop_user (sessions->cache, NULL);
  for (guint i = 0; i < user_ids->len; i++)
    mh_session_cache_drop_user (sessions->cache, g_ptr_array_index (user_ids, i));
}

static void
sessions_feed_moved (gint64 seq, gpointer data)
{
  MhSessions *sessions = data;
  g_mutex_lock (&sessions->lock);
  sessions->feed_seq = MAX (sessions->feed_seq, seq);
  g_cond_signal (&sessions->woken);
  g_mutex_unlock (&sessions->lock);
}

/* Waits until the feed moved beyond @seen or @until has come; FALSE: stop. */
static gboolean
keeper_wait (MhSessions *sessions, gint64 seen, gint64 until)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&sessions->lock);
  while (!sessions->stop && sessions->feed_seq <= seen)
    if (!g_cond_wait_until (&sessions->woken, &sessions->lock, until))
      break;
  return !sessions->stop;
}

static gpointer
keeper_run (gpointer data)
{
  MhSessions *sessions = data;
  gint64 write_back = g_get_monotonic_time () + WRITE_BACK_EVERY;
  gint64 seen = sessions->read_seq; /* not as far as it went while this thread was being made */
  while (keeper_wait (sessions, seen, write_back))
    {
      g_mutex_lock (&sessions->lock);
      gboolean moved = sessions->feed_seq > seen;
      seen = sessions->feed_seq;
      g_mutex_unlock (&sessions->lock);
      if (moved)
        {
          g_usleep (GATHER);
          follow_feed (sessions, seen);
        }
      if (g_get_monotonic_time () < write_back)
        continue;
      mh_sessions_flush (sessions, NULL);
      write_back = g_get_monotonic_time () + WRITE_BACK_EVERY;
    }

  return NULL;
}

/* --- life --- */

MhSessions *
mh_sessions_new (MhStore *store, const MhSessionLimits *limits)
{
  MhSessions *sessions = g_new0 (MhSessions, 1);
  if (limits != NULL)
    sessions->limits = *limits;
  if (sessions->limits.idle <= 0)
    sessions->limits.idle = MH_HOUR;
  if (sessions->limits.absolute <= 0)
    sessions->limits.absolute = 24 * MH_HOUR;
  if (sessions->limits.lock_after == 0)
    sessions->limits.lock_after = 5;
  sessions->store = store;
  sessions->key_file = g_strdup (sessions->limits.key_file);
  sessions->limits.key_file = sessions->key_file;
  sessions->hasher = mh_hasher_new (&sessions->limits.cost);
  sessions->cache = mh_session_cache_new ();
  g_mutex_init (&sessions->lock);
  g_cond_init (&sessions->woken);
  sessions->feed_seq = sessions->read_seq = mh_store_feed_seq (store);
  mh_store_watch (store, sessions_feed_moved, sessions);
  sessions_feed_moved (mh_store_feed_seq (store), sessions);
  sessions->keeper = g_thread_new ("sessions", keeper_run, sessions);

  return sessions;
}

void
mh_sessions_free (MhSessions *sessions)
{
  if (sessions == NULL)
    return;

  mh_store_unwatch (sessions->store, sessions_feed_moved, sessions);
  g_mutex_lock (&sessions->lock);
  sessions->stop = TRUE;
  g_cond_signal (&sessions->woken);
  g_mutex_unlock (&sessions->lock);
  g_thread_join (sessions->keeper);
  mh_sessions_flush (sessions, NULL);
  mh_session_cache_free (sessions->cache);
  mh_hasher_free (sessions->hasher);
  mh_seal_free (sessions->seal);
  g_free (sessions->key_file);
  g_cond_clear (&sessions->woken);
  g_mutex_clear (&sessions->lock);
  g_free (sessions);
}

MhSessions *
mh_server_sessions (MhServer *server)
{
  return mh_server_part (server, part_sessions);
}

void
mh_server_keep_sessions (MhServer *server, MhSessions *sessions)
{
  mh_server_keep (server, part_sessions, sessions, (GDestroyNotify)mh_sessions_free);
}
