/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who calls, and what they may do. Made from a session, immutable, shared between threads. Rights
 * are denied unless a role of the user lists them. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct _MhActor MhActor;

MhActor *mh_actor_new (const char *user_id,
                       const char *user_name,
                       const char *role,
                       const char *hospital_id,
                       const char *session_id,
                       const char *const *permissions);
MhActor *mh_actor_ref (MhActor *actor);
void mh_actor_unref (MhActor *actor);
const char *mh_actor_user_id (const MhActor *actor);
const char *mh_actor_name (const MhActor *actor);
const char *mh_actor_role (const MhActor *actor);
const char *mh_actor_session_id (const MhActor *actor);
/* The hospital whose records the actor sees; NULL: every one (system administrator). */
const char *mh_actor_hospital_id (const MhActor *actor);
const char *const *mh_actor_permissions (const MhActor *actor);
/* A kiosk: whatever else its roles give, it may do what is made for kiosks and nothing beside. */
gboolean mh_actor_is_confined (const MhActor *actor);
/* Somebody else gave the password: until it is changed nothing is allowed but to change it. Said
 * right after the actor was made, before another thread sees it. */
void mh_actor_set_password_due (MhActor *actor);
gboolean mh_actor_is_password_due (const MhActor *actor);
/* "" is allowed to everybody who is signed in, but not to a kiosk. */
gboolean mh_actor_may (const MhActor *actor, const char *permission);
/* MH_ERROR_FORBIDDEN that names the right which is missing. */
gboolean mh_actor_require (const MhActor *actor, const char *permission, GError **error);
/* A record of another hospital does not exist for this actor: MH_ERROR_NOT_FOUND. NULL @hospital_id
 * (a record of the system) passes. */
gboolean mh_actor_sees (const MhActor *actor, const char *hospital_id, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhActor, mh_actor_unref)

G_END_DECLS
