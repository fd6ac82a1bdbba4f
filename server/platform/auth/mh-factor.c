/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-factor.h"

#include "server/platform/actor/mh-request.h"
#include "server/platform/auth/mh-factor-store.h"
#include "server/platform/auth/mh-seal.h"
#include "server/platform/auth/mh-sessions-store.h"
#include "server/platform/auth/mh-totp.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-second-factor.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"

typedef struct
{
  MhSessions *sessions;
  const MhActor *actor;
  const char *code;
  MhRecord *view;
} Step;

/* The account's row, an empty one when it never began. */
static MhRecord *
factor_row_of (MhDb *db, const char *user_id, GError **error)
{
  GError *inner = NULL;
  MhRecord *row = mh_factor_store_find (db, user_id, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, inner);
      return NULL;
    }

  if (row == NULL)
    {
      row = mh_record_new (&mh_second_factor_type);
      mh_record_set_text (row, MH_SECOND_FACTOR_USER_ID, user_id);
    }

  return row;
}

static gboolean
factor_put_row (MhTx *tx, MhRecord *before, MhRecord *after, GError **error)
{
  return mh_record_version (before) > 0
             ? mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             : mh_tx_insert (tx, after, MH_AUDIT_CREATE, NULL, error);
}

static guint
n_recovery (MhRecord *row)
{
  const char *const *list = mh_record_list (row, MH_SECOND_FACTOR_RECOVERY);
  return list != NULL ? g_strv_length ((char **)list) : 0;
}

MhRecord *
mh_factor_read (MhDb *db, const char *user_id, GError **error)
{
  g_autoptr (MhRecord) user = mh_store_get (db, &mh_user_type, user_id, error);
  g_autoptr (MhRecord) row = user != NULL ? factor_row_of (db, user_id, error) : NULL;
  if (row == NULL)
    return NULL;
  MhRecord *view = mh_record_new (&mh_factor_view_type);
  gboolean enabled = mh_record_bool (user, MH_USER_TOTP_ENABLED);
  mh_record_set_bool (view, MH_FACTOR_VIEW_ENABLED, enabled);
  mh_record_set_int (view, MH_FACTOR_VIEW_RECOVERY_LEFT, enabled ? n_recovery (row) : 0);
  return view;
}

static gboolean
refuse_code (GError **error)
{
  mh_error_set_field (error, "code", "wrong",
                      "This code is not right. Take the one that the app shows now.");
  return FALSE;
}

/* --- turning it on --- */

static char *
issuer_of (MhDb *db, MhRecord *user)
{
  const char *id = mh_record_text (user, MH_USER_HOSPITAL_ID);
  g_autoptr (MhRecord) hospital
      = id != NULL ? mh_store_get (db, &mh_hospital_type, id, NULL) : NULL;
  const char *name = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_NAME) : NULL;
  return g_strdup (name != NULL ? name : "Mahima");
}

static MhRecord *
begun_view (MhDb *db, MhRecord *user, const char *secret)
{
  MhRecord *view = mh_record_new (&mh_factor_view_type);
  g_autofree char *issuer = issuer_of (db, user);
  mh_record_set_bool (view, MH_FACTOR_VIEW_ENABLED, FALSE);
  mh_record_set_int (view, MH_FACTOR_VIEW_RECOVERY_LEFT, 0);
  mh_record_set_text (view, MH_FACTOR_VIEW_SECRET, secret);
  mh_record_take_text (view, MH_FACTOR_VIEW_URI,
                       mh_totp_uri (issuer, mh_record_text (user, MH_USER_USERNAME), secret));
  return view;
}

static gboolean
write_begin (MhTx *tx, gpointer data, GError **error)
{
  Step *step = data;
  const char *user_id = mh_actor_user_id (step->actor);
  MhSeal *seal = mh_sessions_seal (step->sessions, error);
  g_autofree char *secret = mh_totp_secret ();
  g_autoptr (MhRecord) user
      = seal != NULL ? mh_store_get (mh_tx_db (tx), &mh_user_type, user_id, error) : NULL;
  g_autoptr (MhRecord) before = user != NULL ? factor_row_of (mh_tx_db (tx), user_id, error) : NULL;

  if (before == NULL)
    return FALSE;

  if (mh_record_bool (user, MH_USER_TOTP_ENABLED))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "The second factor is on. Turn it off before another app takes its place.");
      return FALSE;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_take_text (after, MH_SECOND_FACTOR_PENDING, mh_seal_close_text (seal, user_id, secret));
  mh_record_set_int (after, MH_SECOND_FACTOR_PENDING_AT, mh_tx_now (tx));
  g_clear_object (&step->view);
  step->view = begun_view (mh_tx_db (tx), user, secret);

  return factor_put_row (tx, before, after, error);
}

