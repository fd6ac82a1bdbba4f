/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-lease.h"

#include "server/lab/analysers/mh-analysers-store.h"

#include <string.h>
#include <unistd.h>

typedef struct
{
  char *owner;
  gint64 beat, since; /* since when it stands so, monotonic */
} Seen;

struct _MhLeases
{
  MhStore *store;
  char *owner;
  GHashTable *held;   /* set of link ids */
  GHashTable *seen;   /* link id → Seen */
  GHashTable *paused; /* link id → gint64 *: until when */
  gint64 written_at;  /* monotonic; 0: never */
};

/* --- who it is --- */

/* When the process began, by the kernel's count: a number comes again, both together do not. */
static char *
start_of (const char *pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/stat", pid);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  const char *after = strrchr (text, ')');
  g_auto (GStrv) words = g_strsplit (after != NULL ? after : "", " ", -1);
  return g_strv_length (words) > 20 ? g_strdup (words[20]) : NULL;
}

static char *
space_here (void)
{
  g_autofree char *space = g_file_read_link ("/proc/self/ns/pid", NULL);
  return g_strdelimit (g_strdup (space != NULL ? space : "?"), "/", '_');
}

char *
mh_lease_owner_here (void)
{
  g_autofree char *pid = g_strdup_printf ("%ld", (long)getpid ());
  g_autofree char *host = g_strdelimit (g_strdup (g_get_host_name ()), "/", '_');
  g_autofree char *space = space_here (), *start = start_of (pid);
  return g_strdup_printf ("%.60s/%s/%s/%s", host, space, pid, start != NULL ? start : "?");
}

gboolean
mh_lease_owner_is_gone (const char *owner)
{
  g_autofree char *here = mh_lease_owner_here ();
  g_auto (GStrv) theirs = g_strsplit (owner, "/", -1);
  g_auto (GStrv) ours = g_strsplit (here, "/", -1);
  if (g_strv_length (theirs) != 4 || !g_str_equal (theirs[0], ours[0])
      || !g_str_equal (theirs[1], ours[1]) || g_str_equal (theirs[3], "?"))
    return FALSE;
  g_autofree char *start = start_of (theirs[2]);
  return g_strcmp0 (start, theirs[3]) != 0;
}

/* --- what is seen of the others --- */

static void
seen_free (gpointer data)
{
  Seen *seen = data;
  g_free (seen->owner);
  g_free (seen);
}

MhLeases *
mh_leases_new (MhStore *store, const char *owner)
{
  MhLeases *leases = g_new0 (MhLeases, 1);
  leases->store = store;
  leases->owner = owner != NULL ? g_strdup (owner) : mh_lease_owner_here ();
  leases->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  leases->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, seen_free);
  leases->paused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return leases;
}

static void
analysers_lease_note (MhLeases *leases, const MhAnalysersLease *row, gint64 now)
{
  Seen *seen = g_hash_table_lookup (leases->seen, row->link_id);
  if (seen != NULL && seen->beat == row->beat && g_str_equal (seen->owner, row->owner))
    return;

  if (seen == NULL)
    {
      seen = g_new0 (Seen, 1);
      g_hash_table_insert (leases->seen, g_strdup (row->link_id), seen);
    }

  g_free (seen->owner);
  seen->owner = g_strdup (row->owner);
  seen->beat = row->beat;
  seen->since = now;
}

static gboolean
is_paused (const MhLeases *leases, const char *id, gint64 now)
{
  gint64 *until = g_hash_table_lookup (leases->paused, id);
  return until != NULL && now < *until;
}

static gboolean
is_free (const MhLeases *leases, const MhAnalysersLease *row, gint64 now)
{
  Seen *seen = g_hash_table_lookup (leases->seen, row->link_id);
  return row->owner[0] == 0 || (seen != NULL && now - seen->since >= MH_LEASE_TAKE_AFTER)
         || mh_lease_owner_is_gone (row->owner);
}

/* --- taking, keeping, giving back: one transaction --- */

typedef struct
{
  MhLeases *leases;
  GPtrArray *wanted;
  gint64 now;
  GHashTable *held; /* as it will be */
} Look;

static MhAnalysersLease *
analysers_lease_row_of (GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((MhAnalysersLease *)g_ptr_array_index (rows, i))->link_id, id))
      return g_ptr_array_index (rows, i);
  return NULL;
}

