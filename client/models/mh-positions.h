/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Where the unit is on which the signed-in person works: while they are signed on, this device's
 * receiver is listened to and its positions are sent at the pace of mh-position-pace.h, each once
 * and in order, also those of the time without the server. Nobody on a unit: nothing is listened
 * to.
 */
#include "client/mh-context.h"
#include "client/receiver/mh-receiver.h"

G_BEGIN_DECLS

#define MH_TYPE_POSITIONS (mh_positions_get_type ())
/* Signal "changed": what any of the functions below tells. */
G_DECLARE_FINAL_TYPE (MhPositions, mh_positions, MH, POSITIONS, GObject)

/* The one of @context, for as long as anybody holds it. New reference. */
MhPositions *mh_positions_of (MhContext *context);
/* As mh_receiver_new() takes it; until then nothing is listened to. */
void mh_positions_set_gpsd (MhPositions *positions, const char *address);
/* FALSE: on no unit, or no receiver was named. */
gboolean mh_positions_is_on (MhPositions *positions);
MhReceiverState mh_positions_state (MhPositions *positions);
/* What the receiver told last; at 0: nothing yet. */
const MhReceiverFix *mh_positions_last (MhPositions *positions);
/* When the server, or the outbox, last got some; 0: never. */
gint64 mh_positions_sent_at (MhPositions *positions);
/* Since it began: what the server found impossible, late or inaccurate. */
guint mh_positions_n_dropped (MhPositions *positions);

G_END_DECLS