static MhRecord *
run_step (Step *step, const MhWho *who, MhTxFunc func, GError **error)
{
  if (mh_store_write (mh_sessions_store (step->sessions), who, func, step, error))
    return step->view;
  g_clear_object (&step->view);
  return NULL;
}

MhRecord *
mh_factor_begin (MhSessions *sessions, const MhActor *actor, const MhWho *who, GError **error)
{
  Step step = { .sessions = sessions, .actor = actor };
  return run_step (&step, who, write_begin, error);
}

/* Fresh recovery codes: what is told into @view, their hashes into @row. */
static void
give_recovery (MhSeal *seal, const char *user_id, MhRecord *row, MhRecord *view)
{
  mh_record_set_list (row, MH_SECOND_FACTOR_RECOVERY, NULL);
  for (guint i = 0; i < MH_RECOVERY_CODES; i++)
    {
      g_autofree char *code = mh_recovery_make ();
      g_autofree char *hash = mh_seal_hash (seal, user_id, code);
      mh_record_add_to_list (view, MH_FACTOR_VIEW_RECOVERY, code);
      mh_record_add_to_list (row, MH_SECOND_FACTOR_RECOVERY, hash);
    }
  mh_record_set_bool (view, MH_FACTOR_VIEW_ENABLED, TRUE);
  mh_record_set_int (view, MH_FACTOR_VIEW_RECOVERY_LEFT, MH_RECOVERY_CODES);
}

/* The key that waits for its first code; NULL with MH_ERROR_CONFLICT when there is none. */
static char *
pending_secret (MhSeal *seal, MhRecord *row, gint64 now, GError **error)
{
  const char *sealed = mh_record_text (row, MH_SECOND_FACTOR_PENDING);
  gint64 age = now - mh_record_int (row, MH_SECOND_FACTOR_PENDING_AT);
  if (sealed != NULL && age <= MH_FACTOR_PENDING_LIFE)
    return mh_seal_open_text (seal, mh_record_text (row, MH_SECOND_FACTOR_USER_ID), sealed, error);
  mh_error_set (error, MH_ERROR_CONFLICT,
                "The time to set this up is over; begin again with your password.");
  return NULL;
}

static gboolean
write_confirm (MhTx *tx, gpointer data, GError **error)
{
  Step *step = data;
  const char *user_id = mh_actor_user_id (step->actor);
  char code[MH_TOTP_DIGITS + 1];
  MhSeal *seal = mh_sessions_seal (step->sessions, error);
  g_autoptr (MhRecord) before = seal != NULL ? factor_row_of (mh_tx_db (tx), user_id, error) : NULL;
  g_autofree char *secret
      = before != NULL ? pending_secret (seal, before, mh_tx_now (tx), error) : NULL;

  if (secret == NULL)
    return FALSE;

  gint64 used
      = mh_totp_read (step->code, code) ? mh_totp_match (secret, code, mh_tx_now (tx), -1) : -1;
  if (used < 0)
    return refuse_code (error);

  g_autoptr (MhRecord) after = mh_record_copy (before);
  g_clear_object (&step->view);
  step->view = mh_record_new (&mh_factor_view_type);
  mh_record_set_null (after, MH_SECOND_FACTOR_PENDING);
  mh_record_set_null (after, MH_SECOND_FACTOR_PENDING_AT);
  mh_record_set_int (after, MH_SECOND_FACTOR_LAST_STEP, used);
  give_recovery (seal, user_id, after, step->view);
  mh_sessions_doubt (step->sessions, user_id);

  return factor_put_row (tx, before, after, error)
         && mh_factor_store_set (tx, user_id, mh_record_text (before, MH_SECOND_FACTOR_PENDING),
                                 error);
}

MhRecord *
mh_factor_confirm (MhSessions *sessions,
                   const MhActor *actor,
                   const MhWho *who,
                   const char *code,
                   GError **error)
{
  Step step = { .sessions = sessions, .actor = actor, .code = code };
  return run_step (&step, who, write_confirm, error);
}

/* --- using it --- */

/* A recovery code is gone with its use. */
static gboolean
use_recovery (MhTx *tx,
              MhSeal *seal,
              MhRecord *row,
              const char *code,
              gboolean *out_good,
              GError **error)
{
  g_autofree char *hash = mh_seal_hash (seal, mh_record_text (row, MH_SECOND_FACTOR_USER_ID), code);
  const char *const *list = mh_record_list (row, MH_SECOND_FACTOR_RECOVERY);
  g_autoptr (MhRecord) after = mh_record_copy (row);
  *out_good = list != NULL && g_strv_contains (list, hash);
  if (!*out_good)
    return TRUE;
  mh_record_set_list (after, MH_SECOND_FACTOR_RECOVERY, NULL);
  for (; *list != NULL; list++)
    if (!g_str_equal (*list, hash))
      mh_record_add_to_list (after, MH_SECOND_FACTOR_RECOVERY, *list);
  return mh_tx_update (tx, row, after, MH_AUDIT_UPDATE, "recovery code", error);
}

