/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Registering, finding and changing patients. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"
#include "shared/base/mh-date.h"

G_BEGIN_DECLS

/* Fills what the server sets (MRN from the hospital's series, search words, birth date from an age)
 * and stores it. Somebody who is surely there already (rules.md 13) is MH_ERROR_CONFLICT with the
 * candidates as issues "likely_duplicate", unless @draft states a duplicate_reason or @late: it was
 * registered while the server was away, and that person exists. Then, and in an emergency, the new
 * patient is marked for review. */
MhRecord *
mh_patients_service_register (const MhRequest *req, MhRecord *draft, gboolean late, GError **error);
MhRecord *mh_patients_service_change (const MhRequest *req, MhPatch patch, GError **error);
/* The patient as JSON in @out; what is returned has the common fields alone. */
MhRecord *
mh_patients_service_read (const MhRequest *req, const char *id, GString *out, GError **error);

/* The patient that a new order or prescription names, as an input is judged: an unknown one is
 * MH_ERROR_INVALID on field "patient_id". One that was merged is answered with the record that
 * stayed: whoever stores the id stores that of what is returned. */
MhRecord *mh_patients_service_named (const MhRequest *req, const char *id, GError **error);

/* By part of a name in any order and script, phone (from its start or its end), MRN, identifier,
 * date of birth as people type it.
 * @after is the cursor's parts (NULL: first page); *out_next the next page's, or NULL. */
GPtrArray *mh_patients_service_find (const MhRequest *req,
                                     const char *q,
                                     const char *const *after,
                                     guint limit,
                                     char ***out_next,
                                     GError **error);
/* The same as a JSON array, written straight from the rows. */
GString *mh_patients_service_find_json (const MhRequest *req,
                                        const char *q,
                                        const char *const *after,
                                        guint limit,
                                        char ***out_next,
                                        GError **error);
/* Patient_match records, best first (rules.md 13). @draft may be half filled. */
GPtrArray *mh_patients_service_duplicates (const MhRequest *req, MhRecord *draft, GError **error);
/* The derived columns alone: demonstration data and imports use it too. @today, the day at the
 * hospital, is what an age counts from; NULL where none can have been given. */
void mh_patients_service_derive (MhRecord *patient, const MhDate *today);

/* The newest visit that has not ended, in the actor's hospital; *out_visit NULL: there is none. */
gboolean mh_patients_service_open_visit (const MhRequest *req,
                                         const char *patient_id,
                                         MhRecord **out_visit,
                                         GError **error);
/* Does the patient lie in a ward? */
gboolean mh_patients_service_is_inpatient (MhDb *db,
                                           const char *patient_id,
                                           gboolean *out_is,
                                           GError **error);

G_END_DECLS
