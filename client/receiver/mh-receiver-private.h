/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the two sources tell the receiver; in the main loop. */
#include "client/receiver/mh-receiver.h"

G_BEGIN_DECLS

void mh_receiver_take (MhReceiver *receiver, const MhReceiverFix *fix);
void mh_receiver_set_state (MhReceiver *receiver, MhReceiverState state);

/* Both give what ends them when it is unreferenced. */
GObject *mh_receiver_gpsd_new (MhReceiver *receiver, const char *address);
GObject *mh_receiver_geoclue_new (MhReceiver *receiver);

G_END_DECLS
