/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/app/mh-server-run.h"

#include "server/app/mh-server-app.h"
#include "server/clinic/appointments/mh-appointments-service.h"
#include "server/clinic/drugcheck/mh-allergies-service.h"
#include "server/clinic/inbox/mh-inbox.h"
#include "server/clinic/visits/mh-vitals-service.h"
#include "server/dispatch/calls/mh-calls-service.h"
#include "server/dispatch/maps/mh-maps.h"
#include "server/dispatch/missions/mh-missions-jobs.h"
#include "server/front/insights/mh-turnaround-service.h"
#include "server/front/kiosk/mh-kiosk-death.h"
#include "server/lab/analysers/mh-analysers-orders.h"
#include "server/lab/analysers/mh-analysers-run.h"
#include "server/lab/assignment/mh-assignment-service.h"
#include "server/lab/catalogue/mh-reagent-service.h"
#include "server/lab/critical/mh-critical.h"
#include "server/lab/equipment/mh-equipment-service.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/reports/mh-reports-access.h"
#include "server/lab/results/mh-results-service.h"
#include "server/lab/samples/mh-labels-service.h"
#include "server/messages/alerts/mh-alerts-service.h"
#include "server/messages/mail/mh-mail-jobs.h"
#include "server/messages/sms/mh-sms.h"
#include "server/money/gateway/mh-gateway-alerts.h"
#include "server/money/gateway/mh-gateway-service.h"
#include "server/money/gateway/mh-gateway.h"
#include "server/money/payments/mh-payments-service.h"
#include "server/people/admin/mh-users-store.h"
#include "server/people/documents/mh-documents-service.h"
#include "server/people/feed/mh-feed-api.h"
#include "server/people/patients/mh-patients-reindex.h"
#include "server/platform/audit/mh-read-log.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/http/mh-http-bind.h"
#include "server/platform/http/mh-http-server.h"
#include "server/platform/http/mh-idempotency.h"
#include "server/platform/jobs/mh-jobs-house.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-log.h"

/* Codes and searches of strangers: so much slower than sign-ins; no limit on these is none on
 * those. */
#define GUESS_SHARE 6
#define SLOW_WORKERS 2
/* Some jobs wait for other services; the rest shall not wait for them. */
#define JOB_THREADS 4
#define PURGE_JOB "idempotency.purge"

struct _MhServing
{
  MhServer *server;
  MhRouter *router;
  MhDispatch *dispatch;
  MhHttpLive *live;
  MhHttpServer *http;
  MhMailer *mailer;       /* NULL: no mail */
  MhSmsSender *sms;       /* NULL: sent by another process */
  MhAnalysers *analysers; /* NULL: run by another process */
};

static MhActor *
authenticate (const char *token, gboolean attended, gint64 now, gpointer data, GError **error)
{
  MhSessions *sessions = mh_server_sessions (data);
  return attended ? mh_sessions_find (sessions, token, error)
                  : mh_sessions_look (sessions, token, error);
}

static void
note_denied (const MhWho *who, const MhRoute *route, gpointer data)
{
  mh_read_log_note_denied (mh_server_read_log (data), who, route->id, route->permission);
}

static gboolean
is_valid (const char *token, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) actor = mh_sessions_look (mh_server_sessions (data), token, &error);
  return actor != NULL || !g_error_matches (error, MH_ERROR, MH_ERROR_UNAUTHORIZED);
}

static void
on_change (gint64 seq, gpointer data)
{
  mh_http_live_wake (data, seq);
}

/* What a commit just queued for another service is begun at once: a patient is standing there. */
static void
on_commit (gint64 seq, gpointer data)
{
  mh_jobs_committed (mh_server_jobs (data));
}

static void
put_metrics (GString *out, gpointer data)
{
  mh_gateway_put_metrics (mh_server_gateway (data), out);
  mh_maps_put_metrics (mh_server_maps (data), out);
}

static gboolean
server_run_purge (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  gint64 dropped = 0;
  return mh_idempotency_purge (tx, &dropped, error);
}

static gboolean
has_demonstration (MhServer *server, gboolean *out_has, GError **error)
{
  MhDb *db = mh_store_take_reader (mh_server_store (server), error);
  if (db == NULL)
    return FALSE;
  gboolean done = mh_users_store_has_demonstration (db, out_has, error);
  mh_store_give_reader (mh_server_store (server), db);
  return done;
}

