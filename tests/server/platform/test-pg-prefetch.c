/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which answers that were asked for ahead outlive a write. */
#include "server/platform/store/mh-pg-prefetch.h"

static const char sql_patient[] = "SELECT r.id, r.changed_at, r.patient_id FROM patient r WHERE $1";
static const char sql_order[] = "SELECT r.id FROM lab_order r WHERE r.id = $1";

static int cleared, copied;

static void
clear (gpointer result)
{
  cleared++;
  g_free (result);
}

static gpointer
copy (gpointer result)
{
  copied++;
  return g_strdup (result);
}

static gboolean
announce (MhPgPrefetches *prefetches, const char *sql, const char *id)
{
  MhPgPrefetch *prefetch = mh_pg_prefetches_add (prefetches, sql, MH_ARGS (MH_TEXT (id)));
  if (prefetch == NULL)
    return FALSE;
  prefetch->answered = TRUE;
  prefetch->result = g_strdup (id);
  mh_pg_prefetch_unref (prefetch);
  return TRUE;
}

/* The answer; NULL: it was not announced, or dropped. */
static char *
take (MhPgPrefetches *prefetches, const char *sql, const char *id)
{
  MhPgPrefetch *prefetch = mh_pg_prefetches_take (prefetches, sql, MH_ARGS (MH_TEXT (id)));
  if (prefetch == NULL)
    return NULL;
  char *result = mh_pg_prefetches_result (prefetches, prefetch);
  mh_pg_prefetch_unref (prefetch);
  return result;
}

static const struct
{
  const char *name, *write;
  gboolean patient, order; /* outlives it */
} writes[] = {
  { "/its-table", "UPDATE patient SET version = $2 WHERE id = $1", FALSE, TRUE },
  { "/its-table-whole", "DELETE FROM lab_order", TRUE, FALSE },
  { "/part-of-a-word", "INSERT INTO change (id) VALUES ($1)", TRUE, TRUE },
  { "/front-of-a-word", "INSERT INTO lab (id) VALUES ($1)", TRUE, TRUE },
  { "/end-of-a-word", "INSERT INTO order (id) VALUES ($1)", TRUE, TRUE },
  { "/another", "INSERT INTO audit_entry (id) VALUES ($1)", TRUE, TRUE },
  { "/savepoint", "SAVEPOINT request", TRUE, TRUE },
  { "/release", "RELEASE SAVEPOINT request", TRUE, TRUE },
  { "/untold", "WITH a AS (SELECT 1) UPDATE visit SET version = 2", FALSE, FALSE },
  { "/truncate", "TRUNCATE visit", FALSE, FALSE },
};

static void
test_write (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  MhPgPrefetches *prefetches = mh_pg_prefetches_new (clear, copy);
  /* Twice: the second time it is known what the write touches. */
  for (guint round = 0; round < 2; round++)
    {
      announce (prefetches, sql_patient, "p");
      announce (prefetches, sql_order, "o");
      mh_pg_prefetches_drop_touched (prefetches, writes[i].write);
      g_autofree char *patient = take (prefetches, sql_patient, "p");
      g_autofree char *order = take (prefetches, sql_order, "o");
      g_assert_cmpint (patient != NULL, ==, writes[i].patient);
      g_assert_cmpint (order != NULL, ==, writes[i].order);
    }
  mh_pg_prefetches_free (prefetches);
}

/* Whatever was announced twice is there twice, the last time without a copy. */
static void
test_twice (void)
{
  MhPgPrefetches *prefetches = mh_pg_prefetches_new (clear, copy);
  cleared = copied = 0;
  g_assert_true (announce (prefetches, sql_patient, "a"));
  g_assert_true (announce (prefetches, sql_patient, "b"));
  g_assert_false (announce (prefetches, sql_patient, "a"));
  g_autofree char *first = take (prefetches, sql_patient, "a");
  g_assert_cmpstr (first, ==, "a");
  g_assert_cmpint (copied, ==, 1);
  g_autofree char *second = take (prefetches, sql_patient, "a");
  g_assert_cmpstr (second, ==, "a");
  g_assert_cmpint (copied, ==, 1);
  g_assert_null (take (prefetches, sql_patient, "a"));
  g_assert_null (take (prefetches, sql_order, "b"));
  g_assert_cmpint (cleared, ==, 0);
  mh_pg_prefetches_drop (prefetches);
  g_assert_cmpint (cleared, ==, 1);
  g_assert_null (take (prefetches, sql_patient, "b"));
  mh_pg_prefetches_free (prefetches);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autofree char *path = g_strconcat ("/pg-prefetch/write", writes[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_write);
    }
  g_test_add_func ("/pg-prefetch/twice", test_twice);
  return g_test_run ();
}
