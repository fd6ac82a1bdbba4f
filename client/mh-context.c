/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-context.h"

#include "shared/base/mh-decimal.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"

#include <sodium.h>
#include <string.h>

#define LOCK_MINUTES 10 /* where the server does not say */

struct _MhContext
{
  GObject parent_instance;
  MhApi *api;
  MhCache *cache;
  MhSync *sync;
  MhClock *clock;
  char *server;
  char *desk;
  char *username;
  MhRecord *session; /* a session_view; NULL: nobody is signed in */
  MhRecord *due;     /* a session_view that waits for a password of the person's own; or NULL */
  char *due_name;    /* the user name of @due */
  char *due_place;   /* what settle_place() left of it */
  gboolean offline;  /* the person was let in without the server */
};

G_DEFINE_FINAL_TYPE (MhContext, mh_context, G_TYPE_OBJECT)

enum
{
  PROP_SIGNED_IN = 1,
  PROP_USER_NAME,
  N_PROPS
};
static GParamSpec *props[N_PROPS];
static guint session_expired, leaving;

static void
mh_context_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MhContext *context = MH_CONTEXT (object);
  MhRecord *user = mh_context_user (context);
  if (id == PROP_SIGNED_IN)
    g_value_set_boolean (value, context->session != NULL);
  else
    g_value_set_string (value, user != NULL ? mh_record_text (user, MH_USER_NAME) : NULL);
}

static void
mh_context_finalize (GObject *object)
{
  MhContext *context = MH_CONTEXT (object);
  mh_sync_stop (context->sync);
  g_clear_object (&context->sync);
  g_clear_object (&context->api);
  g_clear_object (&context->cache);
  g_clear_object (&context->session);
  g_clear_object (&context->due);
  g_free (context->due_name);
  g_free (context->due_place);
  mh_clock_unref (context->clock);
  g_free (context->server);
  g_free (context->desk);
  g_free (context->username);
  G_OBJECT_CLASS (mh_context_parent_class)->finalize (object);
}

