/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Who may give whom which right. An administrator employs pathologists without being one, so
 * ordinary rights are given by whoever may change users. Two rules keep that from being a ladder:
 * rights of administration are given only by those who have them, and nobody changes their own
 * roles or gives a role of their own a right they lack. And somebody must always be left who can
 * administer.
 */
#include "server/auth/mh-actor.h"

G_BEGIN_DECLS

/* May @actor hand out every right of @permissions? MH_ERROR_FORBIDDEN names the first that is not
 * theirs. */
gboolean mh_rights_may_grant (const MhActor *actor, const char *const *permissions, GError **error);
/* MH_ERROR_CONFLICT when, as the database stands in this transaction, nobody who may sign in has
 * the rights to change users and roles in all hospitals. Call it after the write. */
gboolean mh_rights_somebody_left (MhDb *db, GError **error);

G_END_DECLS
