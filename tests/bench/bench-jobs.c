/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast the job queue is: bench-jobs sqlite:FILE | postgresql://… (an empty database). Every job
 * is queued durably, claimed with a lease, run, and marked done in the transaction of its effect.
 */
#include <stdio.h>

#include "server/platform/jobs/mh-jobs.h"
#include "shared/base/mh-error.h"
#include "shared/records/mh-records.h"

#define JOBS 2000
#define AT_ONCE 50

static const MhWho who = { .user_name = "bench" };

static void
check (const GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static gboolean
work (MhTx *tx G_GNUC_UNUSED,
      MhRecord *job G_GNUC_UNUSED,
      gpointer data,
      GError **error G_GNUC_UNUSED)
{
  g_atomic_int_inc ((int *)data);
  return TRUE;
}

static gboolean
queue_some (MhTx *tx, gpointer data G_GNUC_UNUSED, GError **error)
{
  for (guint i = 0; i < AT_ONCE; i++)
    if (!mh_jobs_enqueue (tx, &(MhJobWanted){ .kind = "bench" }, error))
      return FALSE;
  return TRUE;
}

static double
queue_all (MhStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  for (guint i = 0; i < JOBS / AT_ONCE; i++)
    {
      mh_store_write (store, &who, queue_some, NULL, &error);
      check (error);
    }
  return (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int done = 0;
  mh_records_register ();
  g_autoptr (MhStore) store = mh_store_open (
      &(MhStoreConfig){ .url = argc > 1 ? argv[1] : "sqlite::memory:", .readers = 6 }, TRUE,
      &error);
  check (error);
  printf ("%-44s %9.0f /s\n", "jobs queued, fifty in a transaction", JOBS / queue_all (store));
  g_autoptr (MhJobs) jobs = mh_jobs_new (store, "bench");
  mh_jobs_register (jobs, "bench", work, &done);
  gint64 start = g_get_monotonic_time ();
  mh_jobs_start (jobs, 4);
  while (g_atomic_int_get (&done) < JOBS)
    g_usleep (1000);
  printf ("%-44s %9.0f /s\n", "jobs claimed, done and marked, four workers",
          JOBS * 1e6 / (double)(g_get_monotonic_time () - start));
  mh_jobs_stop (jobs);
  return 0;
}
