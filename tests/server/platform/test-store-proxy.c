/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection to PostgreSQL breaks on the very answer to COMMIT. A proxy between the store and
 * the database swallows that answer, or swallows the question. */
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "server/platform/store/mh-store.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/sql/mh-sql-text.h"
#include "tests/server/mh-test-db.h"

typedef enum
{
  CALM,
  DROP_ANSWER,   /* the database has committed, nobody tells */
  DROP_QUESTION, /* the database never hears of it */
} Mood;

typedef struct
{
  char *folder;
  char *target; /* the database's socket */
  GSocket *listener;
  GThread *thread;
  GPtrArray *links; /* threads; they end with what they connect */
  int mood;         /* atomic Mood; calm again after one drop */
  int stop;
} Proxy;

typedef struct
{
  Proxy *proxy;
  int client;
} Link;

static const MhWho who = { .user_name = "reception" };

static gboolean
holds (const char *data, gsize length, const char *words, gsize n)
{
  return memmem (data, length, words, n) != NULL;
}

/* Bind of the statement that was prepared for "COMMIT", or its Parse: the text stands in the first.
 */
static gboolean
must_drop (Proxy *proxy, gboolean from_server, const char *data, gsize length)
{
  static const char tag[] = "C\0\0\0\13COMMIT";
  Mood mood = (Mood)g_atomic_int_get (&proxy->mood);
  gboolean drop = from_server ? mood == DROP_ANSWER && holds (data, length, tag, sizeof tag)
                              : mood == DROP_QUESTION && holds (data, length, "write_lane SET", 14);
  if (drop)
    g_atomic_int_set (&proxy->mood, CALM);
  return drop;
}

static gboolean
forward (Proxy *proxy, int from, int to, gboolean from_server)
{
  char data[65536];
  ssize_t n = read (from, data, sizeof data);
  if (n <= 0 || must_drop (proxy, from_server, data, (gsize)n))
    return FALSE;
  for (ssize_t done = 0, more; done < n; done += more)
    if ((more = write (to, data + done, (gsize)(n - done))) <= 0)
      return FALSE;
  return TRUE;
}

static gpointer
link_run (gpointer data)
{
  Link *link = data;
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (link->proxy->target);
  g_autoptr (GSocket) server = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, NULL);
  gboolean open = g_socket_connect (server, address, NULL, NULL);
  int fd = g_socket_get_fd (server);
  while (open)
    {
      struct pollfd fds[2] = { { link->client, POLLIN, 0 }, { fd, POLLIN, 0 } };
      poll (fds, 2, -1);
      if (fds[0].revents != 0)
        open = forward (link->proxy, link->client, fd, FALSE);
      if (open && fds[1].revents != 0)
        open = forward (link->proxy, fd, link->client, TRUE);
    }
  close (link->client);
  g_free (link);
  return NULL;
}

static gpointer
proxy_run (gpointer data)
{
  Proxy *proxy = data;
  for (;;)
    {
      g_autoptr (GSocket) client = g_socket_accept (proxy->listener, NULL, NULL);
      if (client == NULL || g_atomic_int_get (&proxy->stop))
        return NULL;
      Link *link = g_new0 (Link, 1);
      link->proxy = proxy;
      link->client = dup (g_socket_get_fd (client));
      g_ptr_array_add (proxy->links, g_thread_new ("link", link_run, link));
    }
}

static char *
socket_of (const char *folder)
{
  return g_strdup_printf ("%s/.s.PGSQL.5432", folder);
}

static void
proxy_start (Proxy *proxy, const char *host)
{
  g_autoptr (GError) error = NULL;
  memset (proxy, 0, sizeof *proxy);
  proxy->links = g_ptr_array_new ();
  proxy->folder = g_dir_make_tmp ("mh-proxy-XXXXXX", NULL);
  proxy->target = socket_of (host);
  g_autofree char *path = socket_of (proxy->folder);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  proxy->listener = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, &error);
  mh_assert_ok (g_socket_bind (proxy->listener, address, FALSE, &error), error);
  mh_assert_ok (g_socket_listen (proxy->listener, &error), error);
  proxy->thread = g_thread_new ("proxy", proxy_run, proxy);
}

