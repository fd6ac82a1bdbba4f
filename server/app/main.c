/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "server/app/mh-server-app.h"
#include "server/app/mh-server-lock.h"
#include "server/app/mh-server-run.h"
#include "server/app/mh-service.h"
#include "shared/base/mh-log.h"

typedef struct
{
  char *config;
  gboolean check;
  gboolean version;
} Options;

static gboolean
parse_options (int argc, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "Configuration file", "FILE" },
    { "check-config", 0, 0, G_OPTION_ARG_NONE, &options->check, "Say what is wrong with it", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- the server of Mahima");
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, &argc, &argv, error);
}

static void
main_print_error (const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  for (guint i = 0; i < mh_issues_count (issues); i++)
    {
      const MhIssue *issue = mh_issues_nth (issues, i);
      fprintf (stderr, "%s: %s\n", issue->field, issue->message);
    }
  if (mh_issues_count (issues) == 0)
    fprintf (stderr, "mahima-server: %s\n", error->message);
}

static gboolean
open_log (MhServerConfig *config, GError **error)
{
  const char *file = mh_server_config_text (config, "log.file");
  MhLogOptions options = { .path = file[0] != 0 ? file : NULL,
                           .max_size = mh_server_config_int (config, "log.max_mib") << 20,
                           .keep = (guint)mh_server_config_int (config, "log.keep") };
  if (!mh_log_level_parse (mh_server_config_text (config, "log.level"), &options.level))
    options.level = MH_LOG_INFO;
  if (!mh_log_init (&options, error))
    return FALSE;
  mh_log_capture_glib ();
  return TRUE;
}

/* What is open beside connections: database, log, epoll, lines to other services. */
#define OTHER_DESCRIPTORS 192
#define LEAST_CONNECTIONS 16

/* Every connection takes a descriptor, and the usual soft limit of 1024 is below our own. Where the
 * hard one is, too, fewer connections are taken, and that is said. */
static gboolean
raise_descriptors (MhServerConfig *config, GError **error)
{
  struct rlimit limit;
  gint64 wanted = mh_server_config_int (config, "limits.max_connections");
  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return TRUE;

  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
  if (getrlimit (RLIMIT_NOFILE, &limit) != 0
      || limit.rlim_cur >= (rlim_t)(wanted + OTHER_DESCRIPTORS))
    return TRUE;

  gint64 carried = (gint64)limit.rlim_cur - OTHER_DESCRIPTORS;
  if (carried < LEAST_CONNECTIONS)
    {
      mh_error_set (error, MH_ERROR_STORE,
                    "This process may open %" G_GINT64_FORMAT " files, and needs at least %d: "
                    "raise the limit (ulimit -n, LimitNOFILE= of the service).",
                    (gint64)limit.rlim_cur, OTHER_DESCRIPTORS + LEAST_CONNECTIONS);
      return FALSE;
    }

  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, carried);
  mh_server_config_set (config, "limits.max_connections", text);
  mh_log (MH_LOG_WARNING, "server", "few open files are allowed", "connections", text, NULL);
  fprintf (stderr,
           "mahima-server: this process may open %" G_GINT64_FORMAT " files; it takes %s "
           "connections instead of %" G_GINT64_FORMAT ". Raise the limit (ulimit -n, LimitNOFILE= "
           "of the service) or lower limits.max_connections.\n",
           (gint64)limit.rlim_cur, text, wanted);

  return TRUE;
}

/* What runs, and is told by signals to read anew what may have been changed, or to stop. */
typedef struct
{
  MhServer *server;
  MhService *service;
  MhServing *serving;
  GMainLoop *loop;
} Running;

static gboolean
on_drained_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* The first time whoever spreads requests is told to send no more, and given the time to notice;
 * a second signal ends the wait. */
static gboolean
on_stop_cb (gpointer data)
{
  Running *running = data;
  gint64 seconds
      = mh_server_config_int (mh_server_config (running->server), "server.drain_seconds");

  if (seconds == 0 || mh_server_is_draining (running->server))
    g_main_loop_quit (running->loop);
  else
    {
      mh_log (MH_LOG_INFO, "server", "draining", NULL);
      mh_service_draining (running->service, (guint)seconds);
      g_timeout_add_seconds ((guint)seconds, on_drained_cb, running->loop);
    }

  mh_server_drain (running->server);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_hangup_cb (gpointer data)
{
  Running *running = data;
  mh_service_reloading (running->service);
  mh_log_reopen ();
  mh_serving_reload (running->serving);
  mh_service_reloaded (running->service);
  return G_SOURCE_CONTINUE;
}

static void
wait_for_signal (Running *running)
{
  running->loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, on_stop_cb, running);
  g_unix_signal_add (SIGINT, on_stop_cb, running);
  g_unix_signal_add (SIGHUP, on_hangup_cb, running);
  g_main_loop_run (running->loop);
  g_clear_pointer (&running->loop, g_main_loop_unref);
}

/* Takes @config. */
static int
main_serve (MhServerConfig *config)
{
  g_autoptr (GError) error = NULL;
  if (!mh_server_lock (config, &error))
    {
      main_print_error (error);
      mh_server_config_free (config);
      return 1;
    }

  MhServer *server = mh_server_new (config, &error);
  MhServing *serving = server != NULL ? mh_serving_start (server, &error) : NULL;
  gboolean all = FALSE;

  if (serving != NULL)
    {
      printf ("listening on %s\n", mh_serving_url (serving));
      fflush (stdout);
      MhService *service = mh_service_new (serving);
      wait_for_signal (&(Running){ .service = service, .serving = serving, .server = server });
      mh_service_stopping (service, (guint)mh_server_config_int (config, "server.stop_seconds"));
      all = mh_serving_stop (serving);
      mh_service_free (service);
      mh_serving_free (serving);
    }
  else
    main_print_error (error);

  mh_server_free (server);
  return all ? 0 : 1;
}

int
main (int argc, char **argv)
{
  Options options = { NULL };
  g_autoptr (GError) error = NULL;
  setlocale (LC_ALL, "");

  if (!parse_options (argc, argv, &options, &error))
    {
      main_print_error (error);
      return 2;
    }

  if (options.version)
    {
      printf ("mahima-server %s\n", MAHIMA_VERSION);
      return 0;
    }

  MhServerConfig *config = mh_server_config_load (options.config, &error);
  g_free (options.config);
  if (config == NULL || options.check)
    {
      if (config == NULL)
        main_print_error (error);
      else
        printf ("The configuration is right.\n");
      int code = config != NULL ? 0 : 1;
      mh_server_config_free (config);
      return code;
    }

  if (!open_log (config, &error))
    {
      main_print_error (error);
      mh_server_config_free (config);
      return 1;
    }

  if (!raise_descriptors (config, &error))
    {
      main_print_error (error);
      mh_server_config_free (config);
      mh_log_close ();
      return 1;
    }

  /* A file that may not grow is a full disk, which is told, and no reason to die. */
  signal (SIGXFSZ, SIG_IGN);
  int code = main_serve (config);

  mh_log_close ();
  return code;
}
