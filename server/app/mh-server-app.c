/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/app/mh-server-app.h"

#include <string.h>

#include "server/dispatch/maps/mh-maps.h"
#include "server/front/insights/mh-insights-service.h"
#include "server/lab/assignment/mh-assignment.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/orders/mh-orders-page.h"
#include "server/lab/orders/mh-orders-store.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/lab/results/mh-results-report.h"
#include "server/messages/mail/mh-mail-letter.h"
#include "server/money/gateway/mh-gateway.h"
#include "server/money/payments/mh-payments-service.h"
#include "server/platform/audit/mh-read-log.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/records/mh-records.h"

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
open_store (MhServerConfig *config, MhClock *clock, GError **error)
{
  const char *url = mh_server_config_text (config, "database.url");
  MhStoreConfig wanted
      = { .url = url,
          .readers = mh_server_n_workers (config) + mh_server_n_threads (config) + 4,
          .max_waiting = (guint)mh_server_config_int (config, "limits.max_waiting"),
          .clock = clock };

  if (g_str_has_prefix (url, "sqlite:") && url[strlen ("sqlite:")] != ':')
    {
      g_autofree char *folder = g_path_get_dirname (url + strlen ("sqlite:"));
      if (g_mkdir_with_parents (folder, 0700) != 0)
        {
          mh_error_set (error, MH_ERROR_STORE, "Cannot make the folder %s.", folder);
          return NULL;
        }
    }

  return mh_store_open (&wanted, TRUE, error);
}

static void
keep_sessions (MhServer *server)
{
  MhServerConfig *config = mh_server_config (server);
  g_autofree char *key_file
      = g_build_filename (mh_server_config_text (config, "server.data_dir"), "secrets.key", NULL);
  const char *own_key_file = mh_server_config_text (config, "security.key_file");
  MhSessionLimits limits
      = { .key_file = *own_key_file != '\0' ? own_key_file : key_file,
          .idle = mh_server_config_int (config, "session.idle_minutes") * MH_MINUTE,
          .absolute = mh_server_config_int (config, "session.absolute_minutes") * MH_MINUTE };
  mh_server_keep_sessions (server, mh_sessions_new (mh_server_store (server), &limits));
}

MhServer *
mh_server_new (MhServerConfig *config, GError **error)
{
  mh_records_register ();

  /* what groups do for those before them */
  mh_assignment_serve_orders ();
  mh_payments_serve_orders ();
  mh_payments_serve_gateway ();
  mh_results_set_freeze (mh_reports_service_freeze);
  mh_mail_letter_set_drawing (mh_reports_service_drawing);

  MhClock *clock = mh_clock_new ();
  MhStore *store = open_store (config, clock, error);
  if (store == NULL)
    {
      mh_clock_unref (clock);
      mh_server_config_free (config);
      return NULL;
    }

  MhServer *server = mh_server_new_of (config, store, clock);
  keep_sessions (server);
  mh_server_keep_read_log (server, mh_read_log_new (store));
  mh_server_keep_catalogue (server, mh_catalogue_new (store));
  mh_server_keep_order_texts (server, mh_orders_store_cache ());
  mh_server_keep_order_pages (server, mh_orders_page_cache ());
  mh_insights_service_keep (server);
  mh_server_keep_gateway (server, mh_gateway_new (config, clock));
  mh_server_keep_maps (server, mh_maps_new (config));

  /* the last: jobs use all the others, and end first */
  mh_server_keep_jobs (server, mh_jobs_new (store, NULL));
  return server;
}
