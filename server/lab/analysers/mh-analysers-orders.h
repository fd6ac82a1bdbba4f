/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Orders for analysers: made from tubes, kept in a queue until they are taken. */
#include "server/lab/analysers/mh-device-write.h"
#include "server/platform/actor/mh-actor.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* What of the tube @link can do; *out_order NULL: nothing. A tube that is not there (not received,
 * rejected, its order not live) is nothing. */
gboolean mh_analysers_order_of (MhDb *db,
                                MhServer *server,
                                MhRecord *link,
                                MhRecord *sample,
                                MhDeviceOrder **out_order,
                                GError **error);
/* Puts an order into the queue. *out_message (may be NULL) is what waits. */
gboolean mh_analysers_order_queue (MhTx *tx,
                                   MhServer *server,
                                   MhRecord *link,
                                   const MhDeviceOrder *order,
                                   MhRecord **out_message,
                                   GError **error);
/* The answers to a question of an analyser, in the order they are to be sent: of GBytes. The first
 * of HL7 is the acknowledgement; orders that follow a QBP go through the queue. Keeps the question.
 */
gboolean mh_analysers_order_answer (MhTx *tx,
                                    MhServer *server,
                                    MhRecord *link,
                                    const MhDeviceMessage *query,
                                    GPtrArray **out_answers,
                                    GError **error);
/* Watches tubes: received ones are sent to links that want them, rejected ones are taken back. */
void mh_analysers_observe (MhServer *server);
/* Hospital's code, what the analyser calls itself, a number of the series. */
gboolean mh_analysers_envelope (MhTx *tx,
                                MhServer *server,
                                MhRecord *link,
                                MhDeviceEnvelope *out_envelope,
                                GError **error);
void mh_analysers_envelope_clear (MhDeviceEnvelope *envelope);

/* What an analyser says later of the message @number that it had only kept (CA): AA, AE, AR.
 * Others' numbers, and what is settled, change nothing. */
gboolean mh_analysers_order_judged (MhTx *tx,
                                    MhRecord *link,
                                    const char *number,
                                    const char *answer,
                                    const char *problem,
                                    GError **error);
/* What became of a message that was sent. @answer: AA, CA, AE, …; NULL: none came. */
gboolean mh_analysers_order_sent (MhTx *tx,
                                  MhRecord *link,
                                  const char *message_id,
                                  const char *answer,
                                  const char *problem,
                                  GError **error);
/* After @attempts failures: µs until the next. Pure. 5 s, doubled up to 5 minutes. */
gint64 mh_analysers_order_delay (gint64 attempts);

G_END_DECLS
