/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/audit/mh-read-log.h"

#include <string.h>

#include "shared/base/mh-json.h"
#include "shared/records/platform/mh-audit.h"

static const char part_read_log[] = "read_log";

#define LIST_PIECE 200
#define SLICE 1000
/* Bytes that wait no longer for company: among thousands of searches a second the notes of a whole
 * one would take megabytes. */
#define ENOUGH (1 << 20)
#define DENIED_EVERY (60 * G_USEC_PER_SEC)
#define DENIED_MAX 4096
#define RETRY_AFTER G_USEC_PER_SEC

/* One row to be. All its words but the detail lie in one block behind it: thousands a second are
 * made on one thread and freed on another. */
typedef struct
{
  MhWho who;
  const char *verb;
  const char *type;
  const char *object_id;
  const char *patient_id;
  const char *reason;
  char *detail; /* JSON of a list; or NULL; its own */
  guint count;  /* how often in this batch */
  gsize size;   /* bytes, without the detail */
} Note;

struct _MhReadLog
{
  MhStore *store;
  GThread *writer;
  GMutex lock; /* of what follows */
  GCond woken; /* something waits, or stop */
  GCond written;
  GPtrArray *notes;    /* waiting */
  gsize size;          /* bytes of them */
  GHashTable *same;    /* the single reads among them, to count repeats */
  GHashTable *denied;  /* "user right" → gint64 *monotonic time of its last row */
  guint64 noted, done; /* how many notes came, how many are durable */
  gboolean hurry;      /* somebody waits in flush */
  gboolean stop;
};

static void
note_free (gpointer data)
{
  Note *note = data;
  g_free (note->detail);
  g_free (note);
}

/* A copy of @words, whose texts may be NULL. */
static Note *
note_new (const Note *words)
{
  const char *const from[]
      = { words->who.user_id, words->who.user_name,  words->who.role, words->who.hospital_id,
          words->who.station, words->who.request_id, words->verb,     words->type,
          words->object_id,   words->patient_id,     words->reason };
  const char *to[G_N_ELEMENTS (from)] = { NULL };
  gsize size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    size += from[i] != NULL ? strlen (from[i]) + 1 : 0;
  Note *note = g_malloc (sizeof *note + size);
  char *at = (char *)(note + 1);

  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    if (from[i] != NULL)
      {
        to[i] = at;
        at = g_stpcpy (at, from[i]) + 1;
      }

  *note = (Note){ { to[0], to[1], to[2], to[3], to[4], to[5] },
                  to[6],
                  to[7],
                  to[8],
                  to[9],
                  to[10],
                  .count = 1,
                  .size = sizeof *note + size };

  return note;
}

/* Same person at the same place doing the same with the same record. */
static guint
note_hash (gconstpointer key)
{
  const Note *note = key;
  return g_str_hash (note->object_id) * 31
         + (note->who.user_id != NULL ? g_str_hash (note->who.user_id) : 0);
}

static gboolean
note_equal (gconstpointer a, gconstpointer b)
{
  const Note *x = a, *y = b;
  return g_str_equal (x->object_id, y->object_id) && g_str_equal (x->type, y->type)
         && g_str_equal (x->verb, y->verb) && g_strcmp0 (x->who.user_id, y->who.user_id) == 0
         && g_strcmp0 (x->who.station, y->who.station) == 0;
}

/* Room for one more, or five seconds gone: too much memory is better than a read nobody knows of.
 */
static void
wait_for_room (MhReadLog *log)
{
  gint64 until = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  while (log->notes->len >= MH_READ_LOG_MAX_WAITING)
    if (!g_cond_wait_until (&log->written, &log->lock, until))
      return;
}

/* Takes @note. */
static void
read_log_add (MhReadLog *log, Note *note)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&log->lock);
  Note *same = note->object_id != NULL ? g_hash_table_lookup (log->same, note) : NULL;
  if (same != NULL)
    {
      same->count++;
      note_free (note);
      return;
    }

  wait_for_room (log);
  g_ptr_array_add (log->notes, note);
  if (note->object_id != NULL)
    g_hash_table_add (log->same, note);
  log->noted++;

  gsize before = log->size;
  log->size += note->size + (note->detail != NULL ? strlen (note->detail) : 0);
  if (log->notes->len == 1 || (before < ENOUGH && log->size >= ENOUGH))
    g_cond_signal (&log->woken);
}

