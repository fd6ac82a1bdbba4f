/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/mh-program.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shared/base/mh-json.h"

static void
write_config (Program *program)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
      "[server]\nlisten=127.0.0.1:%u\ndata_dir=%s\n[database]\nurl=%s\n"
      "[limits]\nrate_normal=0\nrate_login=0\nrate_heavy=0\n[log]\nfile=%s/server.log\n",
      program->port, program->folder, program->url, program->folder);
  g_file_set_contents (program->config, text, -1, &error);
  g_assert_no_error (error);
}

void
program_make (Program *program, const char *url)
{
  g_autoptr (GError) error = NULL;
  memset (program, 0, sizeof *program);
  program->folder = g_dir_make_tmp ("mahima-test-XXXXXX", &error);
  g_assert_no_error (error);
  program->config = g_build_filename (program->folder, "server.conf", NULL);
  program->url = g_strdup (url);
  write_config (program);
  g_assert_cmpint (
      program_ctl (program, "demo", "--patients", "40", "--orders", "10", "--seed", "7", NULL), ==,
      0);
}

void
program_start (Program *program)
{
  g_autoptr (GError) error = NULL;
  char line[256] = "";
  int out = -1;
  const char *argv[] = { g_getenv ("MH_SERVER"), "--config", program->config, NULL };
  write_config (program);
  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &program->pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  FILE *file = fdopen (out, "r");
  if (fgets (line, sizeof line, file) == NULL || strrchr (line, ':') == NULL)
    g_error ("The server did not start.");
  program->port = (guint16)atoi (strrchr (line, ':') + 1);
  fclose (file);
}

int
program_end (Program *program, int signal)
{
  int status = 0;
  kill (program->pid, signal);
  waitpid (program->pid, &status, 0);
  g_spawn_close_pid (program->pid);
  program->pid = 0;
  return status;
}

static void
remove_folder (const char *path)
{
  GDir *folder = g_dir_open (path, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        remove_folder (file);
      else
        g_unlink (file);
    }
  g_clear_pointer (&folder, g_dir_close);
  g_rmdir (path);
}

void
program_free (Program *program)
{
  if (program->pid != 0)
    program_end (program, SIGKILL);
  remove_folder (program->folder);
  g_free (program->folder);
  g_free (program->config);
  g_free (program->url);
}

int
program_ctl (Program *program, const char *first, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int status = 0;
  va_list args;
  g_ptr_array_add (argv, (gpointer)g_getenv ("MH_CTL"));
  g_ptr_array_add (argv, (gpointer) "--config");
  g_ptr_array_add (argv, program->config);
  va_start (args, first);
  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_ptr_array_add (argv, (gpointer)word);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **)argv->pdata, NULL,
                G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  return status;
}

GPtrArray *
program_patients (Program *program, const char *token, guint n)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_strdup_printf ("/api/v1/patients?limit=%u", n);
  g_autoptr (Answer) answer = ask (program->port, "GET", path, token, NULL, NULL);
  g_autoptr (JsonObject) page = mh_json_parse_object (answer->body, -1, NULL);
  JsonArray *items = mh_json_array (page, "items");
  g_assert_nonnull (items);
  for (guint i = 0; i < json_array_get_length (items); i++)
    g_ptr_array_add (ids, g_strdup (mh_json_text (json_array_get_object_element (items, i), "id")));
  return ids;
}

char *
json_text (const char *json, const char *member)
{
  g_autoptr (JsonObject) object = mh_json_parse_object (json, -1, NULL);
  return object != NULL ? g_strdup (mh_json_text (object, member)) : NULL;
}

char *
program_sign_in (Program *program, const char *user)
{
  g_autofree char *body
      = g_strdup_printf ("{\"username\":\"%s\",\"password\":\"mahima-demo\"}", user);
  g_autoptr (Answer) answer = ask (program->port, "POST", "/api/v1/session", NULL,
                                   "Content-Type: application/json\r\n", body);
  return json_text (answer->body, "token");
}
