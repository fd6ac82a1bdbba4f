/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Emergency calls: taking and changing them, the protocol's answers, a person's change of the
 * priority, joining those about one emergency, cancelling, who sees to them. What is over does not
 * change any more. What units do for a call comes from the room of missions.
 */
#include "server/dispatch/calls/mh-calls-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/rules/dispatch/mh-urgency.h"

G_BEGIN_DECLS

/* Units are to be sent to a call by themselves: {"call":ID,"at":INSTANT}, queued here and done by
 * the room of missions. */
#define MH_JOB_CALL_SEND "call.send"
/* Looks for calls that nobody sees to. */
#define MH_JOB_CALL_OWNERS "call.owners"

/* @made_at: when it was taken at a desk that could not reach the server then; 0: now. */
MhRecord *
mh_calls_service_open (const MhRequest *req, MhRecord *draft, gint64 made_at, GError **error);
MhRecord *mh_calls_service_read (const MhRequest *req, const char *id, GError **error);
GPtrArray *mh_calls_service_list (const MhRequest *req, const MhCallsQuery *query, GError **error);
/* Place, number, words; the priority only with a reason, and back to what the protocol says. */
MhRecord *mh_calls_service_update (const MhRequest *req, MhPatch patch, GError **error);
MhRecord *
mh_calls_service_cancel (const MhRequest *req, const char *id, MhRecord *cancel, GError **error);
/* MH_ERROR_INVALID at the member of @answers that is wrong. */
MhRecord *mh_calls_service_answer (const MhRequest *req,
                                   const char *id,
                                   MhRecord *answers,
                                   gint64 made_at,
                                   GError **error);

/* mh-incident-near.h; rows of mh_emergency_near_type. */
GPtrArray *mh_calls_service_near (const MhRequest *req, const char *id, GError **error);
MhRecord *
mh_calls_service_join (const MhRequest *req, const char *id, const char *head_id, GError **error);
MhRecord *mh_calls_service_part (const MhRequest *req, const char *id, GError **error);

MhRecord *mh_calls_service_add_caller (const MhRequest *req,
                                       const char *id,
                                       MhRecord *caller,
                                       gint64 made_at,
                                       GError **error);
GPtrArray *
mh_calls_service_callers (const MhRequest *req, const char *id, MhListPage page, GError **error);
GPtrArray *
mh_calls_service_events (const MhRequest *req, const char *id, MhListPage page, GError **error);

/* --- who sees to it --- */

/* Takes it over. */
MhRecord *mh_calls_service_take (const MhRequest *req, const char *id, GError **error);
/* Gives calls of @hospital_id whose dispatcher is not at work to those who are; *out_n how many. */
gboolean mh_calls_service_spread (MhTx *tx, const char *hospital_id, guint *out_n, GError **error);
void mh_calls_service_register (MhServer *server);

/* --- units --- */

/* One line of a call's history. */
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

/* What units do for a call altogether. */
typedef struct
{
  const char *state;  /* of mh_emergency_state_codes */
  gint64 n;           /* how many are on it */
  gint64 on_scene_at; /* the first one; 0: nobody yet */
} MhCallsUnits;

/* Sets that, with one line of its history (NULL: none); closes what is joined to it when it closes.
 * A call that is over keeps its state. */
gboolean mh_calls_service_follow (MhTx *tx,
                                  const char *id,
                                  const MhCallsUnits *units,
                                  const MhCallsEvent *event,
                                  GError **error);
/* Nobody can be sent, or the last unit was taken away: in its history with @reason, and told to all
 * dispatchers until a unit is on it. */
gboolean mh_calls_service_tell_alone (MhTx *tx, const char *id, const char *reason, GError **error);
/* No, the units are not to be sent by themselves; MH_ERROR_CONFLICT: none are about to be. */
MhRecord *mh_calls_service_veto (const MhRequest *req, const char *id, GError **error);
/* The least urgent priority of @hospital_id whose units are sent by themselves. */
gboolean
mh_calls_service_top (MhDb *db, const char *hospital_id, MhUrgency *out_top, GError **error);

G_END_DECLS
