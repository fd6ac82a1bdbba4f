/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-run.h"

#include "server/lab/analysers/mh-analysers-lease.h"
#include "server/lab/analysers/mh-analysers-session.h"
#include "server/lab/analysers/mh-analysers-store.h"
#include "server/lab/analysers/mh-analysers-take.h"
#include "server/lab/analysers/mh-analysers-tls.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/messages/alerts/mh-alerts.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-log.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/people/mh-hospital.h"

#define LOOK_EVERY (G_USEC_PER_SEC)
#define QUIET_EVERY (15 * G_USEC_PER_SEC)
#define FIRST_PAUSE (G_USEC_PER_SEC)
#define LAST_PAUSE (60 * G_USEC_PER_SEC)
#define MAX_LINES 16 /* of one link */
#define TRIES 2      /* to open what is this machine's, before another server may */

typedef struct
{
  MhAnalysersLink base;
  GThread *thread;
  GPtrArray *lines; /* of Line */
  char *status, *problem;
  gint stuck;    /* atomic: its address or serial line cannot be had here */
  gboolean lost; /* runs elsewhere, or will: what it is doing is not for us to say */
} Link;

struct _MhAnalysers
{
  MhServer *server;
  GThread *thread;
  GMutex lock;
  GCond wake;
  gboolean stopping;
  GHashTable *links; /* id → Link */
  MhLeases *leases;
};

static gboolean
analysers_run_is (MhRecord *record, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (record, field), code) == 0;
}

/* --- what people see of it --- */

typedef struct
{
  MhRecord *link;
  const char *status, *problem;
} Status;

static gboolean
write_status (MhTx *tx, gpointer data, GError **error)
{
  Status *status = data;
  const char *hospital_id = mh_record_text (status->link, MH_LINK_HOSPITAL_ID);
  g_autofree char *key = g_strconcat ("offline:", mh_record_id (status->link), NULL);
  gboolean well = g_str_equal (status->status, MH_LINK_CONNECTED)
                  || g_str_equal (status->status, MH_LINK_OFF);
  return mh_analysers_store_set_status (tx, mh_record_id (status->link), status->status,
                                        status->problem, error)
         && mh_tx_touch (tx, &mh_analyser_link_type, mh_record_id (status->link), hospital_id,
                         error)
         && (!well || mh_alerts_clear (tx, hospital_id, key, error));
}

/* By the link's own threads, under its lock. */
static void
analysers_run_tell (Link *link, const char *status, const GError *problem)
{
  const char *words = problem != NULL ? problem->message : NULL;
  if (g_strcmp0 (link->status, status) == 0 && g_strcmp0 (link->problem, words) == 0)
    return;

  g_autoptr (GError) error = NULL;
  g_autofree char *cut = words != NULL ? mh_text_cut (words, 400) : NULL;
  MhWho who = { .user_name = mh_record_text (link->base.link, MH_LINK_NAME),
                .role = "analyser",
                .hospital_id = mh_record_text (link->base.link, MH_LINK_HOSPITAL_ID) };
  Status data = { link->base.link, status, cut };

  g_free (link->status);
  link->status = g_strdup (status);
  g_free (link->problem);
  link->problem = g_strdup (words);
  mh_log (problem != NULL ? MH_LOG_WARNING : MH_LOG_INFO, "analysers", "state", "link",
          mh_record_text (link->base.link, MH_LINK_CODE), "status", status, "problem", words, NULL);
  if (!mh_store_write (mh_server_store (link->base.server), &who, write_status, &data, &error))
    mh_log (MH_LOG_WARNING, "analysers", "state-not-written", "error", error->message, NULL);
}

static void
count_lines (Link *link, int change)
{
  g_mutex_lock (&link->base.lock);
  link->base.n_lines = (guint)((int)link->base.n_lines + change);
  guint n = link->base.n_lines;
  g_mutex_unlock (&link->base.lock);
  if (g_cancellable_is_cancelled (link->base.stop))
    return;
  if (change > 0 && n == 1)
    analysers_run_tell (link, MH_LINK_CONNECTED, NULL);
  else if (change < 0 && n == 0
           && analysers_run_is (link->base.link, MH_LINK_TRANSPORT, MH_LINK_LISTEN))
    analysers_run_tell (link, MH_LINK_LISTENING, NULL);
}

/* --- lines --- */

typedef struct
{
  Link *link;
  MhWire *wire;
  GThread *thread;
  gint over; /* atomic */
} Line;

static void
run_line (Link *link, MhWire *wire, GError **error)
{
  if (!mh_wire_secure (wire, link->base.link, link->base.own, link->base.stop, error))
    return;
  count_lines (link, +1);
  mh_analysers_session_run (&link->base, wire, error);
  count_lines (link, -1);
}

