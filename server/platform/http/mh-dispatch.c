/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-dispatch.h"

#include "server/platform/http/mh-call-read.h"
#include "server/platform/http/mh-idempotency.h"
#include "server/platform/http/mh-openapi.h"
#include "server/platform/http/mh-workers.h"
#include "shared/base/mh-log.h"

struct _MhDispatch
{
  MhDispatchConfig config;
  MhLimits *limits;
  MhMetrics *metrics;
  MhWorkers *workers;
  MhWorkers *slow;
  gsize has_openapi;
  GBytes *openapi;
};

static gboolean dispatch_reads_one (gconstpointer item);
static void run_calls (gpointer *items, guint n, gpointer data);

MhDispatch *
mh_dispatch_new (const MhDispatchConfig *config)
{
  MhDispatch *dispatch = g_new0 (MhDispatch, 1);
  dispatch->config = *config;
  dispatch->limits = mh_limits_new (config->per_minute);
  dispatch->metrics = mh_metrics_new (config->router);
  dispatch->workers = mh_workers_new ("worker", config->workers, config->max_waiting,
                                      dispatch_reads_one, run_calls, dispatch);
  dispatch->slow = mh_workers_new ("slow", config->slow_workers, config->max_waiting, NULL,
                                   run_calls, dispatch);
  return dispatch;
}

void
mh_dispatch_free (MhDispatch *dispatch)
{
  if (dispatch == NULL)
    return;
  mh_workers_free (dispatch->workers);
  mh_workers_free (dispatch->slow);
  mh_limits_free (dispatch->limits);
  mh_metrics_free (dispatch->metrics);
  g_clear_pointer (&dispatch->openapi, g_bytes_unref);
  g_free (dispatch);
}

MhMetrics *
mh_dispatch_metrics (MhDispatch *dispatch)
{
  return dispatch->metrics;
}

MhSharedSnapshot *
mh_dispatch_hold (MhDispatch *dispatch)
{
  return dispatch->config.inline_reads ? mh_store_hold (dispatch->config.store) : NULL;
}

GBytes *
mh_dispatch_openapi (MhDispatch *dispatch)
{
  if (g_once_init_enter (&dispatch->has_openapi))
    {
      dispatch->openapi = mh_openapi_make (dispatch->config.router);
      g_once_init_leave (&dispatch->has_openapi, 1);
    }
  return dispatch->openapi;
}

MhDispatch *
mh_call_dispatch (MhCall *call)
{
  return call->dispatch;
}

guint
mh_dispatch_status (MhCall *call)
{
  guint flags = call->route != NULL ? call->route->flags : 0;
  if (call->reply != NULL && call->reply->status != 0)
    return call->reply->status;
  return (flags & MH_ROUTE_CREATED) != 0 ? 201 : (flags & MH_ROUTE_NO_CONTENT) != 0 ? 204 : 200;
}

/* --- the end of a call --- */

/* The ids of a path are no patients' data; what else stands in it may be what opens a page or a
 * way into the server, and is not for the log. */
static const char *
path_for_log (const MhCall *call)
{
  if (call->binding == NULL)
    return NULL;
  guint all = (1u << call->binding->n_params) - 1;
  return call->binding->id_params == all ? call->path : call->route->path;
}

/* Never the query, which may hold a name. */
static void
write_log (MhCall *call, guint status, gint64 micros)
{
  char status_text[12];
  char micros_text[24];
  MhLogLevel level = status >= 500 ? MH_LOG_ERROR : MH_LOG_INFO;
  if (!mh_log_wants (level))
    return;
  g_snprintf (status_text, sizeof status_text, "%u", status);
  g_snprintf (micros_text, sizeof micros_text, "%" G_GINT64_FORMAT, micros);
  mh_log (level, "http", "request", "request_id", call->request_id, "method", call->method, "route",
          call->route != NULL ? call->route->id : "none", "path", path_for_log (call), "status",
          status_text, "us", micros_text, "user_id", call->who.user_id, "address", call->address,
          "error", status >= 500 && call->error != NULL ? call->error->message : NULL, NULL);
}

