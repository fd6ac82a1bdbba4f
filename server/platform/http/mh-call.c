/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-call-private.h"

#include <string.h>

#include "server/platform/http/mh-router.h"
#include "shared/base/mh-date.h"

MhCall *
mh_call_new (void)
{
  MhCall *call = g_new0 (MhCall, 1);
  call->limit = 50;
  call->if_match = -1;
  return call;
}

void
mh_call_free (MhCall *call)
{
  if (call == NULL)
    return;

  for (guint i = 0; i < MH_CALL_MAX_PARAMS; i++)
    g_free (call->params[i]);
  for (guint i = 0; i < call->n_pairs; i++)
    {
      g_free (call->pairs[i].name);
      g_free (call->pairs[i].value);
    }

  g_free (call->method);
  g_free (call->path);
  g_free (call->query);
  g_free (call->token);
  g_free (call->key);
  g_strfreev (call->after);
  g_clear_pointer (&call->raw, g_bytes_unref);
  g_clear_pointer (&call->actor, mh_actor_unref);
  g_clear_object (&call->body);
  mh_reply_free (call->reply);
  g_clear_error (&call->error);
  g_free (call);
}

const MhRoute *
mh_call_route (MhCall *call)
{
  return call->route;
}

MhServer *
mh_call_server (MhCall *call)
{
  return call->server;
}

MhStore *
mh_call_store (MhCall *call)
{
  return call->store;
}

MhDb *
mh_call_db (MhCall *call)
{
  return call->db;
}

MhTx *
mh_call_tx (MhCall *call)
{
  return call->tx;
}

MhActor *
mh_call_actor (MhCall *call)
{
  return call->actor;
}

const MhRequest *
mh_call_request (MhCall *call)
{
  call->request = (MhRequest){ call->tx, call->db, call->server, call->actor };
  return &call->request;
}

const MhWho *
mh_call_who (MhCall *call)
{
  return &call->who;
}

gint64
mh_call_now (MhCall *call)
{
  return call->now;
}

const char *
mh_call_request_id (MhCall *call)
{
  return call->request_id;
}

const char *
mh_call_address (MhCall *call)
{
  return call->address;
}

const char *
mh_call_param (MhCall *call, const char *name)
{
  int index = mh_route_param_index (call->route, name);
  g_return_val_if_fail (index >= 0 && index < MH_CALL_MAX_PARAMS, NULL);
  return call->params[index];
}

const char *
mh_call_query (MhCall *call, const char *name)
{
  for (guint i = 0; i < call->n_pairs; i++)
    if (g_str_equal (call->pairs[i].name, name))
      return call->pairs[i].value;
  return NULL;
}

gint64
mh_call_query_int (MhCall *call, const char *name, gint64 fallback)
{
  const char *text = mh_call_query (call, name);
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

guint
mh_call_limit (MhCall *call)
{
  return call->limit;
}

const char *const *
mh_call_after (MhCall *call)
{
  return (const char *const *)call->after;
}

const char *
mh_call_after_key (MhCall *call)
{
  return call->after != NULL ? call->after[0] : NULL;
}

gint64
mh_call_after_number (MhCall *call)
{
  const char *key = mh_call_after_key (call);
  return key != NULL ? g_ascii_strtoll (key, NULL, 10) : 0;
}

const char *
mh_call_after_id (MhCall *call)
{
  return mh_call_after_key (call) != NULL ? call->after[1] : NULL;
}

gint64
mh_call_after_at (MhCall *call)
{
  return mh_call_after_id (call) != NULL ? mh_call_after_number (call) : 0;
}

MhRecord *
mh_call_body (MhCall *call)
{
  return call->body;
}

GBytes *
mh_call_raw (MhCall *call)
{
  return call->raw;
}

const char *
mh_call_header (MhCall *call, const char *name)
{
  return call->header != NULL ? call->header (call, name) : NULL;
}

gint64
mh_call_made_at (MhCall *call)
{
  gint64 made_at = 0;
  const char *text = mh_call_header (call, MH_HEADER_MADE_AT);
  return text != NULL && mh_instant_parse (text, &made_at) ? made_at : 0;
}

gint64
mh_call_if_match (MhCall *call)
{
  return call->if_match;
}

MhListPage
mh_call_page (MhCall *call)
{
  return (MhListPage){ mh_call_after_at (call), mh_call_after_id (call), mh_call_limit (call) };
}

MhPatch
mh_call_patch (MhCall *call)
{
  return (MhPatch){ mh_call_param (call, "id"), mh_call_if_match (call), mh_call_body (call) };
}

static void
set_params (MhCall *call, const char *const *params)
{
  for (guint i = 0; params != NULL && params[i] != NULL; i += 2)
    {
      int index = mh_route_param_index (call->route, params[i]);
      if (index >= 0)
        {
          g_free (call->params[index]);
          call->params[index] = g_strdup (params[i + 1]);
        }
      else if (call->n_pairs < MH_CALL_MAX_QUERY)
        {
          call->pairs[call->n_pairs].name = g_strdup (params[i]);
          call->pairs[call->n_pairs++].value = g_strdup (params[i + 1]);
        }
    }
}

MhCall *
mh_call_new_for_test (const char *route_id,
                      const MhRequest *req,
                      MhRecord *body,
                      const char *const *params)
{
  MhTx *tx = req->tx;
  MhCall *call = mh_call_new ();
  call->route = mh_route_find (route_id);
  if (call->route == NULL)
    g_error ("No route is called %s.", route_id);
  call->server = req->server;
  call->tx = tx;
  call->db = tx != NULL && req->db == NULL ? mh_tx_db (tx) : req->db;
  call->store = tx != NULL ? mh_tx_store (tx) : NULL;
  call->now = tx != NULL ? mh_tx_now (tx) : mh_clock_now (NULL);
  call->actor = req->actor != NULL ? mh_actor_ref (req->actor) : NULL;
  call->body = body != NULL ? g_object_ref (body) : NULL;
  call->raw = g_bytes_new_static ("", 0);
  g_strlcpy (call->request_id, "test", sizeof call->request_id);
  g_strlcpy (call->address, "127.0.0.1", sizeof call->address);
  if (tx != NULL)
    call->who = *mh_tx_who (tx);
  set_params (call, params);

  return call;
}
