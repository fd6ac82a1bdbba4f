/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-session.h"

#include "server/lab/analysers/mh-analysers-orders.h"
#include "server/lab/analysers/mh-analysers-picture.h"
#include "server/lab/analysers/mh-analysers-store.h"
#include "server/lab/analysers/mh-analysers-take.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-log.h"
#include "shared/hl7/mh-astm.h"
#include "shared/hl7/mh-mllp.h"
#include "shared/records/lab/mh-analyser.h"

#include <string.h>

#define LOOK_EVERY (G_USEC_PER_SEC / 2) /* at the queue */
#define FRAME_TIMEOUT (30 * G_USEC_PER_SEC)
#define ANSWER_TIMEOUT (30 * G_USEC_PER_SEC)
#define BUSY_ATTEMPTS 6

typedef struct
{
  MhAnalysersLink *link;
  MhWire *wire;
  MhMllp *mllp; /* one of the two */
  MhAstm *astm;
  gint64 frame_since; /* a frame has begun and not ended; 0: none */
  /* of the queue, under way */
  char *out_id, *out_number;
  gint64 out_until;
  GQueue answers; /* of GBytes: what an analyser asked for, beside the queue */
  gboolean sends_answer;
  gint64 looked;
} Session;

static MhWho
who_of (MhAnalysersLink *link, MhWire *wire)
{
  return (MhWho){ .user_name = mh_record_text (link->link, MH_LINK_NAME),
                  .role = "analyser",
                  .hospital_id = mh_record_text (link->link, MH_LINK_HOSPITAL_ID),
                  .station = mh_wire_peer (wire) };
}

/* A database that is busy or away for a moment is asked again; longer than the analyser waits there
 * is no point. */
static gboolean
write_patiently (Session *session, MhTxFunc func, gpointer data, GError **error)
{
  MhStore *store = mh_server_store (session->link->server);
  MhWho who = who_of (session->link, session->wire);
  gulong pause = G_USEC_PER_SEC / 10;

  for (guint i = 0; i < BUSY_ATTEMPTS; i++, pause *= 2)
    {
      g_autoptr (GError) failure = NULL;
      if (mh_store_write (store, &who, func, data, &failure))
        return TRUE;
      if (!mh_error_is_away (failure) || i + 1 == BUSY_ATTEMPTS
          || g_cancellable_is_cancelled (session->link->stop))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_usleep (pause);
    }

  return FALSE;
}

/* Kept and placed; if placing it fails in a way nobody foresaw, kept alone: an analyser forgets
 * what it has been told is safe. */
static gboolean
analysers_session_take (Session *session, MhAnalysersTaking *taking, GError **error)
{
  g_autoptr (GError) failure = NULL;
  if (write_patiently (session, mh_analysers_take, taking, &failure))
    return TRUE;

  if (mh_error_is_away (failure) || taking->only_keep)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  mh_log (MH_LOG_ERROR, "analysers", "message-not-placed", "link",
          mh_record_text (session->link->link, MH_LINK_CODE), "error", failure->message, NULL);
  taking->only_keep = TRUE;
  taking->problem = failure->message;
  return write_patiently (session, mh_analysers_take, taking, error);
}

static void
begin_taking (Session *session,
              MhAnalysersTaking *taking,
              GBytes *bytes,
              const MhDeviceMessage *message,
              const GError *unreadable)
{
  *taking = (MhAnalysersTaking){ .server = session->link->server,
                                 .link = session->link->link,
                                 .bytes = bytes,
                                 .message = message,
                                 .peer = mh_wire_peer (session->wire),
                                 .problem = unreadable != NULL ? unreadable->message : NULL };
}

static gboolean
send_bytes (Session *session, GBytes *bytes, GError **error)
{
  return mh_wire_write (session->wire, bytes, session->link->stop, error);
}

static gboolean
analysers_session_send_frame (Session *session, GBytes *message, GError **error)
{
  g_autoptr (GBytes) frame = mh_mllp_frame (message);
  return send_bytes (session, frame, error);
}

/* --- its clock --- */

enum
{
  CLOCK_UNKNOWN,
  CLOCK_RIGHT,
  CLOCK_WRONG
};

typedef struct
{
  MhAnalysersLink *link;
  gint64 minutes;
} Clock;