static MhReply *
tell_problem (MhCall *call)
{
  MhReply *page = call->binding != NULL && call->binding->problem != NULL
                      ? call->binding->problem (call, call->error)
                      : NULL;
  if (page == NULL)
    return mh_reply_problem (call->error, call->request_id);
  mh_reply_refuse (page, call->error);
  return page;
}

static void
dispatch_finish (MhDispatch *dispatch, MhCall *call)
{
  if (call->error != NULL)
    {
      MhReply *problem = tell_problem (call);
      if (mh_error_status (call->error) == 405)
        {
          g_autofree char *allowed = mh_router_allowed (dispatch->config.router, call->path);
          mh_reply_set_header (problem, "Allow", allowed != NULL ? allowed : "OPTIONS");
        }
      g_clear_pointer (&call->reply, mh_reply_free);
      call->reply = problem;
    }

  mh_reply_compose (call->reply);
  guint status = mh_dispatch_status (call);
  gint64 micros = g_get_monotonic_time () - call->started;

  mh_metrics_count (dispatch->metrics, call->binding, status, micros);
  write_log (call, status, micros);
  call->reply->status = status;
  call->done (call);
}

static void
finish_with (MhDispatch *dispatch, MhCall *call, GError *error)
{
  g_clear_error (&call->error);
  call->error = error;
  dispatch_finish (dispatch, call);
}

static void
dispatch_begin (MhDispatch *dispatch, MhCall *call)
{
  call->dispatch = dispatch;
  call->server = dispatch->config.server;
  call->store = dispatch->config.store;
  call->now = mh_clock_now (dispatch->config.clock);
  call->started = g_get_monotonic_time ();
  call->who.station = call->address;
  call->who.request_id = call->request_id;
}

void
mh_dispatch_refuse (MhDispatch *dispatch, MhCall *call, GError *error)
{
  dispatch_begin (dispatch, call);
  finish_with (dispatch, call, error);
}

/* --- checks --- */

/* What also a kiosk may, which is refused everything that any signed-in person may, and who must
 * choose a password first. */
static gboolean
is_own_session (MhCall *call)
{
  gboolean due = mh_actor_is_password_due (call->actor);
  return ((due || mh_actor_is_confined (call->actor))
          && (g_str_equal (call->route->id, "session.read")
              || g_str_equal (call->route->id, "session.close")))
         || (due && g_str_equal (call->route->id, "session.password"));
}

static gboolean
find_actor (MhDispatch *dispatch, MhCall *call, GError **error)
{
  g_clear_pointer (&call->actor, mh_actor_unref);
  gboolean is_public = (call->route->flags & MH_ROUTE_PUBLIC) != 0;
  if (call->token != NULL)
    call->actor
        = dispatch->config.auth (call->token, mh_call_header (call, MH_HEADER_UNATTENDED) == NULL,
                                 call->now, dispatch->config.auth_data, is_public ? NULL : error);

  if (call->actor == NULL)
    {
      if (!is_public && call->token == NULL)
        mh_error_set (error, MH_ERROR_UNAUTHORIZED, "Sign in and send the token.");
      return is_public;
    }

  call->who.user_id = mh_actor_user_id (call->actor);
  call->who.user_name = mh_actor_name (call->actor);
  call->who.role = mh_actor_role (call->actor);
  call->who.hospital_id = mh_actor_hospital_id (call->actor);
  if (is_public || is_own_session (call)
      || mh_actor_require (call->actor, call->route->permission, error))
    return TRUE;

  if (dispatch->config.denied != NULL)
    dispatch->config.denied (&call->who, call->route, dispatch->config.denied_data);
  return FALSE;
}

static gboolean
take_rate (MhDispatch *dispatch, MhCall *call, GError **error)
{
  MhRateClass rate = call->route->rate;
  gboolean by_address = rate == MH_RATE_LOGIN || rate == MH_RATE_GUESS
                        || (call->route->flags & MH_ROUTE_PUBLIC) != 0;
  const char *caller = by_address || call->token == NULL ? call->address : call->token;
  return mh_limits_take (dispatch->limits, rate, caller, call->started, error);
}

static gboolean
dispatch_check (MhDispatch *dispatch, MhCall *call, GError **error)
{
  return (call->admitted || take_rate (dispatch, call, error)) && find_actor (dispatch, call, error)
         && mh_call_read_params (call, call->binding->id_params, error)
         && mh_call_read_query (call, error) && mh_call_read_if_match (call, error)
         && mh_call_read_body (call, error) && mh_idempotency_prepare (call, error);
}