void
mh_read_log_note_verb (MhReadLog *log,
                       const MhWho *who,
                       const char *verb,
                       const char *object_type,
                       const char *object_id,
                       const char *patient_id)
{
  read_log_add (log, note_new (&(const Note){ *who, verb, object_type, object_id, patient_id }));
}

void
mh_read_log_note (MhReadLog *log,
                  const MhWho *who,
                  const char *object_type,
                  const char *object_id,
                  const char *patient_id)
{
  mh_read_log_note_verb (log, who, MH_AUDIT_READ, object_type, object_id, patient_id);
}

static void
note_piece (MhReadLog *log,
            const MhWho *who,
            const char *object_type,
            GPtrArray *records,
            guint from)
{
  Note *note = note_new (&(const Note){ *who, MH_AUDIT_READ, object_type });
  GString *json = g_string_new (NULL);
  mh_json_open (json, '{');
  mh_json_key (json, "ids");
  mh_json_open (json, '[');
  for (guint i = from; i < records->len && i < from + LIST_PIECE; i++)
    mh_json_put_text (json, mh_record_id (g_ptr_array_index (records, i)));
  mh_json_close (json, ']');
  mh_json_close (json, '}');
  note->detail = g_string_free (json, FALSE);
  read_log_add (log, note);
}

void
mh_read_log_note_list (MhReadLog *log,
                       const MhWho *who,
                       const char *object_type,
                       GPtrArray *records)
{
  for (guint from = 0; from < records->len; from += LIST_PIECE)
    note_piece (log, who, object_type, records, from);
}

/* May this refusal have a row of its own? Under no lock of the caller. */
static gboolean
denied_is_new (MhReadLog *log, const char *user_id, const char *permission)
{
  g_autofree char *key = g_strconcat (user_id != NULL ? user_id : "", " ", permission, NULL);
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&log->lock);
  const gint64 *last = g_hash_table_lookup (log->denied, key);

  if (last != NULL && now - *last < DENIED_EVERY)
    return FALSE;

  if (g_hash_table_size (log->denied) >= DENIED_MAX)
    g_hash_table_remove_all (log->denied);
  gint64 *stamp = g_new (gint64, 1);

  *stamp = now;
  g_hash_table_replace (log->denied, g_steal_pointer (&key), stamp);
  return TRUE;
}

void
mh_read_log_note_denied (MhReadLog *log,
                         const MhWho *who,
                         const char *route_id,
                         const char *permission)
{
  if (!denied_is_new (log, who->user_id, permission))
    return;
  read_log_add (log,
                note_new (&(const Note){ *who, MH_AUDIT_DENIED, route_id, .reason = permission }));
}

/* --- writing --- */

static char *
note_detail (const Note *note)
{
  if (note->detail != NULL)
    return g_strdup (note->detail);
  if (note->patient_id == NULL && note->count == 1)
    return NULL;

  GString *json = g_string_new (NULL);
  mh_json_open (json, '{');
  if (note->patient_id != NULL)
    mh_json_member_text (json, "patient_id", note->patient_id);
  if (note->count > 1)
    mh_json_member_int (json, "count", note->count);
  mh_json_close (json, '}');
  return g_string_free (json, FALSE);
}

/* A slice of the batch, short enough not to hold up the write queue. */
typedef struct
{
  GPtrArray *notes;
  guint from, to;
} Slice;

static gboolean
write_slice (MhTx *tx, gpointer data, GError **error)
{
  const Slice *slice = data;
  MhAuditNote rows[SLICE];
  g_autoptr (GPtrArray) details = g_ptr_array_new_with_free_func (g_free);
  guint n = slice->to - slice->from;

  for (guint i = 0; i < n; i++)
    {
      const Note *note = g_ptr_array_index (slice->notes, slice->from + i);
      char *detail = note_detail (note);
      g_ptr_array_add (details, detail);
      rows[i] = (MhAuditNote){ &note->who,      note->verb, note->type,
                               note->object_id, detail,     note->reason };
    }

  return mh_tx_audit_notes (tx, rows, n, error);
}

/* How many of @notes are durable. */
static guint
write_notes (MhReadLog *log, GPtrArray *notes)
{
  static const MhWho server = { .user_name = "server" };
  guint done = 0;
  while (done < notes->len)
    {
      Slice slice = { notes, done, MIN (done + SLICE, notes->len) };
      if (!mh_store_write (log->store, &server, write_slice, &slice, NULL))
        break;
      done = slice.to;
    }
  return done;
}

