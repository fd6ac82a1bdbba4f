/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/hl7/mh-astm.h"

#include "shared/base/mh-clock.h"
#include "shared/hl7/mh-astm-frame.h"
#include "shared/hl7/mh-hl7.h"

#include <string.h>

typedef enum
{
  NEUTRAL,
  RECEIVING, /* the device sends */
  HOLDING,   /* its message is complete, its last frame not answered yet */
  CALLING,   /* ENQ sent */
  SENDING,   /* a frame sent */
} State;

typedef struct
{
  MhAstmEvent kind;
  GBytes *message;
} Event;

struct _MhAstm
{
  State state;
  MhAstmReader reader;
  GByteArray *waiting; /* fed and not looked at: a message is being answered */
  GByteArray *output;
  GQueue events; /* of Event */
  gint64 deadline;
  guint64 refused;
  /* receiving */
  GByteArray *message;
  guint expected; /* frame number */
  gboolean any;   /* of this transfer */
  gsize frame_start, record_start;
  /* sending */
  GBytes *outgoing;
  gsize sent, frame_length; /* acknowledged, and length of the frame on the way */
  guint number, attempts;
  gint64 not_before;
};

MhAstm *
mh_astm_new (void)
{
  MhAstm *link = g_new0 (MhAstm, 1);
  link->reader.frame = g_byte_array_new ();
  link->waiting = g_byte_array_new ();
  link->output = g_byte_array_new ();
  link->message = g_byte_array_new ();
  link->deadline = G_MAXINT64;
  return link;
}

static void
event_free (gpointer data)
{
  Event *event = data;
  g_clear_pointer (&event->message, g_bytes_unref);
  g_free (event);
}

void
mh_astm_free (MhAstm *link)
{
  if (link == NULL)
    return;
  g_queue_clear_full (&link->events, event_free);
  g_byte_array_unref (link->reader.frame);
  g_byte_array_unref (link->waiting);
  g_byte_array_unref (link->output);
  g_byte_array_unref (link->message);
  g_clear_pointer (&link->outgoing, g_bytes_unref);
  g_free (link);
}

static void
happened (MhAstm *link, MhAstmEvent kind, GBytes *message)
{
  Event *event = g_new0 (Event, 1);
  event->kind = kind;
  event->message = message;
  g_queue_push_tail (&link->events, event);
}

static void
astm_put (MhAstm *link, guint8 byte)
{
  g_byte_array_append (link->output, &byte, 1);
}

static void
astm_wait_for (MhAstm *link, gint64 now, int seconds)
{
  link->deadline = now + seconds * MH_SECOND;
}

static void
astm_rest (MhAstm *link)
{
  link->state = NEUTRAL;
  link->deadline = G_MAXINT64;
}

/* --- receiving --- */

/* What came of a message whose end never did. */
static void
give_up_message (MhAstm *link)
{
  if (link->message->len > 0)
    happened (link, MH_ASTM_BROKEN, g_bytes_new (link->message->data, link->message->len));
  g_byte_array_set_size (link->message, 0);
}

static void
begin_receiving (MhAstm *link, gint64 now)
{
  give_up_message (link);
  link->state = RECEIVING;
  link->expected = 1;
  link->any = FALSE;
  link->frame_start = link->record_start = 0;
  astm_put (link, MH_ASTM_ACK);
  astm_wait_for (link, now, MH_ASTM_FRAME_SECONDS);
}

/* Does what has come end with the record L? Records are looked at from the last one on. */
static gboolean
astm_is_complete (MhAstm *link)
{
  const guint8 *bytes = link->message->data;
  gsize length = link->message->len;
  while (length > 0 && (bytes[length - 1] == '\r' || bytes[length - 1] == '\n'))
    length--;
  gsize start = length;
  while (start > link->record_start && bytes[start - 1] != '\r' && bytes[start - 1] != '\n')
    start--;
  link->record_start = start;
  return start < length && bytes[start] == 'L';
}

static void
astm_refuse (MhAstm *link, gint64 now)
{
  link->refused++;
  astm_put (link, MH_ASTM_NAK);
  astm_wait_for (link, now, MH_ASTM_FRAME_SECONDS);
}

