/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Opening a protected chart, closing it again, and looking at who did. */
#include "server/people/access/mh-access-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* @opening: access_opening. Checks the password (a worker's work, never the write queue's), stores
 * the grant, tells those who review. MH_ERROR_INVALID on "password" when it is wrong, MH_ERROR_RATE
 * after too many wrong ones, MH_ERROR_CONFLICT when the chart is not protected. A chart that stands
 * open already gives a new hour. */
MhRecord *mh_access_service_open (MhServer *server,
                                  const MhActor *actor,
                                  const MhWho *who,
                                  MhRecord *opening,
                                  GError **error);
/* By who opened it; closing again changes nothing. */
MhRecord *mh_access_service_end (const MhRequest *req, const char *id, GError **error);
/* Nobody reviews what they opened themselves: MH_ERROR_FORBIDDEN. Reviewed: MH_ERROR_CONFLICT. */
MhRecord *
mh_access_service_review (const MhRequest *req, const char *id, MhRecord *review, GError **error);
GPtrArray *mh_access_service_list (const MhRequest *req,
                                   const char *state,
                                   const MhAccessQuery *wanted,
                                   gint64 now,
                                   GError **error);
/* What stands open to the actor now. */
GPtrArray *mh_access_service_mine (const MhRequest *req, gint64 now, GError **error);

/* Patients found by @q, whose report may be asked for: id, MRN and name alone. None without @q. */
GPtrArray *
mh_access_service_people (const MhRequest *req, const char *q, guint limit, GError **error);
/* Who read, changed and printed what of a patient, newest first; @before: seq of the last row seen,
 * 0: none. *out_next as in mh_audit_service_list(). */
GPtrArray *mh_access_service_report (const MhRequest *req,
                                     const char *patient_id,
                                     gint64 before,
                                     guint limit,
                                     char **out_next,
                                     GError **error);
/* The newest MH_ACCESS_PAPER_ROWS of it on paper, to be handed to the patient. */
#define MH_ACCESS_PAPER_ROWS 1000
GBytes *mh_access_service_paper (MhStore *store,
                                 const MhActor *actor,
                                 const char *patient_id,
                                 const char *language,
                                 gint64 now,
                                 GError **error);

/* Which patient the account @user_id is, as mh_user_patient_type; empty: none. */
MhRecord *mh_access_service_staff (const MhRequest *req, const char *user_id, GError **error);
/* @patient_id NULL: none any more. MH_ERROR_FORBIDDEN when one's own link would go;
 * MH_ERROR_INVALID on "patient_id" when that patient has another account. */
MhRecord *mh_access_service_set_staff (const MhRequest *req,
                                       const char *user_id,
                                       const char *patient_id,
                                       GError **error);

G_END_DECLS