gboolean
mh_factor_use (MhTx *tx,
               MhSessions *sessions,
               MhRecord *user,
               const char *typed,
               gboolean *out_good,
               GError **error)
{
  const char *user_id = mh_record_id (user);
  char code[MH_TOTP_DIGITS + 1];
  MhSeal *seal = mh_sessions_seal (sessions, error);
  g_autoptr (MhRecord) row = seal != NULL ? factor_row_of (mh_tx_db (tx), user_id, error) : NULL;
  g_autofree char *recovery = mh_recovery_read (typed);

  *out_good = FALSE;
  if (row == NULL)
    return FALSE;
  if (recovery != NULL)
    return use_recovery (tx, seal, row, recovery, out_good, error);
  if (!mh_totp_read (typed, code))
    return TRUE;

  g_autofree char *secret
      = mh_seal_open_text (seal, user_id, mh_record_text (user, MH_USER_TOTP_SECRET), error);
  if (secret == NULL)
    return FALSE;

  gint64 last = mh_record_has (row, MH_SECOND_FACTOR_LAST_STEP)
                    ? mh_record_int (row, MH_SECOND_FACTOR_LAST_STEP)
                    : -1;
  gint64 step = mh_totp_match (secret, code, mh_tx_now (tx), last);

  return step < 0 || mh_factor_store_use_step (tx, user_id, step, out_good, error);
}

/* --- turning it off --- */

gboolean
mh_factor_clear (MhTx *tx, const char *user_id, GError **error)
{
  g_autoptr (MhRecord) before = factor_row_of (mh_tx_db (tx), user_id, error);
  if (before == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);

  /* The last step stays: a code that was used opens nothing afterwards either. */
  static const guint gone[]
      = { MH_SECOND_FACTOR_PENDING, MH_SECOND_FACTOR_PENDING_AT, MH_SECOND_FACTOR_RECOVERY,
          MH_SECOND_FACTOR_RESET_BY, MH_SECOND_FACTOR_RESET_AT };

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    mh_record_set_null (after, gone[i]);
  return factor_put_row (tx, before, after, error)
         && mh_factor_store_set (tx, user_id, NULL, error);
}

static gboolean
write_off (MhTx *tx, gpointer data, GError **error)
{
  Step *step = data;
  const char *user_id = mh_actor_user_id (step->actor);
  gboolean good = FALSE;
  g_autoptr (MhRecord) user = mh_store_get (mh_tx_db (tx), &mh_user_type, user_id, error);

  if (user == NULL)
    return FALSE;
  if (!mh_record_bool (user, MH_USER_TOTP_ENABLED))
    return TRUE;
  if (!mh_factor_use (tx, step->sessions, user, step->code, &good, error))
    return FALSE;

  mh_sessions_doubt (step->sessions, user_id);
  return good ? mh_factor_clear (tx, user_id, error) : refuse_code (error);
}

gboolean
mh_factor_off (MhSessions *sessions,
               const MhActor *actor,
               const MhWho *who,
               const char *code,
               GError **error)
{
  Step step = { .sessions = sessions, .actor = actor, .code = code };
  return mh_store_write (mh_sessions_store (sessions), who, write_off, &step, error);
}

static gboolean
ask_reset (const MhRequest *req, MhRecord *before, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_SECOND_FACTOR_RESET_BY, mh_actor_user_id (req->actor));
  mh_record_set_int (after, MH_SECOND_FACTOR_RESET_AT, mh_tx_now (req->tx));
  return factor_put_row (req->tx, before, after, error);
}

gboolean
mh_factor_reset (const MhRequest *req,
                 MhSessions *sessions,
                 MhRecord *user,
                 gboolean *out_done,
                 GError **error)
{
  const char *user_id = mh_record_id (user);
  g_autoptr (MhRecord) row = factor_row_of (req->db, user_id, error);
  *out_done = FALSE;
  if (row == NULL)
    return FALSE;

  if (!mh_record_bool (user, MH_USER_TOTP_ENABLED))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This account has no second factor.");
      return FALSE;
    }

  const char *by = mh_record_text (row, MH_SECOND_FACTOR_RESET_BY);
  gint64 age = mh_tx_now (req->tx) - mh_record_int (row, MH_SECOND_FACTOR_RESET_AT);
  if (by == NULL || age > MH_FACTOR_RESET_LIFE || g_str_equal (by, mh_actor_user_id (req->actor)))
    return ask_reset (req, row, error);

  *out_done = TRUE;
  mh_sessions_doubt (sessions, user_id);
  return mh_factor_clear (req->tx, user_id, error)
         && mh_session_store_revoke_user (req->tx, user_id, NULL, error);
}
