/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How often a unit says where it is, and when what was noted is sent. Instants are µs. Pure. */
#include "shared/base/mh-clock.h"

G_BEGIN_DECLS

#define MH_POSITION_EVERY (30 * MH_SECOND)
#define MH_POSITION_EVERY_RUNNING (5 * MH_SECOND)
/* Without the server so many are noted, or for so long, before they go into the outbox as one. */
#define MH_POSITION_MOST_NOTED 60
#define MH_POSITION_LONGEST_NOTED (5 * MH_MINUTE)

/* A unit in this state (of mh_unit_state_codes) drives to somebody, or with somebody. */
gboolean mh_position_is_running (const char *state);
/* @last: of the position that was noted last; 0: none was. */
gboolean mh_position_is_due (gint64 last, gint64 at, gboolean is_running);
/* @n noted since @first, and the server is or is not away. */
gboolean mh_position_batch_is_due (guint n, gint64 first, gint64 now, gboolean is_away);

G_END_DECLS