static gboolean
tell_clock (MhTx *tx, gpointer data, GError **error)
{
  Clock *told = data;
  return mh_analysers_tell_clock (tx, told->link->link, told->minutes, error);
}

/* A wrong clock is no reason to refuse anything; people are told when that changes. What waited in
 * the analyser while the line was down looks late too, until the first message of now. */
static void
look_at_clock (Session *session, const MhDeviceMessage *message)
{
  MhAnalysersLink *link = session->link;
  gint64 now = mh_clock_now (mh_server_clock (link->server));
  Clock told = { link, message != NULL ? mh_device_minutes_off (message, now) : 0 };
  int state = told.minutes > 0 ? CLOCK_WRONG : CLOCK_RIGHT;
  if (message == NULL || message->sent_at == 0 || g_atomic_int_get (&link->clock_state) == state)
    return;
  if (write_patiently (session, tell_clock, &told, NULL))
    g_atomic_int_set (&link->clock_state, state);
}

/* --- the queue --- */

typedef struct
{
  MhAnalysersLink *link;
  const char *id, *answer, *problem;
} Sent;

static gboolean
note_sent (MhTx *tx, gpointer data, GError **error)
{
  Sent *sent = data;
  return mh_analysers_order_sent (tx, sent->link->link, sent->id, sent->answer, sent->problem,
                                  error);
}

static void
analysers_session_let_go (Session *session)
{
  g_mutex_lock (&session->link->lock);
  if (session->link->sender == session)
    session->link->sender = NULL;
  g_mutex_unlock (&session->link->lock);
  g_clear_pointer (&session->out_id, g_free);
  g_clear_pointer (&session->out_number, g_free);
}

static gboolean
finish_sending (Session *session, const char *answer, const char *problem, GError **error)
{
  Sent sent = { session->link, session->out_id, answer, problem };
  gboolean noted = session->out_id == NULL || write_patiently (session, note_sent, &sent, error);
  analysers_session_let_go (session);
  session->looked = 0;
  return noted;
}

/* One message of a link is under way at a time, whatever number of lines there are. */
static gboolean
analysers_session_claim (Session *session)
{
  g_mutex_lock (&session->link->lock);
  gboolean free = session->link->sender == NULL || session->link->sender == session;
  if (free)
    session->link->sender = session;
  g_mutex_unlock (&session->link->lock);
  return free;
}

