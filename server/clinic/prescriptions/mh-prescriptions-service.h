/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Prescribing: medicines as lines, tests that wait at the front desk until somebody orders them. */
#include "server/clinic/prescriptions/mh-prescriptions-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* The prescriber is whoever calls; with .sign it is signed at once, for which every line has to say
 * how much and how often, and every interrupting alert of the check needs an override with a
 * reason. @made_at: see mh_call_made_at(); it is signed, and its lines begin, then.
 * MH_ERROR_INVALID on "patient_id", "tests[i]", "lines[i].…", "overrides". */
MhRecord *mh_prescriptions_service_create (const MhRequest *req,
                                           MhRecord *draft,
                                           gint64 made_at,
                                           GError **error);
/* The second signature of a high-alert medicine, or after a contraindication was overridden: then
 * only another doctor gives it. MH_ERROR_CONFLICT when none is waited for, MH_ERROR_FORBIDDEN for
 * who signed first. */
MhRecord *
mh_prescriptions_service_countersign (const MhRequest *req, const char *id, GError **error);
/* @cancel: a prescription_cancel. Its medicines that are still taken stop today; its tests do not
 * wait any more, but those that were ordered stay, and whoever orders is told. MH_ERROR_CONFLICT
 * for a draft and for one that was withdrawn. With its lines. */
MhRecord *mh_prescriptions_service_cancel (const MhRequest *req,
                                           const char *id,
                                           MhRecord *cancel,
                                           GError **error);
/* With its lines and overridden alerts. */
MhRecord *mh_prescriptions_service_read (const MhRequest *req, const char *id, GError **error);
/* Narrowed to what the actor sees. */
GPtrArray *mh_prescriptions_service_list (const MhRequest *req,
                                          const MhPrescriptionsQuery *query,
                                          GError **error);
/* Draws it on the caller's thread, over a reader of its own. *out_prescription (unref) is what was
 * drawn. */
GBytes *mh_prescriptions_service_pdf (const MhRequest *req,
                                      const char *id,
                                      const char *language,
                                      gboolean copy,
                                      MhRecord **out_prescription,
                                      GError **error);

/* Sets the link that the paper's QR holds, where the hospital has a public address. */
void mh_prescriptions_service_put_link (MhServer *server, MhRecord *prescription);

G_END_DECLS