static gboolean
server_run_may_listen (MhServer *server, const char *listen, GError **error)
{
  gboolean demonstration = FALSE;
  if (mh_http_bind_is_loopback (listen))
    return TRUE;
  if (!has_demonstration (server, &demonstration, error))
    return FALSE;
  if (demonstration)
    mh_error_set (error, MH_ERROR_FORBIDDEN,
                  "This database holds demonstration accounts, whose password everybody knows: "
                  "the server listens on 127.0.0.1 alone, not on %s.",
                  listen);
  return !demonstration;
}

static void
make_dispatch (MhServing *serving)
{
  MhServer *server = serving->server;
  MhServerConfig *config = mh_server_config (server);
  guint rate_login = (guint)mh_server_config_int (config, "limits.rate_login");
  MhDispatchConfig wanted = {
    .router = serving->router,
    .server = server,
    .store = mh_server_store (server),
    .clock = mh_server_clock (server),
    .auth = authenticate,
    .auth_data = server,
    .denied = note_denied,
    .denied_data = server,
    .inline_reads = g_str_has_prefix (mh_server_config_text (config, "database.url"), "sqlite:"),
    .workers = mh_server_n_workers (config),
    .slow_workers = SLOW_WORKERS,
    .max_waiting = (guint)mh_server_config_int (config, "limits.max_waiting"),
    .max_body = (gsize)mh_server_config_int (config, "limits.max_body_kib") * 1024,
    .per_minute = { [MH_RATE_NORMAL] = (guint)mh_server_config_int (config, "limits.rate_normal"),
                    [MH_RATE_GUESS] = (rate_login + GUESS_SHARE - 1) / GUESS_SHARE,
                    [MH_RATE_LOGIN] = rate_login,
                    [MH_RATE_HEAVY] = (guint)mh_server_config_int (config, "limits.rate_heavy"),
                    [MH_RATE_TILE] = (guint)mh_server_config_int (config, "limits.rate_tile") },
  };

  serving->dispatch = mh_dispatch_new (&wanted);
}

static MhHttpServer *
make_http (MhServing *serving, GError **error)
{
  MhServerConfig *config = mh_server_config (serving->server);
  MhHttpConfig wanted = {
    .listen = mh_server_config_text (config, "server.listen"),
    .threads = mh_server_n_threads (config),
    .tls_certificate = mh_server_config_text (config, "server.tls_certificate"),
    .tls_key = mh_server_config_text (config, "server.tls_key"),
    .trusted_proxies = mh_server_config_text (config, "server.trusted_proxies"),
    .forwarded_header = mh_server_config_text (config, "server.forwarded_header"),
    .max_connections = (guint)mh_server_config_int (config, "limits.max_connections"),
    .max_of_address = (guint)mh_server_config_int (config, "limits.max_of_address"),
    .max_bodies = mh_server_config_int (config, "limits.max_bodies_mib") << 20,
    .header_seconds = (guint)mh_server_config_int (config, "limits.header_seconds"),
    .body_seconds = (guint)mh_server_config_int (config, "limits.body_seconds"),
    .dispatch = serving->dispatch,
    .live = serving->live,
  };

  return mh_http_server_new (&wanted, error);
}

static void
start_jobs (MhServing *serving)
{
  MhJobs *jobs = mh_server_jobs (serving->server);
  if (!mh_server_config_bool (mh_server_config (serving->server), "server.jobs"))
    return;

  mh_jobs_register (jobs, PURGE_JOB, server_run_purge, NULL);
  mh_jobs_repeat (jobs, PURGE_JOB, MH_HOUR);
  mh_jobs_house_register (serving->server);
  mh_orders_service_register (serving->server);
  mh_patients_reindex_register (jobs);
  mh_documents_jobs_register (serving->server);
  mh_reagent_service_register (serving->server);
  mh_alerts_service_register (serving->server);
  mh_appointments_jobs_register (serving->server);
  mh_turnaround_service_register (serving->server);
  mh_assignment_service_register (serving->server);
  mh_calls_service_register (serving->server);
  mh_missions_jobs_register (serving->server);
  mh_critical_jobs_register (serving->server);
  mh_vitals_service_register (serving->server);
  mh_results_service_register (serving->server);
  mh_equipment_service_register (serving->server);
  mh_labels_service_register (serving->server);
  mh_gateway_service_register (serving->server);
  serving->mailer = mh_mail_jobs_register (serving->server);
  serving->sms = mh_sms_jobs_register (serving->server);
  mh_gateway_service_start (serving->server, NULL);
  mh_jobs_start (jobs, JOB_THREADS);
  if (mh_server_config_bool (mh_server_config (serving->server), "analysers.run"))
    serving->analysers = mh_analysers_start (serving->server);
}