/* What could not be written goes back to the front. Takes @notes. */
static void
read_log_put_back (MhReadLog *log, GPtrArray *notes, guint done)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&log->lock);
  if (done > 0)
    g_ptr_array_remove_range (notes, 0, done);
  g_ptr_array_extend_and_steal (notes, log->notes);
  log->notes = notes;
  log->done += done;
  g_cond_broadcast (&log->written);
}

static GPtrArray *
read_log_take (MhReadLog *log)
{
  GPtrArray *notes = log->notes;
  log->notes = g_ptr_array_new_with_free_func (note_free);
  g_hash_table_remove_all (log->same);
  log->size = 0;
  log->hurry = FALSE;
  return notes;
}

/* Waits for the first note, then gathers what else comes. Under the lock. NULL: stop, nothing left.
 */
static GPtrArray *
wait_and_take (MhReadLog *log)
{
  while (log->notes->len == 0 && !log->stop)
    g_cond_wait (&log->woken, &log->lock);
  gint64 until = g_get_monotonic_time () + MH_READ_LOG_GATHER;
  while (!log->stop && !log->hurry && log->size < ENOUGH
         && g_cond_wait_until (&log->woken, &log->lock, until))
    ;
  return log->notes->len > 0 ? read_log_take (log) : NULL;
}

/* The database is away: pause, but do not sleep through the end. FALSE: stop. */
static gboolean
pause_after_failure (MhReadLog *log)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&log->lock);
  gint64 until = g_get_monotonic_time () + RETRY_AFTER;
  while (!log->stop && g_cond_wait_until (&log->woken, &log->lock, until))
    ;
  return !log->stop;
}

static gpointer
read_log_writer_run (gpointer data)
{
  MhReadLog *log = data;
  for (;;)
    {
      g_mutex_lock (&log->lock);
      GPtrArray *notes = wait_and_take (log);
      g_mutex_unlock (&log->lock);
      if (notes == NULL)
        return NULL;
      guint done = write_notes (log, notes);
      gboolean failed = done < notes->len;
      read_log_put_back (log, notes, done);
      if (failed && !pause_after_failure (log))
        return NULL;
    }
}

gboolean
mh_read_log_flush (MhReadLog *log, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&log->lock);
  guint64 wanted = log->noted;
  gint64 until = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  while (log->done < wanted)
    {
      log->hurry = TRUE;
      g_cond_broadcast (&log->woken);
      if (!g_cond_wait_until (&log->written, &log->lock, until))
        {
          mh_error_set_retry (error, MH_ERROR_BUSY, 5, "The audit trail could not be written.");
          return FALSE;
        }
    }

  return TRUE;
}

guint
mh_read_log_waiting (MhReadLog *log)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&log->lock);
  return log->notes->len;
}

MhReadLog *
mh_read_log_new (MhStore *store)
{
  MhReadLog *log = g_new0 (MhReadLog, 1);
  log->store = store;
  g_mutex_init (&log->lock);
  g_cond_init (&log->woken);
  g_cond_init (&log->written);
  log->notes = g_ptr_array_new_with_free_func (note_free);
  log->same = g_hash_table_new (note_hash, note_equal);
  log->denied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  log->writer = g_thread_new ("read-log", read_log_writer_run, log);
  return log;
}

void
mh_read_log_free (MhReadLog *log)
{
  if (log == NULL)
    return;

  g_mutex_lock (&log->lock);
  log->stop = TRUE;
  g_cond_broadcast (&log->woken);
  g_mutex_unlock (&log->lock);
  g_thread_join (log->writer);
  g_ptr_array_unref (log->notes);
  g_hash_table_unref (log->same);
  g_hash_table_unref (log->denied);
  g_cond_clear (&log->woken);
  g_cond_clear (&log->written);
  g_mutex_clear (&log->lock);
  g_free (log);
}

MhReadLog *
mh_server_read_log (MhServer *server)
{
  return mh_server_part (server, part_read_log);
}

void
mh_server_keep_read_log (MhServer *server, MhReadLog *read_log)
{
  mh_server_keep (server, part_read_log, read_log, (GDestroyNotify)mh_read_log_free);
}