static void
mh_context_class_init (MhContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = mh_context_get_property;
  object_class->finalize = mh_context_finalize;
  props[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_USER_NAME] = g_param_spec_string ("user-name", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  leaving = g_signal_new ("leaving", MH_TYPE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 0);
  session_expired = g_signal_new ("session-expired", MH_TYPE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_context_init (MhContext *context)
{
  context->clock = mh_clock_new ();
}

static void
context_expired_cb (MhSync *sync, MhContext *context)
{
  g_signal_emit (context, session_expired, 0);
}

MhContext *
mh_context_new (const char *server, const char *folder)
{
  MhContext *context = g_object_new (MH_TYPE_CONTEXT, NULL);
  context->server = g_strdup (server);
  context->api = mh_api_new (server);
  context->cache = mh_cache_new (folder);
  context->sync = mh_sync_new (context->api, context->cache, context->clock);
  g_signal_connect_object (context->sync, "session-expired", G_CALLBACK (context_expired_cb),
                           context, 0);
  return context;
}

MhApi *
mh_context_api (MhContext *context)
{
  return context->api;
}

MhCache *
mh_context_cache (MhContext *context)
{
  return context->cache;
}

MhSync *
mh_context_sync (MhContext *context)
{
  return context->sync;
}

MhClock *
mh_context_clock (MhContext *context)
{
  return context->clock;
}

const char *
mh_context_server (MhContext *context)
{
  return context->server;
}

void
mh_context_set_desk (MhContext *context, const char *code)
{
  glong length = code != NULL ? g_utf8_strlen (code, -1) : 0;
  g_free (context->desk);
  context->desk = length > 0 ? g_utf8_substring (code, 0, MIN (40, length)) : NULL;
}

MhRecord *
mh_context_user (MhContext *context)
{
  return context->session != NULL ? mh_record_record (context->session, MH_SESSION_VIEW_USER)
                                  : NULL;
}

const char *
mh_context_username (MhContext *context)
{
  return context->username;
}

gboolean
mh_context_is_signed_in (MhContext *context)
{
  return context->session != NULL;
}

gboolean
mh_context_may (MhContext *context, const char *permission)
{
  const char *const *permissions
      = context->session != NULL ? mh_record_list (context->session, MH_SESSION_VIEW_PERMISSIONS)
                                 : NULL;
  if (permission == NULL || permission[0] == 0)
    return context->session != NULL;
  return permissions != NULL && g_strv_contains (permissions, permission);
}

guint
mh_context_lock_minutes (MhContext *context)
{
  gint64 minutes = context->session != NULL
                       ? mh_record_int (context->session, MH_SESSION_VIEW_LOCK_MINUTES)
                       : 0;
  return minutes > 0 ? (guint)minutes : LOCK_MINUTES;
}

gint64
mh_context_order_tax (MhContext *context)
{
  return context->session != NULL ? mh_record_int (context->session, MH_SESSION_VIEW_ORDER_TAX) : 0;
}

MhRecord *
mh_context_hospital (MhContext *context)
{
  return context->session != NULL ? mh_record_record (context->session, MH_SESSION_VIEW_HOSPITAL)
                                  : NULL;
}

GTimeZone *
mh_context_zone (MhContext *context)
{
  MhRecord *hospital = mh_context_hospital (context);
  const char *name = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_TIME_ZONE) : NULL;
  GTimeZone *zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  if (zone != NULL)
    return zone;
  return hospital != NULL ? g_time_zone_new_utc () : g_time_zone_new_local (); /* desk: see above */
}

MhDate
mh_context_today (MhContext *context)
{
  g_autoptr (GTimeZone) zone = mh_context_zone (context);
  return mh_date_of_instant (mh_clock_now (context->clock), zone);
}

const char *
mh_context_currency (MhContext *context)
{
  MhRecord *hospital = mh_context_hospital (context);
  const char *code = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CURRENCY) : NULL;
  return code != NULL ? code : MH_CURRENCY_DEFAULT;
}

/* --- signing in --- */

typedef struct
{
  char *server, *username, *password;
  char *hospital_id; /* that was asked for, or NULL */
  char *session;     /* JSON of the server's answer; NULL: offline */
  gboolean offline;
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;
  g_free (sign_in->server);
  g_free (sign_in->username);
  if (sign_in->password != NULL)
    sodium_memzero (sign_in->password, strlen (sign_in->password));
  g_free (sign_in->password);
  g_free (sign_in->session);
  g_free (sign_in->hospital_id);
  g_free (sign_in);
}

/* Each hospital where a person works has a local copy of its own. Without the server a desk opens
 * that of the place it stands in, where there is one. */
static gboolean
unlock (MhCache *cache, const SignIn *sign_in, GError **error)
{
  gboolean create = sign_in->session != NULL;
  g_autofree char *place = sign_in->hospital_id != NULL
                               ? g_strconcat (sign_in->server, "#", sign_in->hospital_id, NULL)
                               : NULL;
  return (place != NULL
          && mh_cache_unlock (cache, place, sign_in->username, sign_in->password, create,
                              create ? error : NULL))
         || ((place == NULL || !create)
             && mh_cache_unlock (cache, sign_in->server, sign_in->username, sign_in->password,
                                 create, error));
}

/* On the cache's thread. Gives the session as JSON. */
static gpointer
open_cache_cb (MhCache *cache, gpointer data, GError **error)
{
  SignIn *sign_in = data;
  gboolean create = sign_in->session != NULL;
  if (!unlock (cache, sign_in, error))
    return NULL;
  if (create && !mh_cache_set_value (cache, "session", sign_in->session, error))
    return NULL;
  char *session = mh_cache_get_value (cache, "session", error);
  if (session == NULL && error != NULL && *error == NULL)
    mh_error_set (error, MH_ERROR_UNAUTHORIZED, "The name or the password is wrong.");
  return session;
}

static void
context_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MhContext *context = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *json = mh_cache_run_finish (MH_CACHE (source), result, &error);
  MhRecord *session = json != NULL ? mh_record_from_text (&mh_session_view_type, json, -1,
                                                          MH_JSON_TRUSTED, &error)
                                   : NULL;

  if (session == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  context->offline = sign_in->offline;
  g_set_object (&context->session, session);
  g_object_unref (session);
  g_free (context->username);
  context->username = g_strdup (sign_in->username);
  mh_api_set_token (context->api, mh_record_text (session, MH_SESSION_VIEW_TOKEN));
  mh_sync_set_rights (context->sync, mh_record_list (session, MH_SESSION_VIEW_PERMISSIONS));
  mh_sync_start (context->sync);
  g_object_notify_by_pspec (G_OBJECT (context), props[PROP_SIGNED_IN]);
  g_object_notify_by_pspec (G_OBJECT (context), props[PROP_USER_NAME]);
  g_task_return_boolean (task, TRUE);
}

/* A kiosk has no person who could choose. */
static gboolean
is_kiosk (MhRecord *session)
{
  const char *const *rights = mh_record_list (session, MH_SESSION_VIEW_PERMISSIONS);
  return rights != NULL && g_strv_contains (rights, MH_MAY_BE_KIOSK);
}

/* Only a place that was asked for, and is not the person's own, has a local copy beside the own
 * one. */
static void
settle_place (SignIn *sign_in, MhRecord *session)
{
  MhRecord *hospital = mh_record_record (session, MH_SESSION_VIEW_HOSPITAL);
  MhRecord *user = mh_record_record (session, MH_SESSION_VIEW_USER);
  const char *id = hospital != NULL ? mh_record_id (hospital) : NULL;
  if (g_strcmp0 (id, sign_in->hospital_id) != 0
      || (user != NULL && g_strcmp0 (id, mh_record_text (user, MH_USER_HOSPITAL_ID)) == 0))
    g_clear_pointer (&sign_in->hospital_id, g_free);
}

/* The password opens nothing yet but the way to a better one. */
static void
hold_for_password (GTask *task, MhContext *context, SignIn *sign_in, MhRecord *session)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  GError *error = NULL;
  g_set_object (&context->due, session);
  g_free (context->due_name);
  context->due_name = g_strdup (sign_in->username);
  settle_place (sign_in, session);
  g_free (context->due_place);
  context->due_place = g_strdup (sign_in->hospital_id);
  mh_api_set_token (context->api, mh_record_text (session, MH_SESSION_VIEW_TOKEN));
  mh_issues_add (issues, "password", MH_ISSUE_PASSWORD_DUE, "Choose a password of your own.");
  mh_error_set_issues (&error, MH_ERROR_FORBIDDEN, issues, "Choose a password of your own first.");
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
session_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  MhContext *context = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);

  sign_in->offline = mh_error_is_away (error);
  if (answer == NULL && !sign_in->offline)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  g_clear_error (&error);
  if (answer != NULL && mh_record_bool (answer->record, MH_SESSION_VIEW_MUST_CHANGE_PASSWORD)
      && !is_kiosk (answer->record))
    {
      hold_for_password (task, context, sign_in, answer->record);
      return;
    }

  if (answer != NULL)
    {
      settle_place (sign_in, answer->record);
      sign_in->session = mh_record_to_json (answer->record, MH_JSON_SKIP_UNSET);
    }

  mh_cache_run_async (context->cache, (MhCacheWork){ open_cache_cb, sign_in, NULL, g_free }, NULL,
                      context_opened_cb, task);
}