static void
take_frame (MhAstm *link, gint64 now)
{
  const MhAstmReader *reader = &link->reader;
  if (link->any && reader->number == (link->expected + 7) % 8)
    {
      /* It has not heard our answer; the frame is here already. */
      astm_put (link, MH_ASTM_ACK);
      astm_wait_for (link, now, MH_ASTM_FRAME_SECONDS);
      return;
    }

  if (reader->number != link->expected
      || link->message->len + reader->text_length > MH_HL7_MAX_BYTES)
    {
      astm_refuse (link, now);
      return;
    }

  link->frame_start = link->message->len;
  g_byte_array_append (link->message, reader->text, (guint)reader->text_length);
  if (reader->is_last && astm_is_complete (link))
    {
      happened (link, MH_ASTM_MESSAGE, g_bytes_new (link->message->data, link->message->len));
      link->state = HOLDING;
      link->deadline = G_MAXINT64;
      return;
    }

  link->any = TRUE;
  link->expected = (link->expected + 1) % 8;
  astm_put (link, MH_ASTM_ACK);
  astm_wait_for (link, now, MH_ASTM_FRAME_SECONDS);
}

static void
receiving (MhAstm *link, MhAstmToken token, gint64 now)
{
  if (token == MH_ASTM_TOKEN_FRAME)
    take_frame (link, now);
  else if (token == MH_ASTM_TOKEN_BAD)
    astm_refuse (link, now);
  else if (token == MH_ASTM_TOKEN_ENQ)
    begin_receiving (link, now);
  else if (token == MH_ASTM_TOKEN_EOT)
    {
      give_up_message (link);
      astm_rest (link);
    }
}

/* --- sending --- */

static void
stop_sending (MhAstm *link, MhAstmEvent kind)
{
  g_clear_pointer (&link->outgoing, g_bytes_unref);
  happened (link, kind, NULL);
  astm_rest (link);
}

/* The next frame: up to the end of a record, or as much of it as fits. */
static void
astm_send_frame (MhAstm *link, gint64 now)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (link->outgoing, &length);
  const guint8 *at = bytes + link->sent;
  gsize most = MIN (length - link->sent, MH_ASTM_FRAME_TEXT);
  const guint8 *end = memchr (at, '\r', most);
  link->frame_length = end != NULL ? (gsize)(end - at) + 1 : most;
  gboolean last = end != NULL || link->sent + most == length;
  mh_astm_put_frame (link->output, link->number, at, link->frame_length, last);
  link->state = SENDING;
  astm_wait_for (link, now, MH_ASTM_REPLY_SECONDS);
}

static void
frame_taken (MhAstm *link, gint64 now)
{
  link->sent += link->frame_length;
  link->number = (link->number + 1) % 8;
  link->attempts = 0;
  if (link->sent < g_bytes_get_size (link->outgoing))
    {
      astm_send_frame (link, now);
      return;
    }
  astm_put (link, MH_ASTM_EOT);
  stop_sending (link, MH_ASTM_SENT);
}

static void
give_up_sending (MhAstm *link)
{
  astm_put (link, MH_ASTM_EOT);
  stop_sending (link, MH_ASTM_FAILED);
}

static void
calling (MhAstm *link, MhAstmToken token, gint64 now)
{
  if (token == MH_ASTM_TOKEN_ACK)
    astm_send_frame (link, now);
  else if (token == MH_ASTM_TOKEN_NAK)
    {
      link->not_before = now + MH_ASTM_BUSY_SECONDS * MH_SECOND;
      stop_sending (link, MH_ASTM_FAILED);
    }
  else if (token == MH_ASTM_TOKEN_ENQ)
    {
      /* Both began at once: the device goes first, and will ask again in a second. */
      link->not_before = now + MH_ASTM_CONTEND_SECONDS * MH_SECOND;
      stop_sending (link, MH_ASTM_FAILED);
    }
}

static void
sending (MhAstm *link, MhAstmToken token, gint64 now)
{
  /* EOT in answer to a frame acknowledges it and asks for a pause, which we need not make. */
  if (token == MH_ASTM_TOKEN_ACK || token == MH_ASTM_TOKEN_EOT)
    frame_taken (link, now);
  else if (token == MH_ASTM_TOKEN_NAK && ++link->attempts < MH_ASTM_ATTEMPTS)
    astm_send_frame (link, now);
  else if (token == MH_ASTM_TOKEN_NAK)
    give_up_sending (link);
}

