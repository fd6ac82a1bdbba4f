/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How reports look: the hospital's templates, and what is added when a report is drawn. */
#include "server/lab/reports/mh-reports-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/reports/mh-report-content.h"

G_BEGIN_DECLS

GPtrArray *mh_reports_service_templates (const MhRequest *req, GError **error);
/* @draft.logo (PNG as Base64) is kept as a picture of its own, for good. MH_ERROR_CONFLICT when the
 * bench has a template in use already. */
MhRecord *
mh_reports_service_template_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_reports_service_template_update (const MhRequest *req,
                                              const char *id,
                                              MhRecord *patch,
                                              gint64 if_match,
                                              GError **error);
/* A made-up report in that look, as a PDF. */
GBytes *mh_reports_service_template_preview (MhServer *server,
                                             const MhActor *actor,
                                             const char *id,
                                             const char *language,
                                             GError **error);
GPtrArray *mh_reports_service_logos (const MhRequest *req, GError **error);

/* The one in use for the order's benches: theirs, if all tests belong to one, else the hospital's
 * general one. *out_template NULL: none. */
gboolean mh_reports_template_for (MhDb *db,
                                  const MhReportDraft *draft,
                                  MhRecord **out_template,
                                  GError **error);

/* What a stored report says, with what is known only when it is drawn: the calls about critical
 * values and the logo. MH_ERROR_INTERNAL when it does not match its hash any more. */
MhLabReport *mh_reports_content_for_paper (MhDb *db, MhRecord *report, GError **error);

G_END_DECLS