/* Why nobody gets through is seen in the log: a line that listens has no single last error. */
static void
log_stranger (Link *link, MhWire *wire, const GError *problem)
{
  mh_log (MH_LOG_WARNING, "analysers", "turned-away", "link",
          mh_record_text (link->base.link, MH_LINK_CODE), "from", mh_wire_peer (wire), "reason",
          problem->message, NULL);
}

static gpointer
line_thread (gpointer data)
{
  Line *line = data;
  g_autoptr (GError) ended = NULL;
  run_line (line->link, line->wire, &ended);
  if (ended != NULL && ended->domain == G_TLS_ERROR)
    log_stranger (line->link, line->wire, ended);
  g_clear_pointer (&line->wire, mh_wire_free);
  g_atomic_int_set (&line->over, 1);
  return NULL;
}

/* Some analysers make a new line for each message: what is over is let go at once. */
static void
reap (Link *link, gboolean all)
{
  for (guint i = link->lines->len; i > 0; i--)
    {
      Line *line = g_ptr_array_index (link->lines, i - 1);
      if (!all && !g_atomic_int_get (&line->over))
        continue;
      g_thread_join (line->thread);
      g_free (line);
      g_ptr_array_remove_index_fast (link->lines, i - 1);
    }
}

/* The rest of @pause, or until the link is stopped. */
static void
analysers_run_rest (Link *link, gint64 pause)
{
  GPollFD fd;
  if (!g_cancellable_make_pollfd (link->base.stop, &fd))
    return;
  g_poll (&fd, 1, (int)(pause / 1000));
  g_cancellable_release_fd (link->base.stop);
}

static void
accept_line (Link *link, GSocket *listening)
{
  g_autoptr (GSocket) socket = g_socket_accept (listening, link->base.stop, NULL);
  reap (link, FALSE);
  if (socket == NULL)
    return;

  guint n = link->lines->len; /* also those that have not shaken hands yet */
  if (n >= MAX_LINES || !mh_wire_may_come (link->base.link, socket))
    {
      mh_log (MH_LOG_WARNING, "analysers", "turned-away", "link",
              mh_record_text (link->base.link, MH_LINK_CODE), "reason",
              n >= MAX_LINES ? "too many lines" : "address not allowed", NULL);
      g_socket_close (socket, NULL);
      return;
    }

  Line *line = g_new0 (Line, 1);
  line->link = link;
  line->wire = mh_wire_new_socket (g_steal_pointer (&socket));
  line->thread = g_thread_new ("analyser-line", line_thread, line);
  g_ptr_array_add (link->lines, line);
}

/* What lies on this machine and could not be opened: another server may have it. */
static void
note_failure (Link *link, guint *failures)
{
  if (++*failures >= TRIES)
    g_atomic_int_set (&link->stuck, 1);
}

static gboolean
analysers_run_may_listen (Link *link, GError **error)
{
  if (!mh_analysers_tls_is_on (link->base.link) || link->base.own != NULL)
    return TRUE;
  mh_error_set (error, MH_ERROR_BUSY, "The server has no certificate to show.");
  return FALSE;
}

static void
listen_until_stopped (Link *link)
{
  guint failures = 0;
  gint64 pause = FIRST_PAUSE;
  g_autoptr (GSocket) listening = NULL;
  while (listening == NULL && !g_cancellable_is_cancelled (link->base.stop))
    {
      g_autoptr (GError) error = NULL;
      listening = analysers_run_may_listen (link, &error) ? mh_wire_listen (link->base.link, &error)
                                                          : NULL;
      if (listening != NULL)
        break;
      analysers_run_tell (link, MH_LINK_FAILED, error);
      note_failure (link, &failures);
      analysers_run_rest (link, pause);
      pause = MIN (pause * 2, LAST_PAUSE);
    }

  if (listening == NULL)
    return;

  analysers_run_tell (link, MH_LINK_LISTENING, NULL);
  while (g_socket_condition_timed_wait (listening, G_IO_IN, -1, link->base.stop, NULL))
    accept_line (link, listening);
  g_socket_close (listening, NULL);
}

static MhWire *
open_line (Link *link, GError **error)
{
  return analysers_run_is (link->base.link, MH_LINK_TRANSPORT, MH_LINK_SERIAL)
             ? mh_wire_open_serial (link->base.link, error)
             : mh_wire_connect (link->base.link, link->base.stop, error);
}

