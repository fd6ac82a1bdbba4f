/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Checking what is prescribed against everything the patient takes, bears and is: the rules are
 * shared/rules/clinic/mh-drug-check.h, this room gathers what they need.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* What the patient takes on @today ("YYYY-MM-DD"): prescription lines of all doctors, by date. */
GPtrArray *mh_drugs_active (MhDb *db, const char *patient_id, const char *today, GError **error);

/* @prescription (patient_id and lines) may be half filled; its lines get what the formulary knows
 * of them. A drug_check record. */
MhRecord *mh_drugcheck_service_check (const MhRequest *req,
                                      MhRecord *prescription,
                                      gint64 now,
                                      GError **error);
/* What dosing hangs on and what is taken, before anything is prescribed: a check without alerts. */
MhRecord *mh_drugcheck_service_profile (const MhRequest *req,
                                        const char *patient_id,
                                        gint64 now,
                                        GError **error);
/* Before signing: each interrupting alert of @check needs an override of @prescription with its
 * key and a reason (MH_ERROR_INVALID on "overrides", code "reason_needed", else). Sets the
 * prescription's figures and whether a second signature is needed; *out_overrides are the
 * drug_override records to be stored with it. */
gboolean mh_drugcheck_service_settle (MhRecord *check,
                                      MhRecord *prescription,
                                      GPtrArray **out_overrides,
                                      GError **error);
gboolean mh_drugcheck_service_store (const MhRequest *req,
                                     MhRecord *prescription,
                                     GPtrArray *overrides,
                                     GError **error);
GPtrArray *mh_drugcheck_service_overrides (MhDb *db, const char *prescription_id, GError **error);

/* Everything that was ever prescribed to the patient, newest first. */
GPtrArray *mh_drugcheck_service_medicines (const MhRequest *req,
                                           const char *patient_id,
                                           guint limit,
                                           GError **error);
/* The line is not taken any more from today on. MH_ERROR_CONFLICT: it is stopped already. */
MhRecord *mh_drugcheck_service_stop (const MhRequest *req,
                                     const char *line_id,
                                     MhRecord *stop,
                                     GError **error);

/* How often alerts interrupt and how often they are overridden; µs, @to excluded. */
MhRecord *mh_drugcheck_service_rates (const MhRequest *req, gint64 from, gint64 to, GError **error);

/* A doctor's own list. */
GPtrArray *mh_drugcheck_service_favourites (const MhRequest *req,
                                            const char *after,
                                            guint limit,
                                            GError **error);
MhRecord *
mh_drugcheck_service_add_favourite (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *
mh_drugcheck_service_drop_favourite (const MhRequest *req, const char *id, GError **error);

G_END_DECLS
