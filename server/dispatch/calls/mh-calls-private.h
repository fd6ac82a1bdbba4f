/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/dispatch/calls/mh-calls-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/rules/dispatch/mh-interview.h"

G_BEGIN_DECLS

/* The call, if the actor may change calls and it is open; else MH_ERROR_CONFLICT. */
MhRecord *mh_calls_get_open (const MhRequest *req, const char *id, GError **error);

/* Whoever is at work and has the fewest open calls sees to a new one; of equals, and when nobody
 * else is there, whoever takes it. In place. */
gboolean mh_calls_give_new (const MhRequest *req, MhRecord *call, GError **error);
/* What is as urgent as the house says, is on the map and has no unit gets its units by itself after
 * the time for a veto; what is not so any more does not. In place, with the job and the event. */
gboolean mh_calls_plan (MhTx *tx, MhRecord *call, GError **error);

/* Judges @call again by what is kept of its answers, with a person's change of the priority (NULL:
 * none, and what stood is gone). In place; the caller writes it. */
gboolean mh_calls_change_priority (MhTx *tx,
                                   MhRecord *call,
                                   const MhInterviewChange *change,
                                   gint64 at,
                                   GError **error);
/* Counts again what is joined to @head_id (NULL: nothing to count). */
gboolean mh_calls_count_joined (MhTx *tx, const char *head_id, GError **error);

G_END_DECLS