/* Again and again, with growing pauses while it does not work at all. */
static void
connect_until_stopped (Link *link)
{
  guint failures = 0;
  gint64 pause = FIRST_PAUSE;
  gboolean serial = analysers_run_is (link->base.link, MH_LINK_TRANSPORT, MH_LINK_SERIAL);

  analysers_run_tell (link, MH_LINK_CONNECTING, NULL);
  while (!g_cancellable_is_cancelled (link->base.stop))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhWire) wire = open_line (link, &error);
      gint64 since = g_get_monotonic_time ();
      if (wire != NULL)
        run_line (link, wire, &error);
      else if (serial)
        note_failure (link, &failures);
      if (g_cancellable_is_cancelled (link->base.stop))
        return;
      if (wire != NULL && g_get_monotonic_time () - since > LAST_PAUSE)
        pause = FIRST_PAUSE;
      analysers_run_tell (link, MH_LINK_CONNECTING, error);
      analysers_run_rest (link, pause);
      pause = MIN (pause * 2, LAST_PAUSE);
    }
}

static gpointer
link_thread (gpointer data)
{
  Link *link = data;
  if (analysers_run_is (link->base.link, MH_LINK_TRANSPORT, MH_LINK_LISTEN))
    listen_until_stopped (link);
  else
    connect_until_stopped (link);
  return NULL;
}

/* --- links --- */

static void
link_free (gpointer data)
{
  Link *link = data;
  g_cancellable_cancel (link->base.stop);
  g_thread_join (link->thread);
  reap (link, TRUE);
  if (!link->lost)
    analysers_run_tell (link, MH_LINK_OFF, NULL);
  g_ptr_array_unref (link->lines);
  g_object_unref (link->base.stop);
  g_object_unref (link->base.link);
  g_clear_object (&link->base.own);
  g_time_zone_unref (link->base.zone);
  g_mutex_clear (&link->base.lock);
  g_free (link->base.us);
  g_free (link->status);
  g_free (link->problem);
  g_free (link);
}

static char *
hospital_code (MhServer *server, MhDb *db, MhRecord *record)
{
  g_autoptr (MhCatalogueView) view = mh_catalogue_view (mh_server_catalogue (server), db, NULL);
  MhRecord *hospital
      = view != NULL ? mh_catalogue_hospital (view, mh_record_text (record, MH_LINK_HOSPITAL_ID))
                     : NULL;
  return hospital != NULL ? g_strdup (mh_record_text (hospital, MH_HOSPITAL_CODE)) : NULL;
}

static GTlsCertificate *
own_certificate (MhServer *server, MhRecord *record)
{
  g_autoptr (GError) error = NULL;
  GTlsCertificate *own
      = mh_analysers_tls_is_on (record) ? mh_analysers_tls_own (server, &error) : NULL;
  if (error != NULL)
    mh_log (MH_LOG_ERROR, "analysers", "certificate-not-read", "error", error->message, NULL);
  return own;
}

static Link *
link_start (MhServer *server, MhDb *db, MhRecord *record)
{
  Link *link = g_new0 (Link, 1);
  link->base.server = server;
  link->base.link = g_object_ref (record);
  link->base.stop = g_cancellable_new ();
  link->base.zone = mh_analysers_zone (server, db, record);
  link->base.us = hospital_code (server, db, record);
  link->base.own = own_certificate (server, record);
  link->lines = g_ptr_array_new ();

  /* What failed and is tried again has not failed anew. */
  if (analysers_run_is (record, MH_LINK_STATUS, MH_LINK_FAILED))
    {
      link->status = g_strdup (MH_LINK_FAILED);
      link->problem = g_strdup (mh_record_text (record, MH_LINK_LAST_ERROR));
    }

  g_mutex_init (&link->base.lock);
  link->thread = g_thread_new ("analyser-link", link_thread, link);
  return link;
}

/* Those that are switched on. */
static GHashTable *
enabled_of (GPtrArray *links)
{
  GHashTable *enabled = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < links->len; i++)
    if (mh_record_bool (g_ptr_array_index (links, i), MH_LINK_ENABLED))
      g_hash_table_insert (enabled, (gpointer)mh_record_id (g_ptr_array_index (links, i)),
                           g_ptr_array_index (links, i));
  return enabled;
}

static void
look_at_leases (MhAnalysers *analysers, GHashTable *enabled)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  gint64 now = g_get_monotonic_time ();
  GHashTableIter at;
  gpointer id, running;

  g_hash_table_iter_init (&at, analysers->links);
  while (g_hash_table_iter_next (&at, &id, &running))
    if (g_atomic_int_get (&((Link *)running)->stuck))
      mh_leases_give_up (analysers->leases, id, now);
  g_hash_table_iter_init (&at, enabled);
  while (g_hash_table_iter_next (&at, &id, NULL))
    g_ptr_array_add (wanted, id);
  if (!mh_leases_look (analysers->leases, wanted, now, &error))
    mh_log (MH_LOG_WARNING, "analysers", "leases-not-written", "error", error->message, NULL);
}

