/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The local copy: nothing readable in its files, no way in without the password, and an outbox that
 * survives the death of the program. Runs on the cache's own thread, as the program does. */
#include "client/cache/mh-outbox.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-patient.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVER "http://127.0.0.1:1"
#define PASSWORD "correct horse battery"

typedef struct
{
  gboolean done;
  gpointer out;
  GError *error;
} Wait;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;
  wait->out = mh_cache_run_finish (MH_CACHE (source), result, &wait->error);
  wait->done = TRUE;
}

static gpointer
on_thread (MhCache *cache, MhCacheFunc func, gpointer data, GError **error)
{
  Wait wait = { FALSE, NULL, NULL };
  mh_cache_run_async (cache, (MhCacheWork){ func, data }, NULL, done_cb, &wait);
  while (!wait.done)
    g_main_context_iteration (NULL, TRUE);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  return wait.out;
}

typedef struct
{
  const char *password;
  gboolean create;
} Key;

static gpointer
unlock (MhCache *cache, gpointer data, GError **error)
{
  const Key *key = data;
  return GINT_TO_POINTER (
      mh_cache_unlock (cache, SERVER, "reception", key->password, key->create, error));
}

static void
open_cache (MhCache *cache, const char *password, gboolean create)
{
  g_autoptr (GError) error = NULL;
  Key key = { password, create };
  g_assert_true (GPOINTER_TO_INT (on_thread (cache, unlock, &key, &error)));
  g_assert_no_error (error);
}

static gpointer
lock (MhCache *cache, gpointer data, GError **error)
{
  mh_cache_lock (cache);
  return NULL;
}

static gpointer
put (MhCache *cache, gpointer record, GError **error)
{
  return GINT_TO_POINTER (mh_cache_put (cache, record, FALSE, error));
}

static gpointer
search (MhCache *cache, gpointer text, GError **error)
{
  return mh_cache_search (cache, &mh_patient_type, text, 10, error);
}

static MhRecord *
asha (void)
{
  MhRecord *patient = mh_record_new (&mh_patient_type);
  mh_record_set_text (patient, MH_ID, "0190a0a0-0000-7000-8000-000000000001");
  mh_record_set_int (patient, MH_VERSION, 1);
  mh_record_set_int (patient, MH_CREATED_AT, 1);
  mh_record_set_text (patient, MH_PATIENT_MRN, "MH-0001-2345-4");
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, "Ashalatha");
  mh_record_set_text (patient, MH_PATIENT_FAMILY_NAME, "Chaudhary");
  mh_record_set_text (patient, MH_PATIENT_PHONE, "9812012345");
  mh_record_set_text (patient, MH_PATIENT_SEARCH_TEXT, "ashalatha chaudhary");
  return patient;
}

/* Every file of @folder as one heap of bytes. */
static GByteArray *
all_bytes (const char *folder)
{
  GByteArray *all = g_byte_array_new ();
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize length = 0;
      g_byte_array_append (all, (const guint8 *)name, (guint)strlen (name));
      if (g_file_get_contents (path, &text, &length, NULL))
        g_byte_array_append (all, (const guint8 *)text, (guint)length);
    }
  g_dir_close (dir);
  return all;
}

static guint
found (MhCache *cache, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = on_thread (cache, search, (gpointer)text, &error);
  g_assert_no_error (error);
  g_assert_nonnull (records);
  return records->len;
}

static void
test_nothing_readable (void)
{
  static const char *const secrets[]
      = { "Ashalatha", "ashalatha", "Chaudhary", "chaudhary", "9812012345",
          "12345",     "MH-0001",   "reception", PASSWORD,    "ashal" };
  g_autofree char *folder = g_dir_make_tmp ("mahima-cache-XXXXXX", NULL);
  g_autoptr (MhCache) cache = mh_cache_new (folder);
  g_autoptr (MhRecord) patient = asha ();
  g_autoptr (GError) error = NULL;
  open_cache (cache, PASSWORD, TRUE);
  g_assert_true (GPOINTER_TO_INT (on_thread (cache, put, patient, &error)));
  g_assert_no_error (error);
  g_assert_cmpuint (found (cache, "asha"), ==, 1);
  g_assert_cmpuint (found (cache, "ashalatha chau"), ==, 1);
  g_assert_cmpuint (found (cache, "98120"), ==, 1);
  g_assert_cmpuint (found (cache, "zzzz"), ==, 0);
  on_thread (cache, lock, NULL, NULL);
  g_autoptr (GByteArray) bytes = all_bytes (folder);
  g_assert_cmpuint (bytes->len, >, 4096);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (memmem (bytes->data, bytes->len, secrets[i], strlen (secrets[i])) != NULL)
      g_error ("“%s” can be read in the files", secrets[i]);
}

