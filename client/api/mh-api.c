/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/api/mh-api.h"

#include "shared/base/mh-date.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-json.h"
#include "shared/proto/mh-problem.h"
#include "shared/record/mh-record-json.h"

#include <libsoup/soup.h>

#define TIMEOUT_SECONDS 20
/* A call that takes longer makes us ask whether anybody is there at all, and for how long. */
#define PATIENCE (2 * G_USEC_PER_SEC)
#define PULSE_SECONDS 2
#define API_ROOT "/api/v1"

struct _MhApi
{
  GObject parent_instance;
  SoupSession *session;
  SoupSession *pulse; /* asks a server that keeps silent for its health */
  GPtrArray *calls;   /* Call: under way */
  guint watch;
  gboolean pulsing;
  gboolean away; /* it was not reached last time */
  char *base_url;
  char *token;
  gboolean unattended;
  SoupWebsocketConnection *feed;
  GCancellable *feed_opening;
};

G_DEFINE_FINAL_TYPE (MhApi, mh_api, G_TYPE_OBJECT)

enum
{
  EVENT,
  FEED_CLOSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
mh_answer_free (MhAnswer *answer)
{
  if (answer == NULL)
    return;
  g_clear_object (&answer->record);
  g_clear_pointer (&answer->items, g_ptr_array_unref);
  g_free (answer->next);
  g_clear_pointer (&answer->bytes, g_bytes_unref);
  g_free (answer->etag);
  g_free (answer);
}

static void
mh_api_dispose (GObject *object)
{
  MhApi *api = MH_API (object);
  mh_api_feed_close (api);
  g_clear_handle_id (&api->watch, g_source_remove);
  g_clear_object (&api->session);
  g_clear_object (&api->pulse);
  G_OBJECT_CLASS (mh_api_parent_class)->dispose (object);
}

static void
mh_api_finalize (GObject *object)
{
  MhApi *api = MH_API (object);
  g_ptr_array_unref (api->calls);
  g_free (api->base_url);
  g_free (api->token);
  G_OBJECT_CLASS (mh_api_parent_class)->finalize (object);
}

static void
mh_api_class_init (MhApiClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_api_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_api_finalize;
  signals[EVENT] = g_signal_new ("event", MH_TYPE_API, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FEED_CLOSED] = g_signal_new ("feed-closed", MH_TYPE_API, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
mh_api_init (MhApi *api)
{
  api->session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, "user-agent", "Mahima",
                                                "max-conns-per-host", 8, NULL);
  api->pulse
      = soup_session_new_with_options ("timeout", PULSE_SECONDS, "user-agent", "Mahima", NULL);
  api->calls = g_ptr_array_new ();
}

MhApi *
mh_api_new (const char *base_url)
{
  MhApi *api = g_object_new (MH_TYPE_API, NULL);
  mh_api_set_base_url (api, base_url);
  return api;
}

void
mh_api_set_base_url (MhApi *api, const char *base_url)
{
  g_free (api->base_url);
  api->base_url = g_strdup (base_url);
  for (gsize n = strlen (api->base_url); n > 0 && api->base_url[n - 1] == '/'; n--)
    api->base_url[n - 1] = 0;
}

void
mh_api_set_token (MhApi *api, const char *token)
{
  g_free (api->token);
  api->token = g_strdup (token);
}

void
mh_api_set_unattended (MhApi *api, gboolean unattended)
{
  api->unattended = unattended;
}

/* --- one call --- */

typedef struct
{
  const MhRoute *route;
  SoupMessage *message;
  GTask *task;               /* borrowed: it has this call */
  GCancellable *cancellable; /* follows @outer until the head of the answer is there */
  GCancellable *outer;       /* the caller's */
  gulong follows;
  gint64 asked;    /* monotonic µs; later when the server was found alive since */
  gboolean headed; /* the head of the answer is there */
  gboolean silent; /* given up: nobody is there */
  gboolean told;   /* what comes now comes to nobody */
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;
  g_cancellable_disconnect (call->outer, call->follows);
  if (call->message != NULL)
    g_signal_handlers_disconnect_by_data (call->message, call);
  g_clear_object (&call->outer);
  g_clear_object (&call->cancellable);
  g_clear_object (&call->message);
  g_free (call);
}

static void
add_headers (MhApi *api, SoupMessage *message, const char *key, gint64 if_match)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  if (api->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", api->token, NULL);
      soup_message_headers_replace (headers, "Authorization", bearer);
    }

  if (api->unattended)
    soup_message_headers_replace (headers, MH_HEADER_UNATTENDED, "1");
  if (key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", key);
  if (if_match >= 0)
    {
      g_autofree char *tag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", if_match);
      soup_message_headers_replace (headers, "If-Match", tag);
    }
}

static SoupMessage *
api_make_message (MhApi *api, const MhRoute *route, const char *const *args, const char *body)
{
  static const char *const none[] = { NULL };
  g_autofree char *path = mh_route_build (route, args != NULL ? args : none);
  g_autofree char *url = g_strconcat (
      api->base_url, (route->flags & MH_ROUTE_OUTSIDE) != 0 ? "" : API_ROOT, path, NULL);
  SoupMessage *message = soup_message_new (route->method, url);
  if (message != NULL && body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  return message;
}

static gboolean
api_read_list (const MhRoute *route, JsonObject *object, MhAnswer *answer, GError **error)
{
  JsonArray *items = mh_json_array (object, "items");
  answer->next = g_strdup (mh_json_text (object, "next"));
  answer->items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      MhRecord *record = JSON_NODE_HOLDS_OBJECT (node) ? mh_record_from_json (
                             route->reply, json_node_get_object (node), MH_JSON_TRUSTED, error)
                                                       : NULL;
      if (record == NULL)
        return FALSE;
      g_ptr_array_add (answer->items, record);
    }

  return TRUE;
}

static MhAnswer *
api_read_answer (const MhRoute *route, GBytes *bytes, GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (MhAnswer) answer = g_new0 (MhAnswer, 1);

  if ((route->flags & MH_ROUTE_BINARY) != 0)
    answer->bytes = g_bytes_ref (bytes);
  else if (size > 0 && route->reply != NULL)
    {
      g_autoptr (JsonNode) node = mh_json_parse (text, (gssize)size, error);
      if (node == NULL)
        return NULL;
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      if (object == NULL)
        {
          mh_error_set (error, MH_ERROR_MALFORMED, "The server's answer is not an object.");
          return NULL;
        }
      if ((route->flags & MH_ROUTE_LIST) != 0)
        {
          if (!api_read_list (route, object, answer, error))
            return NULL;
        }
      else
        answer->record = mh_record_from_json (route->reply, object, MH_JSON_TRUSTED, error);
      if ((route->flags & MH_ROUTE_LIST) == 0 && answer->record == NULL)
        return NULL;
    }

  return g_steal_pointer (&answer);
}

static GError *
transport_error (const Call *call, const GError *inner)
{
  GError *error = NULL;
  if (call->outer != NULL && g_cancellable_is_cancelled (call->outer))
    mh_error_set (&error, MH_ERROR_CANCELLED, "Cancelled.");
  else if (call->silent)
    mh_error_set (&error, MH_ERROR_OFFLINE, "The server does not answer.");
  else if (g_error_matches (inner, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mh_error_set (&error, MH_ERROR_CANCELLED, "Cancelled.");
  else
    mh_error_set (&error, MH_ERROR_OFFLINE, "The server cannot be reached: %s.", inner->message);
  return error;
}

static void
api_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MhApi *api = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_ptr_array_remove_fast (api->calls, call);
  g_autoptr (GBytes) bytes
      = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  guint status = soup_message_get_status (call->message);

  if (call->told)
    return;

  if (bytes == NULL || (call->outer != NULL && g_cancellable_is_cancelled (call->outer)))
    {
      GError *told = transport_error (call, error);
      api->away = api->away || !g_error_matches (told, MH_ERROR, MH_ERROR_CANCELLED);
      g_task_return_error (task, told);
      return;
    }

  api->away = FALSE;

  if (status == SOUP_STATUS_NOT_MODIFIED)
    {
      MhAnswer *same = g_new0 (MhAnswer, 1);
      same->same = TRUE;
      g_task_return_pointer (task, same, (GDestroyNotify)mh_answer_free);
      return;
    }

  if (status < 200 || status > 299)
    {
      const char *after = soup_message_headers_get_one (
          soup_message_get_response_headers (call->message), "Retry-After");
      g_task_return_error (
          task, mh_problem_read ((int)status, g_bytes_get_data (bytes, NULL),
                                 (gssize)g_bytes_get_size (bytes),
                                 after != NULL ? (guint)g_ascii_strtoull (after, NULL, 10) : 0));
      return;
    }

  /* Whatever it was, nobody has refused anything: it may even be done. */
  MhAnswer *answer = api_read_answer (call->route, bytes, &error);
  if (answer == NULL)
    g_task_return_new_error (task, MH_ERROR, MH_ERROR_INTERNAL,
                             "The server's answer cannot be read: %s",
                             error != NULL ? error->message : "");
  else
    {
      answer->etag = g_strdup (
          soup_message_headers_get_one (soup_message_get_response_headers (call->message), "ETag"));
      g_task_return_pointer (task, answer, (GDestroyNotify)mh_answer_free);
    }
}

/* --- is anybody there? --- */

/* libsoup 3.6 frees a message twice that is cancelled between the head of its answer and telling of
 * it: from then on the rest of the answer comes, to nobody. */
static void
hang_up (const Call *call)
{
  if (!call->headed)
    g_cancellable_cancel (call->cancellable);
}

static void
api_give_up (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  MhApi *api = g_task_get_source_object (task);
  hang_up (call);
  if (!call->headed || !g_ptr_array_remove_fast (api->calls, call))
    return;

  call->told = TRUE;
  g_task_return_error (task, transport_error (call, NULL));
}

/* A server that stands still takes connections and answers nothing: then whoever waits goes on
 * without it, as if it were not there. One that works long on an answer still tells that it is
 * alive. */
static void
pulse_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhApi) api = data;
  g_autoptr (GBytes) bytes
      = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  g_autoptr (GPtrArray) given_up = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = g_get_monotonic_time ();

  api->pulsing = FALSE;
  for (guint i = 0; i < api->calls->len; i++)
    {
      Call *call = g_ptr_array_index (api->calls, i);
      call->silent = bytes == NULL && now - call->asked > PATIENCE;
      if (call->silent)
        g_ptr_array_add (given_up, g_object_ref (call->task));
      else if (bytes != NULL)
        call->asked = now;
    }

  for (guint i = 0; i < given_up->len; i++)
    api_give_up (g_ptr_array_index (given_up, i));
  if (given_up->len == 0 || api->session == NULL)
    return;

  api->away = TRUE;
  mh_api_feed_close (api);
  g_signal_emit (api, signals[FEED_CLOSED], 0);
}

static gboolean
watch_cb (gpointer data)
{
  MhApi *api = data;
  gint64 since = G_MAXINT64;
  for (guint i = 0; i < api->calls->len; i++)
    since = MIN (since, ((Call *)g_ptr_array_index (api->calls, i))->asked);
  if (!api->pulsing && since < g_get_monotonic_time () - PATIENCE)
    {
      g_autoptr (SoupMessage) message
          = api_make_message (api, mh_route_find ("health.live"), NULL, NULL);
      api->pulsing = TRUE;
      soup_session_send_and_read_async (api->pulse, message, G_PRIORITY_DEFAULT, NULL, pulse_cb,
                                        g_object_ref (api));
    }

  if (api->calls->len > 0)
    return G_SOURCE_CONTINUE;

  api->watch = 0;
  return G_SOURCE_REMOVE;
}

static void
got_headers_cb (SoupMessage *message, Call *call)
{
  call->headed = TRUE;
}

static void
api_follow_cb (GCancellable *outer, const Call *call)
{
  hang_up (call);
}

static void
watch (MhApi *api, Call *call, GCancellable *cancellable)
{
  call->asked = g_get_monotonic_time ();
  call->cancellable = g_cancellable_new ();
  g_set_object (&call->outer, cancellable);
  g_signal_connect (call->message, "got-headers", G_CALLBACK (got_headers_cb), call);
  if (cancellable != NULL)
    call->follows = g_cancellable_connect (cancellable, G_CALLBACK (api_follow_cb), call, NULL);
  g_ptr_array_add (api->calls, call);
  if (api->watch == 0)
    api->watch = g_timeout_add (500, watch_cb, api);
}

gboolean
mh_api_is_away (MhApi *api)
{
  return api->away;
}

/* A call that is not on its way yet; NULL: it has failed, and @task, which is taken, is told. */
static Call *
api_begin (MhApi *api, const MhApiAsk *ask, GTask *task)
{
  const MhRoute *route = mh_route_find (ask->route);
  g_assert (route != NULL);

  Call *call = g_new0 (Call, 1);
  g_task_set_task_data (task, call, call_free);
  call->task = task;
  call->route = route;
  call->message = api_make_message (api, route, ask->args, ask->body);
  if (call->message != NULL)
    return call;

  GError *error = NULL;
  mh_error_set (&error, MH_ERROR_OFFLINE, "“%s” is not a server's address.", api->base_url);
  g_task_return_error (task, error);
  g_object_unref (task);
  return NULL;
}

void
mh_api_call_async (MhApi *api,
                   const MhApiAsk *ask,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer data)
{
  g_return_if_fail (MH_IS_API (api));
  GTask *task = g_task_new (api, cancellable, callback, data);
  g_task_set_source_tag (task, mh_api_call_async);
  g_task_set_check_cancellable (task, FALSE); /* said as MH_ERROR_CANCELLED, by transport_error() */

  Call *call = api_begin (api, ask, task);
  if (call == NULL)
    return;

  SoupMessageHeaders *headers = soup_message_get_request_headers (call->message);
  add_headers (api, call->message, ask->key, ask->version);
  if (ask->made_at > 0)
    {
      char text[MH_INSTANT_LENGTH + 1];
      mh_instant_format (ask->made_at, text);
      soup_message_headers_replace (headers, MH_HEADER_MADE_AT, text);
    }
  if (ask->etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", ask->etag);

  watch (api, call, cancellable);
  soup_session_send_and_read_async (api->session, call->message, G_PRIORITY_DEFAULT,
                                    call->cancellable, api_answered_cb, task);
}

MhAnswer *
mh_api_call_finish (MhApi *api, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, api), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- the live feed --- */

static void
feed_message_cb (SoupWebsocketConnection *feed, int kind, GBytes *bytes, MhApi *api)
{
  if (kind != SOUP_WEBSOCKET_DATA_TEXT)
    return;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_signal_emit (api, signals[EVENT], 0, text);
}

static void
api_feed_closed_cb (SoupWebsocketConnection *feed, MhApi *api)
{
  if (api->feed != feed)
    return;
  g_clear_object (&api->feed);
  g_signal_emit (api, signals[FEED_CLOSED], 0);
}

static void
feed_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhApi) api = data;
  g_autoptr (GError) error = NULL;
  SoupWebsocketConnection *feed
      = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&api->feed_opening);
  if (feed == NULL)
    {
      g_signal_emit (api, signals[FEED_CLOSED], 0);
      return;
    }

  api->feed = feed;
  soup_websocket_connection_set_max_incoming_payload_size (feed, 16 * 1024 * 1024);
  soup_websocket_connection_set_keepalive_interval (feed, 20);
  g_signal_connect_object (feed, "message", G_CALLBACK (feed_message_cb), api, 0);
  g_signal_connect_object (feed, "closed", G_CALLBACK (api_feed_closed_cb), api, 0);
}

void
mh_api_feed_open (MhApi *api, gint64 after)
{
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, after);
  const char *args[] = { "after", seq, NULL };
  mh_api_feed_close (api);
  SoupMessage *message = api_make_message (api, mh_route_find ("feed.events"), args, NULL);

  if (message == NULL)
    {
      g_signal_emit (api, signals[FEED_CLOSED], 0);
      return;
    }

  add_headers (api, message, NULL, -1);
  api->feed_opening = g_cancellable_new ();
  soup_session_websocket_connect_async (api->session, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        api->feed_opening, feed_opened_cb, g_object_ref (api));
  g_object_unref (message);
}

void
mh_api_feed_close (MhApi *api)
{
  if (api->feed_opening != NULL)
    g_cancellable_cancel (api->feed_opening);
  g_clear_object (&api->feed_opening);
  if (api->feed != NULL)
    {
      SoupWebsocketConnection *feed = g_steal_pointer (&api->feed);
      if (soup_websocket_connection_get_state (feed) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (feed, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
      g_object_unref (feed);
    }
}