/* The version counts what people change; the state that the link itself writes does not. */
static void
analysers_run_follow (MhAnalysers *analysers, MhDb *db, GHashTable *enabled)
{
  GHashTableIter at;
  gpointer id, running;
  g_hash_table_iter_init (&at, analysers->links);
  while (g_hash_table_iter_next (&at, &id, &running))
    {
      Link *link = running;
      MhRecord *now = g_hash_table_lookup (enabled, id);
      link->lost = now != NULL && !mh_leases_has (analysers->leases, id);
      if (now == NULL || link->lost
          || mh_record_version (now) != mh_record_version (link->base.link))
        g_hash_table_iter_remove (&at);
    }
  g_hash_table_iter_init (&at, enabled);
  while (g_hash_table_iter_next (&at, &id, &running))
    if (mh_leases_has (analysers->leases, id) && !g_hash_table_contains (analysers->links, id))
      g_hash_table_insert (analysers->links, g_strdup (id),
                           link_start (analysers->server, db, running));
}

/* --- alerts --- */

static gboolean
raise_quiet (MhTx *tx, gpointer data, GError **error)
{
  GPtrArray *links = data;
  for (guint i = 0; i < links->len; i++)
    if (!mh_analysers_tell_quiet (tx, g_ptr_array_index (links, i), error))
      return FALSE;
  return TRUE;
}

static void
look_for_quiet (MhAnalysers *analysers, GPtrArray *links)
{
  gint64 now = mh_clock_now (mh_server_clock (analysers->server));
  gboolean any = FALSE;
  for (guint i = 0; i < links->len; i++)
    any = any || mh_analysers_is_quiet (g_ptr_array_index (links, i), now);
  if (any)
    mh_store_write (mh_server_store (analysers->server), &(MhWho){ .user_name = "analysers" },
                    raise_quiet, links, NULL);
}

/* --- the whole --- */

/* Without a database nothing can be acknowledged: in time the lines are left to another server. */
static void
let_go_of_lost (MhAnalysers *analysers)
{
  GHashTableIter at;
  gpointer id, running;
  mh_leases_fence (analysers->leases, g_get_monotonic_time ());
  g_hash_table_iter_init (&at, analysers->links);
  while (g_hash_table_iter_next (&at, &id, &running))
    if (!mh_leases_has (analysers->leases, id))
      {
        ((Link *)running)->lost = TRUE;
        g_hash_table_iter_remove (&at);
      }
}

static GPtrArray *
analysers_run_look (MhAnalysers *analysers)
{
  g_autoptr (GError) error = NULL;
  MhStore *store = mh_server_store (analysers->server);
  MhDb *db = mh_store_take_reader (store, &error);

  if (db == NULL)
    {
      let_go_of_lost (analysers);
      return NULL;
    }

  GPtrArray *links = mh_analysers_store_links (db, NULL, &error);
  g_autoptr (GHashTable) enabled = links != NULL ? enabled_of (links) : NULL;
  if (enabled != NULL)
    {
      look_at_leases (analysers, enabled);
      analysers_run_follow (analysers, db, enabled);
    }
  else
    let_go_of_lost (analysers);

  mh_store_give_reader (store, db);
  return links;
}

static gpointer
manager_thread (gpointer data)
{
  MhAnalysers *analysers = data;
  gint64 quiet_at = 0;
  g_mutex_lock (&analysers->lock);
  while (!analysers->stopping)
    {
      g_mutex_unlock (&analysers->lock);
      g_autoptr (GPtrArray) links = analysers_run_look (analysers);
      if (links != NULL && g_get_monotonic_time () >= quiet_at)
        {
          look_for_quiet (analysers, links);
          quiet_at = g_get_monotonic_time () + QUIET_EVERY;
        }
      g_mutex_lock (&analysers->lock);
      if (!analysers->stopping)
        g_cond_wait_until (&analysers->wake, &analysers->lock,
                           g_get_monotonic_time () + LOOK_EVERY);
    }
  g_mutex_unlock (&analysers->lock);

  return NULL;
}

MhAnalysers *
mh_analysers_start (MhServer *server)
{
  MhAnalysers *analysers = g_new0 (MhAnalysers, 1);
  analysers->server = server;
  analysers->links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, link_free);
  analysers->leases = mh_leases_new (mh_server_store (server), NULL);
  g_mutex_init (&analysers->lock);
  g_cond_init (&analysers->wake);
  analysers->thread = g_thread_new ("analysers", manager_thread, analysers);
  return analysers;
}

void
mh_analysers_stop (MhAnalysers *analysers)
{
  if (analysers == NULL)
    return;

  g_mutex_lock (&analysers->lock);
  analysers->stopping = TRUE;
  g_cond_signal (&analysers->wake);
  g_mutex_unlock (&analysers->lock);
  g_thread_join (analysers->thread);
  g_hash_table_unref (analysers->links);
  mh_leases_free (analysers->leases);
  g_mutex_clear (&analysers->lock);
  g_cond_clear (&analysers->wake);
  g_free (analysers);
}