static gboolean
find_route (MhDispatch *dispatch, MhCall *call, GError **error)
{
  MhFound found = mh_router_find (dispatch->config.router, call->method, call->path, &call->binding,
                                  call->params, MH_CALL_MAX_PARAMS);
  if (found == MH_FOUND && call->binding->handler != NULL)
    {
      call->route = call->binding->route;
      return TRUE;
    }

  call->binding = NULL;
  if (found == MH_FOUND_NO_METHOD)
    mh_error_set (error, MH_ERROR_NO_METHOD, "This path does not take %s.", call->method);
  else
    mh_error_set (error, MH_ERROR_NOT_FOUND, "There is nothing at this path.");

  return FALSE;
}

/* --- handlers --- */

static gboolean
handle (MhCall *call, GError **error)
{
  MhDispatch *dispatch = call->dispatch;
  const MhGate *gate = call->actor != NULL ? mh_router_gate (dispatch->config.router) : NULL;
  if (gate != NULL && !gate->before (call, error))
    return FALSE;

  call->reply = call->binding->handler (call, error);
  if (call->reply == NULL
      || (gate != NULL && call->reply->records != NULL
          && !gate->after (call, call->reply->records, error)))
    return FALSE;

  call->reply->list = call->route->id;
  const MhRecordType *type = call->route->reply;
  if ((call->route->flags & MH_ROUTE_CREATED) != 0 && type != NULL && type->path != NULL
      && call->body != NULL && mh_record_type (call->body) == type
      && mh_record_id (call->body) != NULL)
    {
      g_autofree char *place
          = g_strconcat (MH_API_PREFIX, type->path, "/", mh_record_id (call->body), NULL);
      mh_reply_set_header (call->reply, "Location", place);
    }

  return TRUE;
}

/* Reads of the transport's own thread share its reader. */
static gboolean
handle_held (MhCall *call, GError **error)
{
  call->db = mh_shared_snapshot_db (call->held, error);
  gboolean ok = call->db != NULL && handle (call, error);
  call->db = NULL;
  return ok;
}

static gboolean
handle_read (MhDispatch *dispatch, MhCall *call, GError **error)
{
  if (call->held != NULL)
    return handle_held (call, error);

  call->db = mh_store_take_reader (dispatch->config.store, error);
  if (call->db == NULL)
    return FALSE;

  gboolean snapshot = (call->route->flags & MH_ROUTE_SNAPSHOT) != 0;
  gboolean ok = (!snapshot || mh_db_begin (call->db, MH_TX_READ, error)) && handle (call, error);
  if (snapshot)
    mh_db_rollback (call->db);
  mh_store_give_reader (dispatch->config.store, call->db);
  call->db = NULL;
  return ok;
}

static GError *
too_busy (void)
{
  GError *error = NULL;
  mh_error_set_retry (&error, MH_ERROR_BUSY, 1, "The server is busy; try again in a moment.");
  return error;
}

/* In the write queue. A second run starts from the request as it came, not from what the first run
 * left. Nearly every request comes once, so nobody looks first whether it was done before: the
 * second of two stumbles over the first one's key at the latest, is undone, and then gets the first
 * one's answer. */
static gboolean
handle_write (MhTx *tx, gpointer data, GError **error)
{
  MhCall *call = data;
  g_clear_pointer (&call->reply, mh_reply_free);
  if (call->runs++ > 0 && !mh_call_read_body (call, error))
    return FALSE;

  call->tx = tx;
  call->db = mh_tx_db (tx);
  call->now = mh_tx_now (tx);
  gboolean ok = handle (call, error);

  if (ok)
    mh_reply_compose (call->reply);
  ok = ok && mh_idempotency_remember (call, mh_dispatch_status (call), error);
  call->tx = NULL;
  call->db = NULL;
  return ok;
}

static void
dispatch_announce (MhDb *db, gpointer data)
{
  MhCall *call = data;
  if (call->binding->prefetch != NULL)
    call->binding->prefetch (call, db);
}