static void
test_password (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mahima-cache-XXXXXX", NULL);
  g_autoptr (MhCache) cache = mh_cache_new (folder);
  g_autoptr (MhRecord) patient = asha ();
  g_autoptr (GError) error = NULL;
  Key wrong = { "incorrect horse", FALSE };
  g_assert_false (
      GPOINTER_TO_INT (on_thread (cache, unlock, &wrong, &error))); /* nobody of that name yet */
  g_assert_error (error, MH_ERROR, MH_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  open_cache (cache, PASSWORD, TRUE);
  g_assert_true (GPOINTER_TO_INT (on_thread (cache, put, patient, &error)));
  on_thread (cache, lock, NULL, NULL);
  g_assert_false (GPOINTER_TO_INT (on_thread (cache, unlock, &wrong, &error)));
  g_assert_error (error, MH_ERROR, MH_ERROR_UNAUTHORIZED);
  open_cache (cache, PASSWORD, FALSE);
  g_assert_cmpuint (found (cache, "asha"), ==, 1);
}

/* --- outbox --- */

static gpointer
add_ops (MhCache *cache, gpointer data, GError **error)
{
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"given_name\":\"Ashalatha\",\"n\":%d}", i);
      g_autoptr (MhOp) op = mh_op_new ("patient.create", NULL, body, -1);
      if (!mh_outbox_add (cache, op, error))
        return NULL;
    }
  return GINT_TO_POINTER (TRUE);
}

static gpointer
list_ops (MhCache *cache, gpointer data, GError **error)
{
  return mh_outbox_list (cache, error);
}

/* A child writes and dies by SIGKILL right after the last add returned. */
static void
write_and_die (const char *folder)
{
  char *program = g_file_read_link ("/proc/self/exe", NULL);
  char *argv[] = { program, (char *)"--write-and-die", (char *)folder, NULL };
  int status = 0;
  g_autoptr (GError) error = NULL;
  g_assert_true (
      g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  g_free (program);
}

static int
child (const char *folder)
{
  g_autoptr (MhCache) cache = mh_cache_new (folder);
  open_cache (cache, PASSWORD, TRUE);
  if (on_thread (cache, add_ops, NULL, NULL) == NULL)
    return 1;
  kill (getpid (), SIGKILL);
  return 1;
}

static void
test_outbox_survives (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mahima-cache-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  write_and_die (folder);
  g_autoptr (MhCache) cache = mh_cache_new (folder);
  open_cache (cache, PASSWORD, FALSE);
  g_autoptr (GPtrArray) ops = on_thread (cache, list_ops, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ops->len, ==, 20);
  for (guint i = 0; i < ops->len; i++)
    {
      MhOp *op = g_ptr_array_index (ops, i);
      g_autofree char *body = g_strdup_printf ("{\"given_name\":\"Ashalatha\",\"n\":%u}", i);
      g_assert_cmpstr (op->body, ==, body);
      g_assert_true (g_hash_table_add (keys, op->key));
      g_assert_cmpstr (op->state, ==, MH_OP_WAITING);
    }
  on_thread (cache, lock, NULL, NULL);
  g_autoptr (GByteArray) bytes = all_bytes (folder);
  g_assert_null (memmem (bytes->data, bytes->len, "Ashalatha", 9));
}

int
main (int argc, char **argv)
{
  mh_records_register ();
  if (argc == 3 && g_str_equal (argv[1], "--write-and-die"))
    return child (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cache/nothing-readable", test_nothing_readable);
  g_test_add_func ("/cache/password", test_password);
  g_test_add_func ("/cache/outbox-survives", test_outbox_survives);
  return g_test_run ();
}
