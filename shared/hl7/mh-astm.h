/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The link of ASTM E1381 (CLSI LIS01): ENQ, frames with number and checksum, ACK, NAK, EOT; over a
 * serial line or TCP. Holds the state of one link and no I/O: it is fed with bytes and with the
 * time, tells what happened, and what to write. What it carries is read by mh_hl7_parse_astm().
 *
 * The frame that ends a message (its record "L") is answered only when the owner has said that the
 * message is safe: mh_astm_answer(). Until then the link is silent and the device waits, up to its
 * 15 seconds.
 *
 * Source: ASTM E1381-95 chapters 6 and 7, CLSI LIS01-A2 (frames of up to 64,000 bytes).
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

#define MH_ASTM_FRAME_TEXT 240       /* of frames that we send: every device takes that */
#define MH_ASTM_MAX_FRAME_TEXT 64000 /* of frames that we take */
#define MH_ASTM_ATTEMPTS 6           /* of one frame */

#define MH_ASTM_REPLY_SECONDS 15   /* a sender waits for an answer */
#define MH_ASTM_FRAME_SECONDS 30   /* a receiver waits for the next frame */
#define MH_ASTM_BUSY_SECONDS 10    /* a sender waits after NAK to its ENQ */
#define MH_ASTM_CONTEND_SECONDS 20 /* the host waits when both began at once */

typedef struct _MhAstm MhAstm;

typedef enum
{
  MH_ASTM_NOTHING, /* needs bytes or time */
  MH_ASTM_MESSAGE, /* *out_message is complete and waits for mh_astm_answer() */
  MH_ASTM_BROKEN,  /* *out_message ended without its last record: line lost, device stopped */
  MH_ASTM_SENT,    /* what mh_astm_send() was given has been taken */
  MH_ASTM_FAILED,  /* it has not: the device did not answer, or refused */
} MhAstmEvent;

MhAstm *mh_astm_new (void);
void mh_astm_free (MhAstm *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhAstm, mh_astm_free)

/* @now: µs of any clock that does not jump. */
void mh_astm_feed (MhAstm *link, const guint8 *bytes, gsize length, gint64 now);
/* Ends what waited too long. */
void mh_astm_tick (MhAstm *link, gint64 now);
/* The next thing that happened. Transfer full. */
MhAstmEvent mh_astm_next (MhAstm *link, GBytes **out_message);
/* After MH_ASTM_MESSAGE: TRUE acknowledges its last frame, FALSE asks for it again. */
void mh_astm_answer (MhAstm *link, gboolean kept, gint64 now);
/* Begins to send @message (records that end with CR). FALSE: the link is busy; try again later. */
gboolean mh_astm_send (MhAstm *link, GBytes *message, gint64 now);
gboolean mh_astm_may_send (const MhAstm *link, gint64 now);
/* What is to be written to the device, or NULL. Transfer full. */
GBytes *mh_astm_take_output (MhAstm *link);
/* When mh_astm_tick() is next needed; G_MAXINT64: not before more bytes come. */
gint64 mh_astm_deadline (const MhAstm *link);
/* Frames that were refused since the beginning: a bad line shows here. */
guint64 mh_astm_refused (const MhAstm *link);

/* --- frames, for peers and tests --- */

/* Sum of @length bytes modulo 256. */
guint8 mh_astm_checksum (const guint8 *bytes, gsize length);
/* STX, number, text, ETX or ETB, checksum, CR, LF appended to @out. */
void
mh_astm_put_frame (GByteArray *out, guint number, const guint8 *text, gsize length, gboolean last);

G_END_DECLS