/* --- from outside --- */

static void
take_token (MhAstm *link, MhAstmToken token, gint64 now)
{
  if (token == MH_ASTM_TOKEN_NONE)
    return;

  if (link->state == RECEIVING)
    receiving (link, token, now);
  else if (link->state == CALLING)
    calling (link, token, now);
  else if (link->state == SENDING)
    sending (link, token, now);
  else if (token == MH_ASTM_TOKEN_ENQ)
    begin_receiving (link, now);
  else if (token == MH_ASTM_TOKEN_FRAME || token == MH_ASTM_TOKEN_BAD)
    {
      link->refused++; /* a frame without a call before it */
      astm_put (link, MH_ASTM_NAK);
    }
}

static void
astm_run (MhAstm *link, gint64 now)
{
  guint at = 0;
  while (at < link->waiting->len && link->state != HOLDING)
    take_token (link, mh_astm_reader_take (&link->reader, link->waiting->data[at++]), now);
  if (at > 0)
    g_byte_array_remove_range (link->waiting, 0, at);
}

void
mh_astm_feed (MhAstm *link, const guint8 *bytes, gsize length, gint64 now)
{
  /* While a message is being kept a device has nothing to say; more than its repetition is noise.
   */
  if (link->waiting->len + length > 4 * MH_ASTM_MAX_FRAME_TEXT && link->state == HOLDING)
    return;
  g_byte_array_append (link->waiting, bytes, (guint)length);
  astm_run (link, now);
}

void
mh_astm_answer (MhAstm *link, gboolean kept, gint64 now)
{
  if (link->state != HOLDING)
    return;

  link->state = RECEIVING;
  if (kept)
    {
      g_byte_array_set_size (link->message, 0);
      link->record_start = 0;
      link->any = TRUE;
      link->expected = (link->expected + 1) % 8;
      astm_put (link, MH_ASTM_ACK);
      astm_wait_for (link, now, MH_ASTM_FRAME_SECONDS);
    }
  else
    {
      g_byte_array_set_size (link->message, (guint)link->frame_start);
      link->record_start = 0;
      astm_refuse (link, now);
    }

  astm_run (link, now);
}

void
mh_astm_tick (MhAstm *link, gint64 now)
{
  if (now < link->deadline)
    return;
  if (link->state == RECEIVING)
    {
      give_up_message (link);
      astm_rest (link);
    }
  else if (link->state == CALLING || link->state == SENDING)
    give_up_sending (link);
  else
    link->deadline = G_MAXINT64;
}

MhAstmEvent
mh_astm_next (MhAstm *link, GBytes **out_message)
{
  g_autofree Event *event = g_queue_pop_head (&link->events);
  if (event == NULL)
    return MH_ASTM_NOTHING;
  if (event->message != NULL)
    *out_message = event->message;
  return event->kind;
}

gboolean
mh_astm_may_send (const MhAstm *link, gint64 now)
{
  return link->state == NEUTRAL && link->waiting->len == 0 && now >= link->not_before;
}

gboolean
mh_astm_send (MhAstm *link, GBytes *message, gint64 now)
{
  if (!mh_astm_may_send (link, now) || g_bytes_get_size (message) == 0)
    return FALSE;
  g_clear_pointer (&link->outgoing, g_bytes_unref);
  link->outgoing = g_bytes_ref (message);
  link->sent = 0;
  link->number = 1;
  link->attempts = 0;
  link->state = CALLING;
  astm_put (link, MH_ASTM_ENQ);
  astm_wait_for (link, now, MH_ASTM_REPLY_SECONDS);
  return TRUE;
}

GBytes *
mh_astm_take_output (MhAstm *link)
{
  if (link->output->len == 0)
    return NULL;
  GByteArray *output = link->output;
  link->output = g_byte_array_new ();
  return g_byte_array_free_to_bytes (output);
}

gint64
mh_astm_deadline (const MhAstm *link)
{
  return link->deadline;
}

guint64
mh_astm_refused (const MhAstm *link)
{
  return link->refused;
}