static MhRecord *
next_out (Session *session, GError **error)
{
  MhStore *store = mh_server_store (session->link->server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;
  MhRecord *message = mh_analysers_store_next_out (db, mh_record_id (session->link->link), error);
  mh_store_give_reader (store, db);
  if (message != NULL
      && mh_record_int (message, MH_MESSAGE_NEXT_AT)
             > mh_clock_now (mh_server_clock (session->link->server)))
    g_clear_object (&message);
  return message;
}

static gboolean
start_sending (Session *session, MhRecord *message, gint64 now, GError **error)
{
  g_autoptr (GBytes) bytes = mh_analysers_raw_bytes (message);
  session->out_id = g_strdup (mh_record_id (message));
  session->out_number = g_strdup (mh_record_text (message, MH_MESSAGE_CONTROL_ID));
  session->out_until = now + ANSWER_TIMEOUT;
  if (session->mllp != NULL)
    return analysers_session_send_frame (session, bytes, error);
  mh_astm_send (session->astm, bytes, now);
  return TRUE;
}

static gboolean
analysers_session_may_send (Session *session, gint64 now)
{
  return session->mllp != NULL ? session->frame_since == 0 : mh_astm_may_send (session->astm, now);
}

static gboolean
look_at_queue (Session *session, gint64 now, GError **error)
{
  g_autoptr (GError) failure = NULL;
  if (session->out_id != NULL || session->sends_answer
      || !analysers_session_may_send (session, now))
    return TRUE;

  if (!g_queue_is_empty (&session->answers))
    {
      g_autoptr (GBytes) answer = g_queue_pop_head (&session->answers);
      if (session->mllp != NULL)
        return analysers_session_send_frame (session, answer, error);
      session->sends_answer = mh_astm_send (session->astm, answer, now);
      return TRUE;
    }

  if (now - session->looked < LOOK_EVERY || !analysers_session_claim (session))
    return TRUE;

  session->looked = now;
  g_autoptr (MhRecord) message = next_out (session, &failure);
  if (message != NULL)
    return start_sending (session, message, now, error);

  analysers_session_let_go (session);
  return TRUE;
}

/* --- questions --- */

typedef struct
{
  MhAnalysersTaking taking;
  GPtrArray *answers;
} Asked;

static gboolean
analysers_session_take_query (MhTx *tx, gpointer data, GError **error)
{
  Asked *asked = data;
  g_clear_pointer (&asked->answers, g_ptr_array_unref);
  if (!mh_analysers_take (tx, &asked->taking, error))
    return FALSE;
  return strcmp (asked->taking.answer, MH_ANSWER_ACCEPTED) != 0
         || mh_analysers_order_answer (tx, asked->taking.server, asked->taking.link,
                                       asked->taking.message, &asked->answers, error);
}

/* A question asked twice is answered twice. */
static gboolean
answer_query (Session *session, Asked *asked, GError **error)
{
  if (!write_patiently (session, analysers_session_take_query, asked, error))
    return FALSE;
  for (guint i = 0; asked->answers != NULL && i < asked->answers->len; i++)
    g_queue_push_tail (&session->answers, g_bytes_ref (g_ptr_array_index (asked->answers, i)));
  return TRUE;
}

static void
analysers_session_asked_clear (Asked *asked)
{
  mh_analysers_taking_clear (&asked->taking);
  g_clear_pointer (&asked->answers, g_ptr_array_unref);
}

/* --- HL7 --- */

/* Twenty characters at most, never the same twice. */
static char *
answer_number (Session *session)
{
  static gint count;
  return g_strdup_printf ("A%" G_GINT64_MODIFIER "X%03X",
                          (guint64)mh_clock_now (mh_server_clock (session->link->server)),
                          (guint)g_atomic_int_add (&count, 1) & 0xfff);
}

static gboolean
send_ack (Session *session,
          const MhDeviceMessage *message,
          const char *answer,
          const MhAnalysersTaking *taking,
          GError **error)
{
  g_autofree char *number = answer_number (session);
  MhDeviceEnvelope envelope = { .us = session->link->us,
                                .them = message != NULL ? message->sender : NULL,
                                .number = number,
                                .now = mh_clock_now (mh_server_clock (session->link->server)),
                                .zone = session->link->zone };
  g_autoptr (GBytes) ack
      = mh_device_write_ack (&envelope, message, answer, taking->code, taking->text);
  return analysers_session_send_frame (session, ack, error);
}

/* In the enhanced mode the first answer tells that it is kept, and what is not kept has no other.
 */
static gboolean
accept (Session *session,
        const MhDeviceMessage *message,
        const MhAnalysersTaking *taking,
        GError **error)
{
  gboolean taken = g_str_equal (taking->answer, MH_ANSWER_ACCEPTED);
  const char answer[] = { 'C', taking->answer[1], '\0' };
  return !mh_device_wants (message->accept, taken)
         || send_ack (session, message, answer, taking, error);
}

static gboolean
acknowledge (Session *session,
             const MhDeviceMessage *message,
             const MhAnalysersTaking *taking,
             GError **error)
{
  gboolean taken = g_str_equal (taking->answer, MH_ANSWER_ACCEPTED);
  if (!mh_device_is_enhanced (message))
    return send_ack (session, message, taking->answer, taking, error);
  if (!accept (session, message, taking, error))
    return FALSE;
  gboolean told = !taken && mh_device_wants (message->accept, FALSE);
  return told || !mh_device_wants (message->application, taken)
         || send_ack (session, message, taking->answer, taking, error);
}

static gboolean
note_late (MhTx *tx, gpointer data, GError **error)
{
  Sent *sent = data;
  return mh_analysers_order_judged (tx, sent->link->link, sent->id, sent->answer, sent->problem,
                                    error);
}

/* An answer that wants to be told that it came. */
static gboolean
accept_answer (Session *session, const MhDeviceMessage *message, GError **error)
{
  MhAnalysersTaking taking = { .answer = MH_ANSWER_ACCEPTED };
  gboolean plain = g_str_has_prefix (message->type, "ACK");
  return plain || message->answer[0] == 'C' || accept (session, message, &taking, error);
}

static gboolean
hl7_answer (Session *session, const MhDeviceMessage *message, GError **error)
{
  if (message->answer == NULL || message->answers == NULL)
    return TRUE;
  g_autofree char *word = g_strndup (message->answer, 2);
  if (session->out_id != NULL && g_str_equal (message->answers, session->out_number))
    return finish_sending (session, word, message->answer_text, error)
           && accept_answer (session, message, error);
  /* Later than "it is kept": what became of it. An answer to nothing of ours changes nothing. */
  Sent late = { session->link, message->answers, word, message->answer_text };
  return write_patiently (session, note_late, &late, error)
         && accept_answer (session, message, error);
}

static gboolean
hl7_query (Session *session, GBytes *bytes, const MhDeviceMessage *message, GError **error)
{
  Asked asked = { .answers = NULL };
  begin_taking (session, &asked.taking, bytes, message, NULL);
  gboolean done = answer_query (session, &asked, error);

  /* The first answer of a query is its acknowledgement and cannot wait. */
  if (done && asked.answers != NULL)
    {
      if (mh_device_is_enhanced (message) && !accept (session, message, &asked.taking, error))
        {
          analysers_session_asked_clear (&asked);
          return FALSE;
        }
      g_autoptr (GBytes) first = g_queue_pop_head (&session->answers);
      done = analysers_session_send_frame (session, first, error);
    }
  else if (done)
    done = acknowledge (session, message, &asked.taking, error);

  analysers_session_asked_clear (&asked);
  session->looked = 0;
  return done;
}

static gboolean
hl7_message (Session *session, GBytes *bytes, GError **error)
{
  g_autoptr (GError) unreadable = NULL;
  g_autoptr (MhDeviceMessage) message
      = mh_device_read_hl7 (bytes, session->link->zone, &unreadable);
  if (message != NULL && message->kind == MH_DEVICE_ANSWER)
    return hl7_answer (session, message, error);
  if (message != NULL && message->kind == MH_DEVICE_QUERY)
    return hl7_query (session, bytes, message, error);

  MhAnalysersTaking taking;
  if (message != NULL)
    mh_analysers_pictures_ready (message);
  begin_taking (session, &taking, bytes, message, unreadable);

  gboolean done = analysers_session_take (session, &taking, error)
                  && acknowledge (session, message, &taking, error);
  mh_analysers_taking_clear (&taking);
  if (done)
    look_at_clock (session, message);

  return done;
}

static gboolean
hl7_too_large (Session *session, GError **error)
{
  MhAnalysersTaking refused
      = { .answer = MH_ANSWER_REJECTED, .code = "207", .text = (char *)"The message is too long" };
  return acknowledge (session, NULL, &refused, error);
}

static gboolean
hl7_events (Session *session, gint64 now, GError **error)
{
  for (;;)
    {
      g_autoptr (GBytes) frame = NULL;
      MhMllpEvent event = mh_mllp_next (session->mllp, &frame);
      if (event == MH_MLLP_NOTHING)
        break;
      if (!(event == MH_MLLP_FRAME ? hl7_message (session, frame, error)
                                   : hl7_too_large (session, error)))
        return FALSE;
      session->frame_since = 0;
    }

  if (!mh_mllp_is_inside (session->mllp))
    session->frame_since = 0;
  else if (session->frame_since == 0)
    session->frame_since = now;

  return TRUE;
}

static gboolean
hl7_time (Session *session, gint64 now, GError **error)
{
  if (session->frame_since != 0 && now - session->frame_since > FRAME_TIMEOUT)
    {
      mh_error_set (error, MH_ERROR_BUSY, "A message began and never ended.");
      return FALSE;
    }
  if (session->out_id == NULL || now < session->out_until)
    return TRUE;
  if (finish_sending (session, NULL, "The analyser did not answer.", error))
    mh_error_set (error, MH_ERROR_BUSY, "The analyser did not answer.");
  return FALSE; /* a new line, so that a late answer is not taken for the next one's */
}

/* --- ASTM --- */

static gboolean
astm_message (Session *session, GBytes *bytes, gboolean broken, gint64 now, GError **error)
{
  g_autoptr (GError) unreadable = NULL;
  g_autoptr (GError) failure = NULL;
  Asked asked = { .answers = NULL };
  g_autoptr (MhDeviceMessage) message
      = mh_device_read_astm (bytes, session->link->zone, &unreadable);

  begin_taking (session, &asked.taking, bytes, message, unreadable);
  if (broken)
    {
      asked.taking.only_keep = TRUE;
      asked.taking.problem = "The transmission broke off before its end.";
    }

  gboolean kept = message != NULL && message->kind == MH_DEVICE_QUERY && !broken
                      ? answer_query (session, &asked, &failure)
                      : analysers_session_take (session, &asked.taking, &failure);

  analysers_session_asked_clear (&asked);
  if (kept && !broken)
    look_at_clock (session, message);

  /* Not kept: it is asked for again, and the line stays. */
  if (!kept)
    mh_log (MH_LOG_ERROR, "analysers", "message-not-kept", "link",
            mh_record_text (session->link->link, MH_LINK_CODE), "error", failure->message, NULL);
  if (!broken)
    mh_astm_answer (session->astm, kept, g_get_monotonic_time ());

  return TRUE;
}

static gboolean
astm_sent (Session *session, gboolean taken, GError **error)
{
  if (session->sends_answer)
    {
      session->sends_answer = FALSE;
      return TRUE;
    }
  return finish_sending (session, taken ? "AA" : NULL,
                         taken ? NULL : "The analyser did not take it.", error);
}

static gboolean
astm_events (Session *session, gint64 now, GError **error)
{
  for (;;)
    {
      g_autoptr (GBytes) bytes = NULL;
      MhAstmEvent event = mh_astm_next (session->astm, &bytes);
      gboolean done = event == MH_ASTM_MESSAGE || event == MH_ASTM_BROKEN
                          ? astm_message (session, bytes, event == MH_ASTM_BROKEN, now, error)
                      : event == MH_ASTM_NOTHING
                          ? TRUE
                          : astm_sent (session, event == MH_ASTM_SENT, error);
      g_autoptr (GBytes) output = mh_astm_take_output (session->astm);
      if (!done || (output != NULL && !send_bytes (session, output, error)))
        return FALSE;
      if (event == MH_ASTM_NOTHING)
        return TRUE;
    }
}

/* --- the line --- */

static gint64
patience (Session *session, gint64 now)
{
  gint64 until = now + LOOK_EVERY;
  if (session->astm != NULL)
    until = MIN (until, mh_astm_deadline (session->astm));
  return MAX (until - now, 1000);
}

static gboolean
analysers_session_turn (Session *session, GError **error)
{
  guint8 buffer[65536];
  gint64 now = g_get_monotonic_time ();
  gssize n = mh_wire_read (session->wire, buffer, sizeof buffer, patience (session, now),
                           session->link->stop, error);

  if (n < 0)
    return FALSE;

  now = g_get_monotonic_time ();
  if (session->mllp != NULL)
    {
      mh_mllp_feed (session->mllp, buffer, (gsize)n);
      if (!hl7_events (session, now, error) || !hl7_time (session, now, error))
        return FALSE;
    }
  else
    {
      mh_astm_feed (session->astm, buffer, (gsize)n, now);
      mh_astm_tick (session->astm, now);
      if (!astm_events (session, now, error))
        return FALSE;
    }

  if (!look_at_queue (session, g_get_monotonic_time (), error))
    return FALSE;

  return session->astm == NULL || astm_events (session, now, error);
}

/* What was under way when the line ended is tried again on the next one. */
static void
analysers_session_end (Session *session)
{
  g_autoptr (GError) ignored = NULL;
  if (session->out_id != NULL && !g_cancellable_is_cancelled (session->link->stop))
    finish_sending (session, NULL, "The line ended before the answer.", &ignored);
  analysers_session_let_go (session);
  g_queue_clear_full (&session->answers, (GDestroyNotify)g_bytes_unref);
  g_clear_pointer (&session->mllp, mh_mllp_free);
  g_clear_pointer (&session->astm, mh_astm_free);
}

void
mh_analysers_session_run (MhAnalysersLink *link, MhWire *wire, GError **error)
{
  Session session = { .link = link, .wire = wire };
  g_queue_init (&session.answers);
  if (g_strcmp0 (mh_record_text (link->link, MH_LINK_PROTOCOL), MH_LINK_HL7) == 0)
    session.mllp = mh_mllp_new ();
  else
    session.astm = mh_astm_new ();
  while (analysers_session_turn (&session, error))
    continue;
  analysers_session_end (&session);
}
