/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Forms that an administrator writes, and what is answered in them. A definition never changes; the
 * same code again is its next version, and answers stay with the version they were given to.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"
#include "shared/records/clinic/mh-clinical-form.h"

G_BEGIN_DECLS

/* MH_ERROR_INVALID on "content" with the place of each fault. */
MhRecord *mh_forms_service_define (const MhRequest *req, MhRecord *draft, GError **error);
/* In use or not, and its note. */
MhRecord *mh_forms_service_update (const MhRequest *req, MhPatch patch, GError **error);
MhRecord *mh_forms_service_read (const MhRequest *req, const char *id, GError **error);
GPtrArray *mh_forms_service_list (const MhRequest *req,
                                  gboolean all,
                                  const char *after,
                                  guint limit,
                                  GError **error);

/* Checks the answers against the definition and works its scores out. .replaces strikes the former
 * answers of the same visit and form; both stay. MH_ERROR_INVALID on "answers.CODE". */
MhRecord *mh_forms_service_answer (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_forms_service_read_answer (const MhRequest *req, const char *id, GError **error);
GPtrArray *mh_forms_service_answers (const MhRequest *req,
                                     const char *patient_id,
                                     const char *visit_id,
                                     MhListPage page,
                                     GError **error);

G_END_DECLS