static gboolean
analysers_lease_want (Look *look,
                      MhTx *tx,
                      const char *id,
                      const MhAnalysersLease *row,
                      GError **error)
{
  gboolean mine = row != NULL && g_str_equal (row->owner, look->leases->owner);
  if (is_paused (look->leases, id, look->now))
    return !mine || mh_analysers_store_lease_give (tx, id, look->leases->owner, error);
  if (!mine && (row == NULL || is_free (look->leases, row, look->now))
      && !mh_analysers_store_lease_take (tx, id, row, look->leases->owner, &mine, error))
    return FALSE;
  if (mine)
    g_hash_table_add (look->held, g_strdup (id));
  return TRUE;
}

static gboolean
write_leases (MhTx *tx, gpointer data, GError **error)
{
  Look *look = data;
  MhLeases *leases = look->leases;
  g_autoptr (GPtrArray) rows = mh_analysers_store_leases (mh_tx_db (tx), error);
  if (rows == NULL)
    return FALSE;

  g_hash_table_remove_all (look->held);
  for (guint i = 0; i < rows->len; i++)
    {
      MhAnalysersLease *row = g_ptr_array_index (rows, i);
      analysers_lease_note (leases, row, look->now);
      if (g_str_equal (row->owner, leases->owner)
          && !g_ptr_array_find_with_equal_func (look->wanted, row->link_id, g_str_equal, NULL)
          && !mh_analysers_store_lease_give (tx, row->link_id, leases->owner, error))
        return FALSE;
    }

  for (guint i = 0; i < look->wanted->len; i++)
    {
      const char *id = g_ptr_array_index (look->wanted, i);
      if (!analysers_lease_want (look, tx, id, analysers_lease_row_of (rows, id), error))
        return FALSE;
    }

  return mh_analysers_store_lease_beat (tx, leases->owner, error);
}

/* Between two beats nothing is written, unless what is wanted has changed. */
static gboolean
analysers_lease_is_due (MhLeases *leases, GPtrArray *wanted, gint64 now)
{
  guint held = 0;
  for (guint i = 0; i < wanted->len; i++)
    {
      const char *id = g_ptr_array_index (wanted, i);
      gboolean has = g_hash_table_contains (leases->held, id);
      held += has ? 1 : 0;
      if (has ? is_paused (leases, id, now) : !g_hash_table_contains (leases->seen, id))
        return TRUE;
    }

  if (held < g_hash_table_size (leases->held))
    return TRUE;

  return wanted->len > 0 && now - leases->written_at >= MH_LEASE_BEAT;
}

gboolean
mh_leases_look (MhLeases *leases, GPtrArray *wanted, gint64 now, GError **error)
{
  if (!analysers_lease_is_due (leases, wanted, now))
    return TRUE;

  Look look = { .leases = leases,
                .wanted = wanted,
                .now = now,
                .held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  const MhWho who = { .user_name = "analysers" };

  if (!mh_store_write (leases->store, &who, write_leases, &look, error))
    {
      g_hash_table_unref (look.held);
      mh_leases_fence (leases, now);
      return FALSE;
    }

  g_hash_table_unref (leases->held);
  leases->held = look.held;
  leases->written_at = now;

  return TRUE;
}

void
mh_leases_fence (MhLeases *leases, gint64 now)
{
  if (now - leases->written_at >= MH_LEASE_FENCE)
    g_hash_table_remove_all (leases->held);
}

gboolean
mh_leases_has (const MhLeases *leases, const char *link_id)
{
  return g_hash_table_contains (leases->held, link_id);
}

void
mh_leases_give_up (MhLeases *leases, const char *link_id, gint64 now)
{
  gint64 until = now + MH_LEASE_PAUSE;
  g_hash_table_insert (leases->paused, g_strdup (link_id), g_memdup2 (&until, sizeof until));
}

static gboolean
analysers_lease_give_all (MhTx *tx, gpointer data, GError **error)
{
  return mh_analysers_store_lease_give (tx, NULL, ((MhLeases *)data)->owner, error);
}

void
mh_leases_free (MhLeases *leases)
{
  if (leases == NULL)
    return;
  /* When the database is away, the others see the beat stand still. */
  if (g_hash_table_size (leases->held) > 0)
    mh_store_write (leases->store, &(MhWho){ .user_name = "analysers" }, analysers_lease_give_all,
                    leases, NULL);
  g_hash_table_unref (leases->held);
  g_hash_table_unref (leases->seen);
  g_hash_table_unref (leases->paused);
  g_free (leases->owner);
  g_free (leases);
}