void
mh_context_sign_in_async (MhContext *context,
                          const MhCredentials *credentials,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  GTask *task = g_task_new (context, cancellable, callback, data);
  SignIn *sign_in = g_new0 (SignIn, 1);
  g_autoptr (MhRecord) login = mh_record_new (&mh_login_type);

  g_task_set_source_tag (task, mh_context_sign_in_async);
  g_task_set_task_data (task, sign_in, sign_in_free);
  sign_in->server = g_strdup (context->server);
  sign_in->username = g_strdup (credentials->username);
  sign_in->password = g_strdup (credentials->password);
  sign_in->hospital_id = g_strdup (credentials->hospital_id);
  mh_record_set_text (login, MH_LOGIN_USERNAME, credentials->username);
  mh_record_set_text (login, MH_LOGIN_PASSWORD, credentials->password);
  if (credentials->code != NULL)
    mh_record_set_text (login, MH_LOGIN_TOTP, credentials->code);
  mh_record_set_text (login, MH_LOGIN_HOSPITAL_ID, credentials->hospital_id);
  mh_record_set_text (login, MH_LOGIN_DEVICE, context->desk);
  mh_record_set_bool (login, MH_LOGIN_CHOOSE, TRUE);

  g_autofree char *body = mh_record_to_json (login, MH_JSON_AS_INPUT);
  mh_api_set_token (context->api, NULL);
  mh_api_call_async (context->api,
                     &(MhApiAsk){ .route = "session.open", .body = body, .version = MH_API_ANY },
                     cancellable, session_cb, task);
}

