/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Frames of the minimal lower layer protocol: 0x0B message 0x1C 0x0D in a stream that is cut
 * anywhere. Bytes outside a frame are dropped; 0x0B inside an unfinished frame begins it anew;
 * 0x1C without 0x0D behind it is a byte of the message.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

typedef struct _MhMllp MhMllp;

typedef enum
{
  MH_MLLP_NOTHING,   /* needs more bytes */
  MH_MLLP_FRAME,     /* *out_frame holds a message */
  MH_MLLP_TOO_LARGE, /* a frame was longer than allowed and is dropped to its end */
} MhMllpEvent;

/* Frames of up to MH_HL7_MAX_BYTES, or MH_HL7_MAX_BYTES_PAPER when they carry a document. */
MhMllp *mh_mllp_new (void);
void mh_mllp_free (MhMllp *mllp);
void mh_mllp_feed (MhMllp *mllp, const guint8 *bytes, gsize length);
/* The next thing that happened in what was fed. Transfer full. */
MhMllpEvent mh_mllp_next (MhMllp *mllp, GBytes **out_frame);
/* A frame has begun and not ended. */
gboolean mh_mllp_is_inside (const MhMllp *mllp);
/* @message in its frame. Transfer full. */
GBytes *mh_mllp_frame (GBytes *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhMllp, mh_mllp_free)

G_END_DECLS
