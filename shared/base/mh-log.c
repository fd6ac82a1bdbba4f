/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-log.h"

#include "shared/base/mh-clock.h"
#include "shared/base/mh-error.h"
#include "shared/base/mh-json.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#define MAX_BATCH (64 * 1024)
#define NAP 5000 /* µs */
#define MAX_WAITING 8192

/* A running log. Everything below the queue belongs to the writer thread alone. */
typedef struct
{
  GAsyncQueue *queue; /* of char *; &end_mark ends the thread */
  GThread *thread;
  MhClock *clock;
  char *path;
  int file;
  gint64 size, max_size;
  guint keep;
} Logger;

static const char *const level_words[] = { "error", "warning", "info", "debug" };

static GRWLock logger_lock; /* writers: init and close; readers: whoever logs */
static Logger *logger;
static atomic_int wanted = -1; /* the least grave level written; -1: no log */
static atomic_uint dropped;
static atomic_bool reopen_asked;
static GPrivate request_key = G_PRIVATE_INIT (g_free);
static char end_mark[] = "";

/* A caller who waits for everything before him to be written. */
typedef struct
{
  char mark; /* 0, so that it reads as an empty line */
  gboolean done;
  GMutex mutex;
  GCond cond;
} Barrier;

/* --- the writer thread --- */

