/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Patients who belong together: parents, children, husband or wife, guardians. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* The relatives of a patient, each as seen from this one, with who they are (.relative). One whose
 * record was merged away stands as the record it became. */
GPtrArray *mh_family_service_list (const MhRequest *req, const char *patient_id, GError **error);
/* MH_ERROR_INVALID: nobody is a relative of oneself, a parent is older; MH_ERROR_CONFLICT: the two
 * are linked already. */
MhRecord *mh_family_service_add (const MhRequest *req, MhRecord *draft, GError **error);
gboolean mh_family_service_remove (const MhRequest *req, const char *id, GError **error);

G_END_DECLS
