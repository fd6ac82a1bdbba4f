/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Who may give whom which right. An administrator employs pathologists without being one, so
 * ordinary rights are given by whoever may change users. Two rules keep that from being a ladder:
 * rights of administration are given only by those who have them, and nobody changes their own
 * roles or gives a role of their own a right they lack. And somebody must always be left who can
 * administer.
 */
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* May @actor hand out every right of @permissions? MH_ERROR_FORBIDDEN names the first that is not
 * theirs. */
gboolean mh_rights_may_grant (const MhActor *actor, const char *const *permissions, GError **error);
/* What of a change of an account takes a second administrator. */
typedef struct
{
  gboolean roles, password;
  gboolean alone; /* it would take one, and there is none */
} MhNeeds;
/* Rights to patients' results and charts, to sign, to give money back or to administer, given to
 * somebody or opened by a new password for who has them, take a second administrator where there
 * is one besides the actor and the person. MH_ERROR_FORBIDDEN: of two administrators one would take
 * the other's account, and then agree with themselves. */
gboolean mh_rights_needs_second (const MhRequest *req,
                                 MhRecord *before,
                                 MhRecord *after,
                                 gboolean reset,
                                 MhNeeds *out_needs,
                                 GError **error);
/* The rights of that kind that @after, a role, has and @before has not, when a second administrator
 * must approve them; *out_rights NULL: none. *out_alone: there are such rights, but nobody to
 * approve them. */
gboolean mh_rights_of_role_wait (const MhRequest *req,
                                 MhRecord *before,
                                 MhRecord *after,
                                 char ***out_rights,
                                 gboolean *out_alone,
                                 GError **error);
/* Ids of those who may approve what the actor asks for @user, who is to have @permissions; @user
 * NULL: for a role. */
GPtrArray *mh_rights_approvers (const MhRequest *req,
                                MhRecord *user,
                                const char *const *permissions,
                                GError **error);
/* MH_ERROR_CONFLICT when, as the database stands in this transaction, nobody who may sign in has
 * the rights to change users and roles in all hospitals. Call it after the write. */
gboolean mh_rights_somebody_left (MhDb *db, GError **error);

G_END_DECLS