static void
write_done (gpointer data, const GError *error)
{
  MhCall *call = data;
  MhDispatch *dispatch = call->dispatch;
  if (error == NULL)
    {
      dispatch_finish (dispatch, call);
      return;
    }

  g_clear_error (&call->error);
  call->error = g_error_copy (error);
  call->replaying = call->key != NULL && !mh_error_is_away (error);
  if (!call->replaying)
    dispatch_finish (dispatch, call);
  else if (!mh_workers_push (dispatch->workers, call))
    finish_with (dispatch, call, too_busy ());
}

/* What a request failed with stands, unless the same request was answered before; who cannot look
 * says nothing. */
static void
replay (MhDispatch *dispatch, MhCall *call)
{
  GError *error = NULL;
  g_clear_pointer (&call->reply, mh_reply_free);
  call->db = mh_store_take_reader (dispatch->config.store, &error);
  gboolean looked = call->db != NULL && mh_idempotency_replay (call, &error);
  mh_store_give_reader (dispatch->config.store, call->db);
  call->db = NULL;
  if (looked && call->reply == NULL)
    dispatch_finish (dispatch, call);
  else
    finish_with (dispatch, call, error);
}

/* Takes @error. */
static void
conclude (MhDispatch *dispatch, MhCall *call, gboolean ok, GError *error)
{
  if (!ok && error == NULL)
    mh_error_set (&error, MH_ERROR_INTERNAL, "%s refused without a reason.", call->route->id);
  if (ok)
    dispatch_finish (dispatch, call);
  else
    finish_with (dispatch, call, error);
}

static void
run_call (MhDispatch *dispatch, MhCall *call)
{
  GError *error = NULL;
  gboolean ok = dispatch_check (dispatch, call, &error);
  if (ok && call->route->mode == MH_ROUTE_WRITE)
    {
      if (mh_store_submit (dispatch->config.store, &call->who,
                           (MhTxWork){ dispatch_announce, handle_write, write_done, call }, &error))
        return;
      ok = FALSE;
    }
  else if (ok && call->route->mode == MH_ROUTE_READ)
    ok = handle_read (dispatch, call, &error);
  else if (ok)
    ok = handle (call, &error);

  conclude (dispatch, call, ok, error);
}

/* The records that are read by these calls are asked for together and share one wait. */
static void
read_together (MhDispatch *dispatch, MhCall **calls, guint n)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_store_take_reader (dispatch->config.store, &error);
  for (guint i = 0; i < n && db != NULL; i++)
    mh_store_prefetch (db, calls[i]->route->reply, mh_call_param (calls[i], "id"));
  for (guint i = 0; i < n; i++)
    {
      GError *own = db == NULL ? g_error_copy (error) : NULL;
      calls[i]->db = db;
      gboolean ok = db != NULL && handle (calls[i], &own);
      calls[i]->db = NULL;
      conclude (dispatch, calls[i], ok, own);
    }

  mh_store_give_reader (dispatch->config.store, db);
}

static gboolean
dispatch_reads_one (gconstpointer item)
{
  const MhCall *call = item;
  return call->binding->reads_one && !call->replaying && !call->admitting;
}

/* Nothing but the call's fate is decided here; the transport answers when it is refused. */
static void
admit_body (MhDispatch *dispatch, MhCall *call)
{
  call->admitted
      = take_rate (dispatch, call, &call->error) && find_actor (dispatch, call, &call->error);
  call->done (call);
}

static void
run_calls (gpointer *items, guint n, gpointer data)
{
  MhDispatch *dispatch = data;
  MhCall *ones[MH_WORK_AT_ONCE];
  guint n_ones = 0;

  if (n == 1)
    {
      MhCall *call = items[0];
      if (call->admitting)
        admit_body (dispatch, call);
      else if (call->replaying)
        replay (dispatch, call);
      else
        run_call (dispatch, call);
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      GError *error = NULL;
      if (dispatch_check (dispatch, items[i], &error))
        ones[n_ones++] = items[i];
      else
        conclude (dispatch, items[i], FALSE, error);
    }

  if (n_ones > 0)
    read_together (dispatch, ones, n_ones);
}

