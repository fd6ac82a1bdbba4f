/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What may become of a patient who is on the way to a hospital, and when a bed is kept. The states
 * and steps are those of shared/records/dispatch/mh-arrival.h. Pure.
 *
 *   told      → accept, refuse, arrive, cancel        accepted  → refuse, arrive, hand_over, cancel
 *   arrived   → refuse, hand_over                     refused, handed_over, cancelled: over
 *
 * A bed is kept for who is told, accepted or there. Who was taken over lies in one: it stays out
 * of the free ones until the hospital counts its beds again, and then the count has it.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* Where @step leads from @state; NULL: that is no way. */
const char *mh_arrival_after (const char *state, const char *step);
/* Is it still to come, or not answered for yet? */
gboolean mh_arrival_is_open (const char *state);
/* @handed_at: 0 while it was not. @reviewed_at: when the beds were counted last, 0: never. */
gboolean mh_arrival_keeps_bed (const char *state, gint64 handed_at, gint64 reviewed_at);

G_END_DECLS