/* After what was connected through it is closed. */
static void
proxy_stop (Proxy *proxy)
{
  g_autofree char *path = socket_of (proxy->folder);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) last = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, NULL);
  g_atomic_int_set (&proxy->stop, 1);
  g_socket_connect (last, address, NULL, NULL);
  g_thread_join (proxy->thread);
  for (guint i = 0; i < proxy->links->len; i++)
    g_thread_join (g_ptr_array_index (proxy->links, i));
  g_ptr_array_unref (proxy->links);
  g_object_unref (proxy->listener);
  g_unlink (path);
  g_rmdir (proxy->folder);
  g_free (proxy->folder);
  g_free (proxy->target);
}

typedef struct
{
  guint runs;
  const char *code;
} Write;

/* A fresh id each time: run twice by mistake it would leave two rows. */
static gboolean
write_run (MhTx *tx, gpointer data, GError **error)
{
  Write *write = data;
  g_autoptr (MhRecord) bench = mh_record_new (&mh_bench_type);
  mh_record_take_text (bench, MH_ID, mh_id_new ());
  mh_record_set_text (bench, MH_BENCH_NAME, write->code);
  write->runs++;
  return mh_tx_insert (tx, bench, MH_AUDIT_CREATE, NULL, error);
}

static guint
count_named (MhStore *store, const char *name)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_store_take_reader (store, &error);
  g_autoptr (GPtrArray) rows = mh_store_all (db, &mh_bench_type, "name", name, &error);
  g_assert_no_error (error);
  mh_store_give_reader (store, db);
  return rows->len;
}

static void
test_lost_answers (const MhTestDb *test)
{
  const char *host = strstr (test->url, "host=/");
  if (host == NULL)
    {
      g_test_skip (test->is_postgres ? "the cluster is not on a Unix socket"
                                     : "SQLite has no connection to lose");
      return;
    }
  g_autoptr (GError) error = NULL;
  host += strlen ("host=");
  g_autofree char *folder = g_strndup (host, strcspn (host, "&"));
  Proxy proxy;
  proxy_start (&proxy, folder);
  g_autofree char *url = g_strdup_printf ("%s&host=%s", test->url, proxy.folder);
  const MhStoreConfig config = { .url = url, .readers = 1 };
  MhStore *store = mh_store_open (&config, TRUE, &error);
  g_assert_no_error (error);
  Write calm = { 0, "calm" }, answer = { 0, "answer" }, question = { 0, "question" };
  mh_assert_ok (mh_store_write (store, &who, write_run, &calm, &error), error);
  g_assert_cmpuint (calm.runs, ==, 1);
  g_atomic_int_set (&proxy.mood, DROP_ANSWER);
  mh_assert_ok (mh_store_write (store, &who, write_run, &answer, &error), error);
  g_assert_cmpint (g_atomic_int_get (&proxy.mood), ==, CALM);
  g_assert_cmpuint (answer.runs, ==, 1);
  g_assert_cmpuint (count_named (store, "answer"), ==, 1);
  /* A new connection prepares its statements anew, so the text passes by. */
  g_atomic_int_set (&proxy.mood, DROP_QUESTION);
  mh_assert_ok (mh_store_write (store, &who, write_run, &question, &error), error);
  g_assert_cmpint (g_atomic_int_get (&proxy.mood), ==, CALM);
  g_assert_cmpuint (question.runs, ==, 2);
  g_assert_cmpuint (count_named (store, "question"), ==, 1);
  mh_store_close (store);
  proxy_stop (&proxy);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both_empty ("/store/lost-answers", test_lost_answers);
  return mh_test_run ();
}
