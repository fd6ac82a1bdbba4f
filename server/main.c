/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <sys/resource.h>

#include "server/mh-server-run.h"
#include "server/mh-service.h"
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
print_error (const GError *error)
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

/* Every connection takes a descriptor; the usual soft limit of 1024 is below our own. */
static void
raise_descriptors (void)
{
  struct rlimit limit;
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
}

static gboolean
on_stop (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_hangup (gpointer data)
{
  mh_service_reloading (data);
  mh_log_reopen ();
  mh_service_reloaded (data);
  return G_SOURCE_CONTINUE;
}

static void
wait_for_signal (MhService *service)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, on_stop, loop);
  g_unix_signal_add (SIGINT, on_stop, loop);
  g_unix_signal_add (SIGHUP, on_hangup, service);
  g_main_loop_run (loop);
}

/* Takes @config. */
static int
serve (MhServerConfig *config)
{
  g_autoptr (GError) error = NULL;
  MhServer *server = mh_server_new (config, &error);
  MhServing *serving = server != NULL ? mh_serving_start (server, &error) : NULL;
  gboolean all = FALSE;
  if (serving != NULL)
    {
      printf ("listening on %s\n", mh_serving_url (serving));
      fflush (stdout);
      MhService *service = mh_service_new (serving);
      wait_for_signal (service);
      mh_service_stopping (service, (guint)mh_server_config_int (config, "server.stop_seconds"));
      all = mh_serving_stop (serving);
      mh_service_free (service);
      mh_serving_free (serving);
    }
  else
    print_error (error);
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
      print_error (error);
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
        print_error (error);
      else
        printf ("The configuration is right.\n");
      int code = config != NULL ? 0 : 1;
      mh_server_config_free (config);
      return code;
    }
  if (!open_log (config, &error))
    {
      print_error (error);
      mh_server_config_free (config);
      return 1;
    }
  raise_descriptors ();
  int code = serve (config);
  mh_log_close ();
  return code;
}
