/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/store/mh-store.h"

#include "server/platform/store/mh-store-private.h"

struct _MhSharedSnapshot
{
  MhStore *store;
  MhDb *db;          /* NULL: at rest */
  gint commits_seen; /* when the snapshot began */
};

MhSharedSnapshot *
mh_store_hold (MhStore *store)
{
  MhSharedSnapshot *held = g_new0 (MhSharedSnapshot, 1);
  held->store = store;
  return held;
}

MhDb *
mh_shared_snapshot_db (MhSharedSnapshot *held, GError **error)
{
  gint commits = mh_store_commits (held->store);
  if (held->db != NULL && held->commits_seen == commits)
    return held->db;

  if (held->db != NULL)
    mh_db_rollback (held->db);
  else
    held->db = mh_store_take_reader (held->store, error);

  if (held->db == NULL)
    return NULL;

  /* Counted before the snapshot begins: a commit in between makes the next call begin anew. */
  held->commits_seen = commits;
  if (mh_db_begin (held->db, MH_TX_READ, error))
    return held->db;

  mh_store_give_reader (held->store, g_steal_pointer (&held->db));
  return NULL;
}

void
mh_shared_snapshot_release (MhSharedSnapshot *held)
{
  if (held->db == NULL)
    return;
  mh_db_rollback (held->db);
  mh_store_give_reader (held->store, g_steal_pointer (&held->db));
}

void
mh_shared_snapshot_free (MhSharedSnapshot *held)
{
  if (held == NULL)
    return;
  mh_shared_snapshot_release (held);
  g_free (held);
}
