/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Vital signs, triage and fluids of a visit. NEWS2 is worked out here, by the scale that a
 * clinician ordered for the visit. The visit then knows its score and until when it is to be
 * observed again; a durable job looks then, and an alert tells who is late. A score that asks for a
 * doctor or the emergency team is told at once.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/clinic/mh-triage.h"
#include "shared/records/clinic/mh-vitals.h"

G_BEGIN_DECLS

/* What was measured before the signature, or the death, is taken also after it (a desk was
 * offline); later than a death nothing is ("deceased" at taken_at). */
MhRecord *mh_vitals_service_record (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_vitals_service_read (const MhRequest *req, const char *id, GError **error);
/* Newest first; one of @patient_id and @visit_id is needed. */
GPtrArray *mh_vitals_service_list (const MhRequest *req,
                                   const char *patient_id,
                                   const char *visit_id,
                                   MhListPage page,
                                   GError **error);
/* The visit's score is that of the set before. */
MhRecord *
mh_vitals_service_strike (const MhRequest *req, const char *id, MhRecord *strike, GError **error);

/* @made_at: see mh_call_made_at(). MH_ERROR_INVALID on "upgrade" when danger vitals wait for an
 * answer, or on the question that is not answered yet. */
MhRecord *mh_visits_service_triage (const MhRequest *req,
                                    const char *id,
                                    MhRecord *answers,
                                    gint64 made_at,
                                    GError **error);
/* By whoever may decide. */
MhRecord *mh_visits_service_order_scale (const MhRequest *req,
                                         const char *id,
                                         MhRecord *order,
                                         GError **error);

MhRecord *mh_fluids_service_add (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *
mh_fluids_service_strike (const MhRequest *req, const char *id, MhRecord *strike, GError **error);
GPtrArray *mh_fluids_service_list (const MhRequest *req,
                                   const char *visit_id,
                                   MhListPage page,
                                   GError **error);

/* The job that looks whether an observation is late; before the jobs start. */
void mh_vitals_service_register (MhServer *server);

G_END_DECLS
