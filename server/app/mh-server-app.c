/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/app/mh-server-app.h"

#include <string.h>

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/orders/mh-orders-page.h"
#include "server/lab/orders/mh-orders-store.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/messages/mail/mh-mail-letter.h"
#include "server/money/gateway/mh-gateway.h"
#include "server/money/payments/mh-payments-service.h"
#include "server/platform/audit/mh-read-log.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/records/mh-records.h"

struct _MhServer
{
  MhServerConfig *config;
  MhClock *clock;
  MhStore *store;
  MhSessions *sessions;
  MhReadLog *read_log;
  MhCatalogue *catalogue;
  MhShelf *order_texts, *order_pages;
  MhJobs *jobs;
  MhGateway *gateway;
  gint64 started;
};

guint
mh_server_n_threads (MhServerConfig *config)
{
  gint64 threads = mh_server_config_int (config, "server.threads");
  return threads > 0 ? (guint)threads : MIN (4, g_get_num_processors ());
}

/* With PostgreSQL a worker mostly waits for the database, with SQLite it computes. */
guint
mh_server_n_workers (MhServerConfig *config)
{
  gint64 workers = mh_server_config_int (config, "server.workers");
  gboolean waits = g_str_has_prefix (mh_server_config_text (config, "database.url"), "postgres");
  return workers > 0 ? (guint)workers : mh_server_n_threads (config) * (waits ? 2 : 1);
}

/* Readers: one for each worker and each I/O thread, so that neither ever waits for one; two for
 * slow work, and one each for the live feed and for jobs. */
static MhStore *
open_store (MhServer *server, GError **error)
{
  const char *url = mh_server_config_text (server->config, "database.url");
  MhStoreConfig config
      = { .url = url,
          .readers
          = mh_server_n_workers (server->config) + mh_server_n_threads (server->config) + 4,
          .max_waiting = (guint)mh_server_config_int (server->config, "limits.max_waiting"),
          .clock = server->clock };
  if (g_str_has_prefix (url, "sqlite:") && url[strlen ("sqlite:")] != ':')
    {
      g_autofree char *folder = g_path_get_dirname (url + strlen ("sqlite:"));
      if (g_mkdir_with_parents (folder, 0700) != 0)
        {
          mh_error_set (error, MH_ERROR_STORE, "Cannot make the folder %s.", folder);
          return NULL;
        }
    }
  return mh_store_open (&config, TRUE, error);
}

MhServer *
mh_server_new (MhServerConfig *config, GError **error)
{
  mh_records_register ();
  /* what groups do for those before them */
  mh_payments_serve_orders ();
  mh_mail_letter_set_drawing (mh_reports_service_drawing);

  MhServer *server = g_new0 (MhServer, 1);
  server->config = config;
  server->clock = mh_clock_new ();
  server->started = mh_clock_now (server->clock);
  server->store = open_store (server, error);
  if (server->store == NULL)
    {
      mh_server_free (server);
      return NULL;
    }
  g_autofree char *key_file
      = g_build_filename (mh_server_config_text (config, "server.data_dir"), "secrets.key", NULL);
  const char *own_key_file = mh_server_config_text (config, "security.key_file");
  MhSessionLimits limits
      = { .key_file = *own_key_file != '\0' ? own_key_file : key_file,
          .idle = mh_server_config_int (config, "session.idle_minutes") * MH_MINUTE,
          .absolute = mh_server_config_int (config, "session.absolute_minutes") * MH_MINUTE };
  server->sessions = mh_sessions_new (server->store, &limits);
  server->read_log = mh_read_log_new (server->store);
  server->catalogue = mh_catalogue_new (server->store);
  server->order_texts = mh_orders_store_shelf ();
  server->order_pages = mh_orders_page_shelf ();
  server->jobs = mh_jobs_new (server->store, NULL);
  server->gateway = mh_gateway_new (config, server->clock);
  return server;
}

void
mh_server_free (MhServer *server)
{
  if (server == NULL)
    return;
  g_clear_pointer (&server->jobs, mh_jobs_free);
  g_clear_pointer (&server->gateway, mh_gateway_free);
  g_clear_pointer (&server->sessions, mh_sessions_free);
  g_clear_pointer (&server->read_log, mh_read_log_free);
  g_clear_pointer (&server->catalogue, mh_catalogue_free);
  g_clear_pointer (&server->order_texts, mh_shelf_free);
  g_clear_pointer (&server->order_pages, mh_shelf_free);
  g_clear_pointer (&server->store, mh_store_close);
  g_clear_pointer (&server->clock, mh_clock_unref);
  mh_server_config_free (server->config);
  g_free (server);
}

MhServerConfig *
mh_server_config (MhServer *server)
{
  return server->config;
}

MhStore *
mh_server_store (MhServer *server)
{
  return server->store;
}

MhClock *
mh_server_clock (MhServer *server)
{
  return server->clock;
}

MhSessions *
mh_server_sessions (MhServer *server)
{
  return server->sessions;
}

MhReadLog *
mh_server_read_log (MhServer *server)
{
  return server->read_log;
}

MhCatalogue *
mh_server_catalogue (MhServer *server)
{
  return server->catalogue;
}

MhShelf *
mh_server_order_texts (MhServer *server)
{
  return server->order_texts;
}

MhShelf *
mh_server_order_pages (MhServer *server)
{
  return server->order_pages;
}

MhGateway *
mh_server_gateway (MhServer *server)
{
  return server->gateway;
}

MhJobs *
mh_server_jobs (MhServer *server)
{
  return server->jobs;
}

gint64
mh_server_started (MhServer *server)
{
  return server->started;
}
