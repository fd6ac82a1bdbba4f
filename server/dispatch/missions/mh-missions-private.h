/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/dispatch/missions/mh-missions-service.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* A unit has not answered in time, or has refused: {"mission":ID}. The next one is asked. */
#define MH_JOB_MISSION_NEXT "mission.next"

/* --- sending --- */

typedef struct
{
  const char *id; /* NULL: a new one */
  const char *unit_id;
  gint64 unit_version; /* of its state, as it was chosen by */
  gboolean divert;
  const char *how; /* MH_MISSION_BY_… */
  guint needs;     /* MhCan: what it is sent for */
} MhMissionsWanted;

/* MH_ERROR_CONFLICT: the unit has changed, or may not go; the call is over, or joined to another.
 */
MhRecord *mh_missions_send (const MhRequest *req,
                            MhRecord *call,
                            const MhMissionsWanted *wanted,
                            GError **error);

/* --- what follows --- */

typedef struct
{
  const char *id; /* of the event; NULL: a new one */
  const char *kind, *step, *how, *reason;
  gint64 at, was_at;
} MhMissionsEvent;
gboolean
mh_missions_tell (MhTx *tx, MhRecord *mission, const MhMissionsEvent *event, GError **error);
/* By whom: MH_MISSION_HOW_…; nobody is signed in where the server acts by itself. */
const char *mh_missions_how (const MhRequest *req);
/* Writes @after (@before NULL: it is new), tells @event, and lets unit and call follow. */
gboolean mh_missions_settle (const MhRequest *req,
                             MhRecord *before,
                             MhRecord *after,
                             const MhMissionsEvent *event,
                             GError **error);
/* Ends @before in @state; *out_after may be NULL. */
gboolean mh_missions_end (const MhRequest *req,
                          MhRecord *before,
                          MhRecord *after,
                          const char *state,
                          const MhMissionsEvent *event,
                          GError **error);
/* What the crew is told of the call; FALSE: it is the same. */
gboolean mh_missions_set_call (MhRecord *mission, MhRecord *call);
/* Who is on the unit now. */
gboolean mh_missions_set_crew (MhDb *db, MhRecord *mission, GError **error);

/* The job that asks the next unit, at @at; and the end of it. */
gboolean mh_missions_enqueue_next (MhTx *tx, MhRecord *mission, gint64 at, GError **error);
gboolean mh_missions_cancel_next (MhTx *tx, MhRecord *mission, GError **error);

G_END_DECLS