gboolean
mh_context_sign_in_finish (MhContext *context,
                           GAsyncResult *result,
                           gboolean *out_offline,
                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);
  SignIn *sign_in = g_task_get_task_data (G_TASK (result));
  if (out_offline != NULL)
    *out_offline = sign_in->offline;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
context_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MhContext *context = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_autoptr (MhRecord) session = g_steal_pointer (&context->due);
  mh_record_set_bool (session, MH_SESSION_VIEW_MUST_CHANGE_PASSWORD, FALSE);
  mh_record_unset (session, MH_SESSION_VIEW_PASSWORD_SET_BY);
  sign_in->session = mh_record_to_json (session, MH_JSON_SKIP_UNSET);
  mh_cache_run_async (context->cache, (MhCacheWork){ open_cache_cb, sign_in, NULL, g_free }, NULL,
                      context_opened_cb, g_steal_pointer (&task));
}

void
mh_context_choose_password_async (MhContext *context,
                                  const char *present,
                                  const char *fresh,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  GTask *task = g_task_new (context, cancellable, callback, data);
  SignIn *sign_in = g_new0 (SignIn, 1);
  g_autoptr (MhRecord) change = mh_record_new (&mh_password_change_type);

  g_return_if_fail (context->due != NULL);
  g_task_set_source_tag (task, mh_context_choose_password_async);
  g_task_set_task_data (task, sign_in, sign_in_free);
  sign_in->server = g_strdup (context->server);
  sign_in->username = g_strdup (context->due_name);
  sign_in->hospital_id = g_strdup (context->due_place);
  sign_in->password = g_strdup (fresh);
  mh_record_set_text (change, MH_PASSWORD_CHANGE_CURRENT, present);
  mh_record_set_text (change, MH_PASSWORD_CHANGE_PASSWORD, fresh);

  g_autofree char *body = mh_record_to_json (change, MH_JSON_AS_INPUT);
  mh_api_call_async (
      context->api, &(MhApiAsk){ .route = "session.password", .body = body, .version = MH_API_ANY },
      cancellable, context_chosen_cb, task);
}

const char *
mh_context_password_giver (MhContext *context)
{
  return context->due != NULL ? mh_record_text (context->due, MH_SESSION_VIEW_PASSWORD_SET_BY)
                              : NULL;
}

void
mh_context_leave (MhContext *context)
{
  g_signal_emit (context, leaving, 0);
  mh_cache_drain (context->cache);
}

static gpointer
close_cache_cb (MhCache *cache, gpointer data, GError **error)
{
  mh_cache_lock (cache);
  return NULL;
}

void
mh_context_sign_out (MhContext *context)
{
  if (context->session == NULL)
    return;
  g_signal_emit (context, leaving, 0);
  mh_sync_stop (context->sync);
  mh_api_call_async (context->api, &(MhApiAsk){ .route = "session.close", .version = MH_API_ANY },
                     NULL, NULL, NULL);
  mh_api_set_token (context->api, NULL);
  mh_cache_run_async (context->cache, (MhCacheWork){ close_cache_cb }, NULL, NULL, NULL);
  g_clear_object (&context->session);
  g_object_notify_by_pspec (G_OBJECT (context), props[PROP_SIGNED_IN]);
  g_object_notify_by_pspec (G_OBJECT (context), props[PROP_USER_NAME]);
}
