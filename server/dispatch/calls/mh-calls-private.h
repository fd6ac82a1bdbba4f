/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/dispatch/calls/mh-calls-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/rules/dispatch/mh-interview.h"

G_BEGIN_DECLS

/* The call, if the actor may change calls and it is open; else MH_ERROR_CONFLICT. */
MhRecord *mh_calls_get_open (const MhRequest *req, const char *id, GError **error);

/* One line of the call's history. */
typedef struct
{
  gint64 at;
  const char *kind, *question, *was, *became, *reason;
} MhCallsEvent;
gboolean mh_calls_tell (MhTx *tx,
                        MhRecord *call,
                        const MhCallsEvent *events,
                        guint n_events,
                        GError **error);

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