/* Handing over costs two switches of threads, more than reading one row does. */
static gboolean
runs_here (MhDispatch *dispatch, MhCall *call)
{
  const MhRoute *route = call->route;
  guint heavy = MH_ROUTE_LIST | MH_ROUTE_SNAPSHOT | MH_ROUTE_BINARY;
  /* Whoever asks whether the server is well must not wait behind those for whom it is not. */
  if (call->token == NULL && (route->flags & (MH_ROUTE_PUBLIC | heavy)) == MH_ROUTE_PUBLIC
      && route->mode == MH_ROUTE_PLAIN && route->rate == MH_RATE_NONE && route->request == NULL)
    return TRUE;
  if (!dispatch->config.inline_reads || (route->flags & heavy) != 0 || route->request != NULL)
    return FALSE;
  return route->rate == MH_RATE_NONE
         || (route->mode == MH_ROUTE_READ && route->rate == MH_RATE_NORMAL);
}

static void
answer_options (MhDispatch *dispatch, MhCall *call)
{
  g_autofree char *allowed = mh_router_allowed (dispatch->config.router, call->path);
  GError *error = NULL;
  if (allowed == NULL)
    {
      mh_error_set (&error, MH_ERROR_NOT_FOUND, "There is nothing at this path.");
      finish_with (dispatch, call, error);
      return;
    }
  call->reply = mh_reply_empty ();
  mh_reply_set_header (call->reply, "Allow", allowed);
  dispatch_finish (dispatch, call);
}

/* What may stand behind any request: one reading of a connection brings it along. */
#define SMALL_BODY 4096

gboolean
mh_dispatch_expect_body (MhDispatch *dispatch,
                         MhCall *call,
                         gint64 size,
                         gsize *out_most,
                         GError **error)
{
  g_autoptr (GError) inner = NULL;
  dispatch_begin (dispatch, call);
  gboolean found = find_route (dispatch, call, &inner);
  gsize most = found ? MIN (call->binding->body.bytes, dispatch->config.max_body) : SMALL_BODY;
  gboolean fits = size <= (gint64)most;

  *out_most = most;
  if (fits && (found || size >= 0))
    return TRUE;

  if (!found && !g_str_equal (call->method, "OPTIONS"))
    g_propagate_error (error, g_steal_pointer (&inner));
  else
    mh_error_set (error, MH_ERROR_TOO_LARGE, "The body is too large; here it may have %zu bytes.",
                  most);

  return FALSE;
}

void
mh_dispatch_admit_body (MhDispatch *dispatch, MhCall *call)
{
  call->admitting = TRUE;
  if (dispatch->config.inline_reads)
    admit_body (dispatch, call);
  else if (!mh_workers_push (dispatch->workers, call))
    {
      call->error = too_busy ();
      call->done (call);
    }
}

void
mh_dispatch_run (MhDispatch *dispatch, MhCall *call)
{
  GError *error = NULL;
  dispatch_begin (dispatch, call);
  if (g_str_equal (call->method, "OPTIONS"))
    {
      answer_options (dispatch, call);
      return;
    }

  if (call->binding == NULL && !find_route (dispatch, call, &error))
    {
      finish_with (dispatch, call, error);
      return;
    }

  if (runs_here (dispatch, call))
    {
      run_call (dispatch, call);
      return;
    }

  call->held = NULL;
  gboolean slow = call->route->rate == MH_RATE_HEAVY || call->route->rate == MH_RATE_LOGIN
                  || call->route->rate == MH_RATE_GUESS || call->route->rate == MH_RATE_TILE;
  if (mh_workers_push (slow ? dispatch->slow : dispatch->workers, call))
    return;

  finish_with (dispatch, call, too_busy ());
}

gboolean
mh_dispatch_admit (MhDispatch *dispatch, MhCall *call, const char *route_id, GError **error)
{
  dispatch_begin (dispatch, call);
  for (guint i = 0; call->binding == NULL && i < mh_router_size (dispatch->config.router); i++)
    if (g_str_equal (mh_router_nth (dispatch->config.router, i)->route->id, route_id))
      call->binding = mh_router_nth (dispatch->config.router, i);
  g_return_val_if_fail (call->binding != NULL, FALSE);
  call->route = call->binding->route;
  return dispatch_check (dispatch, call, error);
}