MhServing *
mh_serving_start (MhServer *server, GError **error)
{
  if (!server_run_may_listen (
          server, mh_server_config_text (mh_server_config (server), "server.listen"), error))
    return NULL;

  MhServing *serving = g_new0 (MhServing, 1);
  serving->server = server;
  mh_mail_observe (server);
  mh_sms_observe (server);
  mh_gateway_alerts_observe (server);
  mh_analysers_observe (server);
  mh_critical_observe (server);
  mh_reports_observe (server);
  mh_inbox_observe (server);
  mh_appointments_observe (server);
  mh_kiosk_observe (server);
  mh_missions_observe (server);
  mh_allergies_service_observe (server);
  mh_payments_observe (server);
  mh_reagent_service_observe (server);
  serving->router = mh_router_new ();
  mh_server_bind_routes (serving->router);

  g_autofree char *missing = mh_router_missing (serving->router);
  if (missing != NULL)
    g_error ("Nobody answers %s.", missing);
  make_dispatch (serving);
  serving->live = mh_http_live_new (mh_server_store (server),
                                    mh_dispatch_metrics (serving->dispatch), mh_feed_live);
  mh_http_live_set_valid (serving->live, is_valid, server);
  serving->http = make_http (serving, error);

  if (serving->http == NULL || !mh_patients_reindex_start (mh_server_store (server), error))
    {
      mh_serving_free (serving);
      return NULL;
    }

  mh_store_watch (mh_server_store (server), on_change, serving->live);
  mh_store_watch (mh_server_store (server), on_commit, server);
  mh_metrics_set_extra (mh_dispatch_metrics (serving->dispatch), put_metrics, server);
  start_jobs (serving);
  mh_http_server_start (serving->http);
  mh_log (MH_LOG_INFO, "server", "listening", "url", mh_http_server_url (serving->http), NULL);

  return serving;
}

const char *
mh_serving_url (MhServing *serving)
{
  return mh_http_server_url (serving->http);
}

void
mh_serving_reload (MhServing *serving)
{
  g_autoptr (GError) error = NULL;
  if (mh_http_server_reload (serving->http, &error))
    mh_log (MH_LOG_INFO, "server", "certificate read", NULL);
  else
    mh_log (MH_LOG_ERROR, "server", "the certificate before stays", "error", error->message, NULL);
}

gint64
mh_serving_lag (MhServing *serving)
{
  return mh_http_server_lag (serving->http);
}

gboolean
mh_serving_stop (MhServing *serving)
{
  gint64 seconds = mh_server_config_int (mh_server_config (serving->server), "server.stop_seconds");
  mh_gateway_stop (mh_server_gateway (serving->server));
  mh_sms_sender_stop (serving->sms);
  g_clear_pointer (&serving->analysers, mh_analysers_stop);
  mh_jobs_stop (mh_server_jobs (serving->server));
  gboolean all = mh_http_server_stop (serving->http, (guint)seconds);
  mh_store_unwatch (mh_server_store (serving->server), on_change, serving->live);
  mh_store_unwatch (mh_server_store (serving->server), on_commit, serving->server);
  mh_log (MH_LOG_INFO, "server", "stopped", "all_answered", all ? "true" : "false", NULL);
  return all;
}

void
mh_serving_free (MhServing *serving)
{
  if (serving == NULL)
    return;
  mh_http_server_free (serving->http);
  mh_http_live_free (serving->live);
  mh_dispatch_free (serving->dispatch);
  mh_router_free (serving->router);
  mh_mailer_free (serving->mailer);
  mh_sms_sender_free (serving->sms);
  g_free (serving);
}
