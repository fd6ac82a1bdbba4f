/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench-cost.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char *
proc_text (GPid pid, const char *file)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", (int)pid, file);
  char *text = NULL;
  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

/* @children: with those it has waited for. @parent: 0 or the parent it must have. */
static double
seconds_of (GPid pid, GPid parent, gboolean children)
{
  unsigned long user = 0, system = 0, gone_user = 0, gone_system = 0;
  int of = 0;
  g_autofree char *text = proc_text (pid, "stat");
  const char *rest = text != NULL ? strrchr (text, ')') : NULL;
  if (rest == NULL
      || sscanf (rest + 1, " %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %lu %lu", &of,
                 &user, &system, &gone_user, &gone_system)
             != 5
      || (parent != 0 && of != (int)parent))
    return 0;
  if (children)
    user += gone_user + gone_system;
  return (double)(user + system) / (double)sysconf (_SC_CLK_TCK);
}

static double
seconds_of_cluster (GPid postmaster)
{
  const char *name = NULL;
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  double sum = seconds_of (postmaster, 0, TRUE);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_ascii_isdigit (name[0]))
      sum += seconds_of (atoi (name), postmaster, FALSE);
  return sum;
}

/* The first line of the lock beside a PostgreSQL's socket is its process. */
static GPid
postmaster_of (const char *url)
{
  const char *host = strstr (url, "host=");
  if (host == NULL)
    return 0;
  host += strlen ("host=");
  g_autofree char *folder = g_strndup (host, strcspn (host, "& "));
  g_autofree char *plain = g_uri_unescape_string (folder, NULL);
  g_autofree char *lock
      = g_build_filename (plain != NULL ? plain : folder, ".s.PGSQL.5432.lock", NULL);
  g_autofree char *text = NULL;
  return g_file_get_contents (lock, &text, NULL, NULL) ? atoi (text) : 0;
}

BenchPrograms
bench_programs (GPid server, const char *config)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_key_file_load_from_file (file, config, G_KEY_FILE_NONE, NULL);
  g_autofree char *url = g_key_file_get_string (file, "database", "url", NULL);
  gboolean other = url != NULL && g_str_has_prefix (url, "postgres");
  return (BenchPrograms){ server, other ? postmaster_of (url) : 0 };
}

BenchCost
bench_cost_now (const BenchPrograms *programs)
{
  struct rusage own;
  getrusage (RUSAGE_SELF, &own);
  return (BenchCost){
    .server = seconds_of (programs->server, 0, FALSE),
    .database = programs->postmaster != 0 ? seconds_of_cluster (programs->postmaster) : 0,
    .load = (double)(own.ru_utime.tv_sec + own.ru_stime.tv_sec)
            + (double)(own.ru_utime.tv_usec + own.ru_stime.tv_usec) / 1e6,
  };
}

BenchCost
bench_cost_since (const BenchPrograms *programs, const BenchCost *before)
{
  BenchCost now = bench_cost_now (programs);
  return (BenchCost){ now.server - before->server, now.database - before->database,
                      now.load - before->load };
}

long
bench_memory_kib (GPid pid, const char *what)
{
  g_autofree char *text = proc_text (pid, "status");
  const char *line = text != NULL ? strstr (text, what) : NULL;
  return line != NULL ? atol (line + strlen (what)) : 0;
}

void
bench_memory_forget_highest (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/clear_refs", (int)pid);
  FILE *file = fopen (path, "w");
  if (file == NULL)
    return;
  fputs ("5", file);
  fclose (file);
}
