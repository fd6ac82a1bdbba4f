/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/auth/mh-auth-api.h"

#include "server/auth/mh-login.h"
#include "server/mh-server-app.h"
#include "shared/records/mh-records.h"

static MhReply *
reply_view (MhCall *call, const char *session_id, const char *token, GError **error)
{
  MhServer *server = mh_call_server (call);
  MhRecord *view = mh_login_view (mh_server_sessions (server), session_id, token, error);
  if (view == NULL)
    return NULL;
  mh_record_set_int (view, MH_SESSION_VIEW_ORDER_TAX,
                     mh_server_config_int (mh_server_config (server), "lab.tax"));
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
api_read (MhCall *call, GError **error)
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

void
mh_auth_api_bind (MhRouter *router)
{
  mh_router_bind (router, "session.open", api_open);
  mh_router_bind (router, "session.read", api_read);
  mh_router_bind (router, "session.close", api_close);
  mh_router_bind (router, "session.password", api_password);
}