static void
log_write_all (Logger *log, const char *text, gsize length)
{
  while (length > 0)
    {
      gssize n = write (log->file, text, length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return; /* a full disk must not stop the hospital */
      text += n;
      length -= (gsize)n;
      log->size += n;
    }
}

static gboolean
log_open_file (Logger *log)
{
  int file = g_open (log->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  GStatBuf info;
  if (file < 0)
    return FALSE;
  if (log->file >= 0)
    close (log->file);
  log->file = file;
  log->size = g_stat (log->path, &info) == 0 ? info.st_size : 0;
  return TRUE;
}

/* path.1 → path.2 …, path → path.1; the oldest is overwritten. */
static void
rotate (Logger *log)
{
  for (guint i = log->keep; i >= 1; i--)
    {
      g_autofree char *older = g_strdup_printf ("%s.%u", log->path, i);
      g_autofree char *newer
          = i > 1 ? g_strdup_printf ("%s.%u", log->path, i - 1) : g_strdup (log->path);
      g_rename (newer, older);
    }
  if (log->keep == 0)
    g_unlink (log->path);
  log_open_file (log);
}

static void
begin_line (GString *line, gint64 now, MhLogLevel level, const char *domain, const char *event)
{
  mh_json_open (line, '{');
  mh_json_member_instant (line, "time", now);
  mh_json_member_text (line, "level", level_words[level]);
  mh_json_member_text (line, "domain", domain);
  mh_json_member_text (line, "event", event);
}

/* Lines of the batch that wait to be written at once. */
static void
write_batch (Logger *log, GString *batch)
{
  log_write_all (log, batch->str, batch->len);
  g_string_truncate (batch, 0);
}

static void
log_add_line (Logger *log, GString *batch, const char *line)
{
  if (log->path != NULL && atomic_exchange (&reopen_asked, FALSE))
    {
      write_batch (log, batch);
      log_open_file (log);
    }

  gint64 size = log->size + (gint64)batch->len;
  if (log->path != NULL && log->max_size > 0 && size > 0
      && size + (gint64)strlen (line) > log->max_size)
    {
      write_batch (log, batch);
      rotate (log);
    }

  g_string_append (batch, line);
}

static void
report_dropped (Logger *log, GString *batch)
{
  guint n = atomic_exchange (&dropped, 0);
  if (n == 0)
    return;
  g_autoptr (GString) line = g_string_new (NULL);
  begin_line (line, mh_clock_now (log->clock), MH_LOG_WARNING, "log", "log_dropped");
  mh_json_member_int (line, "lines", n);
  g_string_append (line, "}\n");
  log_add_line (log, batch, line->str);
}

static void
release_barrier (Barrier *barrier)
{
  g_mutex_lock (&barrier->mutex);
  barrier->done = TRUE;
  g_cond_signal (&barrier->cond);
  g_mutex_unlock (&barrier->mutex);
}

/* FALSE: the end. */
static gboolean
log_take (Logger *log, GString *batch, char *line)
{
  report_dropped (log, batch);
  if (line == end_mark)
    return FALSE;

  if (*line == 0)
    {
      write_batch (log, batch);
      release_barrier ((Barrier *)(gpointer)line);
      return TRUE;
    }

  log_add_line (log, batch, line);
  g_free (line);
  return TRUE;
}

/* While it naps nobody has to wake it, and the lines of a busy moment go out in one write. */
static gpointer
log_writer_run (gpointer data)
{
  Logger *log = data;
  g_autoptr (GString) batch = g_string_sized_new (MAX_BATCH);
  for (;;)
    {
      char *line = g_async_queue_pop (log->queue);
      gboolean more = TRUE;
      while (more && line != NULL && batch->len < MAX_BATCH)
        {
          more = log_take (log, batch, line);
          line = more ? g_async_queue_try_pop (log->queue) : NULL;
        }
      if (line != NULL)
        more = log_take (log, batch, line);
      write_batch (log, batch);
      if (!more)
        return NULL;
      g_usleep (NAP);
    }
}

/* --- begin and end --- */

static void
logger_free (Logger *log)
{
  if (log == NULL)
    return;

  if (log->thread != NULL)
    {
      g_async_queue_push (log->queue, end_mark);
      g_thread_join (log->thread);
    }

  g_async_queue_unref (log->queue);
  mh_clock_unref (log->clock);
  if (log->path != NULL && log->file >= 0)
    close (log->file);
  g_free (log->path);
  g_free (log);
}

static void
logger_replace (Logger *log, int level)
{
  g_rw_lock_writer_lock (&logger_lock);
  Logger *old = logger;
  logger = log;
  atomic_store (&wanted, level);
  g_rw_lock_writer_unlock (&logger_lock);
  logger_free (old);
}

gboolean
mh_log_init (const MhLogOptions *options, GError **error)
{
  Logger *log = g_new0 (Logger, 1);
  log->queue = g_async_queue_new ();
  log->clock = options->clock != NULL ? mh_clock_ref (options->clock) : mh_clock_new ();
  log->path = g_strdup (options->path);
  log->file = options->path != NULL ? -1 : STDERR_FILENO;
  log->max_size = options->max_size;
  log->keep = MIN (options->keep, 99);

  if (log->path != NULL && !log_open_file (log))
    {
      mh_error_set (error, MH_ERROR_STORE, "The log file %s cannot be opened: %s.", log->path,
                    g_strerror (errno));
      logger_free (log);
      return FALSE;
    }

  log->thread = g_thread_new ("mh-log", log_writer_run, log);
  logger_replace (log, (int)options->level);
  return TRUE;
}

void
mh_log_close (void)
{
  logger_replace (NULL, -1);
}

void
mh_log_flush (void)
{
  Barrier barrier = { 0 };
  g_rw_lock_reader_lock (&logger_lock);
  if (logger != NULL)
    {
      g_mutex_init (&barrier.mutex);
      g_cond_init (&barrier.cond);
      g_async_queue_push (logger->queue, &barrier);
      g_mutex_lock (&barrier.mutex);
      while (!barrier.done)
        g_cond_wait (&barrier.cond, &barrier.mutex);
      g_mutex_unlock (&barrier.mutex);
      g_mutex_clear (&barrier.mutex);
      g_cond_clear (&barrier.cond);
    }

  g_rw_lock_reader_unlock (&logger_lock);
}

void
mh_log_reopen (void)
{
  atomic_store (&reopen_asked, TRUE);
}

/* --- logging --- */

gboolean
mh_log_wants (MhLogLevel level)
{
  return (int)level <= atomic_load (&wanted);
}

gboolean
mh_log_level_parse (const char *text, MhLogLevel *out_level)
{
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (level_words); i++)
    if (g_str_equal (text, level_words[i]))
      {
        *out_level = (MhLogLevel)i;
        return TRUE;
      }
  return FALSE;
}

void
mh_log_set_request (const char *request_id)
{
  g_private_replace (&request_key, g_strdup (request_id));
}

/* A value may come from anywhere; a line is always valid JSON. */
static void
log_put_pair (GString *line, const char *name, const char *value)
{
  if (value == NULL)
    return;
  if (g_utf8_validate (value, -1, NULL))
    {
      mh_json_member_text (line, name, value);
      return;
    }
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  mh_json_member_text (line, name, valid);
}

/* Takes @line. */
static void
push_line (GString *line)
{
  g_string_append (line, "}\n");
  if (g_async_queue_length (logger->queue) < MAX_WAITING)
    {
      g_async_queue_push (logger->queue, g_string_free (line, FALSE));
      return;
    }
  atomic_fetch_add (&dropped, 1);
  g_string_free (line, TRUE);
}

void
mh_log (MhLogLevel level, const char *domain, const char *event, ...)
{
  if (!mh_log_wants (level))
    return;

  g_rw_lock_reader_lock (&logger_lock);
  if (logger != NULL)
    {
      GString *line = g_string_sized_new (256);
      va_list args;
      begin_line (line, mh_clock_now (logger->clock), level, domain, event);
      log_put_pair (line, "request_id", g_private_get (&request_key));
      va_start (args, event);
      for (const char *name = va_arg (args, const char *); name != NULL;
           name = va_arg (args, const char *))
        log_put_pair (line, name, va_arg (args, const char *));
      va_end (args);
      push_line (line);
    }

  g_rw_lock_reader_unlock (&logger_lock);
}

static GLogWriterOutput
log_capture (GLogLevelFlags flags, const GLogField *fields, gsize n_fields, gpointer data)
{
  const char *message = "", *domain = "glib";
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      message = fields[i].value;
    else if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
      domain = fields[i].value;

  MhLogLevel level = MH_LOG_DEBUG;
  if (flags & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    level = MH_LOG_ERROR;
  else if (flags & G_LOG_LEVEL_WARNING)
    level = MH_LOG_WARNING;
  else if (flags & G_LOG_LEVEL_MESSAGE)
    level = MH_LOG_INFO;

  mh_log (level, domain, "message", "text", message, NULL);
  if (flags & (G_LOG_FLAG_FATAL | G_LOG_LEVEL_ERROR))
    mh_log_flush (); /* the process ends right after this */

  return G_LOG_WRITER_HANDLED;
}

void
mh_log_capture_glib (void)
{
  static gsize once = 0;
  if (g_once_init_enter (&once))
    {
      g_log_set_writer_func (log_capture, NULL, NULL);
      g_once_init_leave (&once, 1);
    }
}
