/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/auth/mh-auth-api.h"

#include "server/platform/auth/mh-factor.h"
#include "server/platform/auth/mh-login.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/people/mh-second-factor.h"
#include "shared/records/people/mh-user.h"

static MhReply *
reply_view (MhCall *call, const char *session_id, const char *token, GError **error)
{
  MhServer *server = mh_call_server (call);
  MhRecord *view = mh_login_view (mh_server_sessions (server), session_id, token, error);
  if (view == NULL)
    return NULL;
  mh_record_set_int (view, MH_SESSION_VIEW_ORDER_TAX,
                     mh_server_config_int (mh_server_config (server), "lab.tax"));
  mh_record_set_int (view, MH_SESSION_VIEW_LOCK_MINUTES,
                     mh_server_config_int (mh_server_config (server), "session.lock_minutes"));
  return mh_reply_record (view);
}

static MhReply *
api_open (MhCall *call, GError **error)
{
  MhSessions *sessions = mh_server_sessions (mh_call_server (call));
  MhLoginPeer peer
      = { mh_call_address (call), mh_call_header (call, "User-Agent"), mh_call_request_id (call) };
  g_autofree char *token = NULL;
  g_autoptr (MhRecord) session
      = mh_login_open (sessions, mh_call_body (call), &peer, &token, error);
  if (session == NULL)
    return NULL;
  return reply_view (call, mh_record_id (session), token, error);
}

static MhReply *
auth_api_read (MhCall *call, GError **error)
{
  return reply_view (call, mh_actor_session_id (mh_call_actor (call)), NULL, error);
}

static MhReply *
api_close (MhCall *call, GError **error)
{
  MhSessions *sessions = mh_server_sessions (mh_call_server (call));
  if (!mh_login_close (sessions, mh_call_actor (call), mh_call_who (call), error))
    return NULL;
  return mh_reply_empty ();
}

static MhReply *
api_password (MhCall *call, GError **error)
{
  MhSessions *sessions = mh_server_sessions (mh_call_server (call));
  if (!mh_login_change_password (sessions, mh_call_actor (call), mh_call_who (call),
                                 mh_call_body (call), error))
    return NULL;
  return mh_reply_empty ();
}

/* --- the second factor --- */

static MhReply *
reply_factor (MhRecord *view)
{
  return mh_reply_record (view);
}

static MhReply *
api_factor_read (MhCall *call, GError **error)
{
  return reply_factor (
      mh_factor_read (mh_call_db (call), mh_actor_user_id (mh_call_actor (call)), error));
}

/* A desk that somebody left must not be enough to change how its owner signs in. */
static gboolean
auth_api_check_password (MhCall *call, guint field, GError **error)
{
  return mh_login_check_password (mh_server_sessions (mh_call_server (call)), mh_call_actor (call),
                                  mh_call_who (call), mh_record_text (mh_call_body (call), field),
                                  error);
}

static MhReply *
api_factor_begin (MhCall *call, GError **error)
{
  if (!auth_api_check_password (call, MH_FACTOR_BEGIN_PASSWORD, error))
    return NULL;
  return reply_factor (mh_factor_begin (mh_server_sessions (mh_call_server (call)),
                                        mh_call_actor (call), mh_call_who (call), error));
}

static MhReply *
api_factor_confirm (MhCall *call, GError **error)
{
  const char *code = mh_record_text (mh_call_body (call), MH_FACTOR_CODE_CODE);
  return reply_factor (mh_factor_confirm (mh_server_sessions (mh_call_server (call)),
                                          mh_call_actor (call), mh_call_who (call), code, error));
}

static MhReply *
api_factor_off (MhCall *call, GError **error)
{
  const char *code = mh_record_text (mh_call_body (call), MH_FACTOR_OFF_CODE);
  if (!auth_api_check_password (call, MH_FACTOR_OFF_PASSWORD, error)
      || !mh_factor_off (mh_server_sessions (mh_call_server (call)), mh_call_actor (call),
                         mh_call_who (call), code, error))
    return NULL;
  return mh_reply_empty ();
}

void
mh_auth_api_bind (MhRouter *router)
{
  mh_router_bind (router, "session.open", api_open);
  mh_router_bind (router, "session.read", auth_api_read);
  mh_router_bind (router, "session.close", api_close);
  mh_router_bind (router, "session.password", api_password);
  mh_router_bind (router, "factor.read", api_factor_read);
  mh_router_bind (router, "factor.begin", api_factor_begin);
  mh_router_bind (router, "factor.confirm", api_factor_confirm);
  mh_router_bind (router, "factor.off", api_factor_off);
}
