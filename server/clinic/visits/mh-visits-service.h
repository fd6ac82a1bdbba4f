/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Visits from arrival to signature. The steps and who may take each stand in one table
 * (mh-visits-steps.c); a step is taken by a conditional update, so of two people who take it at
 * once one is told that it is taken. The database itself refuses changes of a signed visit.
 */
#include "server/clinic/visits/mh-visits-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/clinic/mh-visit.h"

G_BEGIN_DECLS

/* Strings are borrowed. Only the first three are needed. */
typedef struct
{
  const char *hospital_id;
  const char *patient_id;
  const char *kind;  /* MH_VISIT_OUTPATIENT … */
  const char *id;    /* NULL: a new one */
  gint64 arrived_at; /* 0: now */
  const char *department_id, *doctor_id;
  const char *appointment_id; /* has one visit that is not cancelled: opening again gives that */
  const char *token;          /* what the waiting room calls */
  const char *complaint, *complaint_code;
  const char *place; /* room or bed */
} MhVisitDraft;

/* Checks the patient (of that hospital, not merged, alive when it arrived), takes a number of the
 * hospital's series. For rooms that check people in (appointments, kiosk); rights are theirs to ask
 * for. MH_ERROR_INVALID on fields patient_id, kind, department_id, doctor_id. Caller frees *out_id.
 */
gboolean
mh_visits_service_open (MhTx *tx, const MhVisitDraft *draft, char **out_id, GError **error);

/* The route's: @draft is a visit as a client sends it. */
MhRecord *mh_visits_service_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_visits_service_read (const MhRequest *req, const char *id, GError **error);
/* Department, doctor, complaint, room, token, kind, while the visit is open. */
MhRecord *mh_visits_service_update (const MhRequest *req, MhPatch patch, GError **error);
/* Takes a step (mh_visit_step_type). MH_ERROR_FORBIDDEN without the step's right, MH_ERROR_CONFLICT
 * when the visit does not stand where the step begins, MH_ERROR_INVALID when it lacks what it
 * needs. */
MhRecord *
mh_visits_service_move (const MhRequest *req, const char *id, MhRecord *step, GError **error);

/* Newest arrival first. */
GPtrArray *
mh_visits_service_list (const MhRequest *req, const MhVisitsQuery *query, GError **error);

G_END_DECLS
