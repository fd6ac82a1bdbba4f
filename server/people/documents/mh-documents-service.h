/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Papers and pictures of patients. A document is announced, its parts come in order, and a job
 * then puts them together outside the write queue: compares the SHA-256 and has the virus scanner
 * look at it. What the scanner holds back nobody opens.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/people/mh-document.h"

G_BEGIN_DECLS

#define MH_JOB_DOCUMENT_FINISH "document.finish"
#define MH_JOB_DOCUMENT_SWEEP "document.sweep"

/* Documents or consents of a patient, newest first; none without @patient_id. */
GPtrArray *mh_documents_service_list (const MhRequest *req,
                                      const MhRecordType *type,
                                      const char *patient_id,
                                      MhListPage page,
                                      GError **error);
MhRecord *mh_documents_service_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_documents_service_update (const MhRequest *req, MhPatch patch, GError **error);
/* The next part. One that has arrived before changes nothing; one that is too early is
 * MH_ERROR_CONFLICT. With the last, the job is queued. */
MhRecord *
mh_documents_service_part (const MhRequest *req, const char *id, MhRecord *put, GError **error);
gboolean mh_documents_service_remove (const MhRequest *req,
                                      const char *id,
                                      MhRecord *reason,
                                      GError **error);
/* The file. MH_ERROR_CONFLICT while it is not there or held back; MH_ERROR_STORE when it is not
 * what was stored. */
GBytes *mh_documents_service_content (const MhRequest *req,
                                      const char *id,
                                      MhRecord **out_document,
                                      GError **error);
/* Its small picture; MH_ERROR_NOT_FOUND: it has none. */
GBytes *mh_documents_service_thumbnail (const MhRequest *req, const char *id, GError **error);

MhRecord *mh_consents_service_create (const MhRequest *req, MhRecord *draft, GError **error);
/* The signed paper alone may be named, or another one, also later. */
MhRecord *mh_consents_service_update (const MhRequest *req, MhPatch patch, GError **error);
MhRecord *mh_consents_service_withdraw (const MhRequest *req,
                                        const char *id,
                                        MhRecord *reason,
                                        GError **error);

/* The jobs. Before they start. */
void mh_documents_jobs_register (MhServer *server);
/* The photo of a patient, as a small PNG. MH_ERROR_NOT_FOUND: there is none; MH_ERROR_CONFLICT: it
 * is not all there yet, or held back by the virus check. */
GBytes *
mh_documents_service_portrait (const MhRequest *req, const char *patient_id, GError **error);

G_END_DECLS
