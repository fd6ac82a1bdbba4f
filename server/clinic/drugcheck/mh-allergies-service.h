/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Allergies and intolerances. The records are the truth; the patient's own `allergies` (names) and
 * `allergy_status` follow in the same transaction, and names that somebody writes into the patient
 * (registration, imports) become records.
 */
#include "server/clinic/drugcheck/mh-allergies-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

GPtrArray *
mh_allergies_service_list (const MhRequest *req, const MhAllergiesQuery *query, GError **error);
/* All that count for checks: the active ones of one patient. */
GPtrArray *mh_allergies_service_active (MhDb *db, const char *patient_id, GError **error);
MhRecord *mh_allergies_service_read (const MhRequest *req, const char *id, GError **error);
/* MH_ERROR_CONFLICT when the same substance is noted already. */
MhRecord *mh_allergies_service_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_allergies_service_change (const MhRequest *req, MhPatch patch, GError **error);
/* Before the first request: follows what is written into patients. */
void mh_allergies_service_observe (MhServer *server);

G_END_DECLS
