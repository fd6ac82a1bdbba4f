/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Where somebody works who sees every hospital: what they make without naming a hospital (a
 * schedule, equipment, a storage place) is made there. For everybody else it is their hospital. */
#include "server/platform/actor/mh-actor.h"

G_BEGIN_DECLS

/* NULL: in none; the person chooses one at the sign-in. */
const char *mh_actor_home_id (const MhActor *actor);
/* Right after the actor was made, before another thread sees it. */
void mh_actor_set_home (MhActor *actor, const char *hospital_id);

G_END_DECLS
