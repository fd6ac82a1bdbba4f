/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a change of a report does: to the values, to the header, to the next version. */
#include "server/lab/results/mh-results-plan.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* The status a report of status @now has after @change. Static. */
const char *mh_reports_apply_status (MhRecord *change, const char *now);
/* Lines (report_change_value without analyte) of the patient's details that the released version
 * prints otherwise than the register has them now. */
GPtrArray *mh_reports_apply_header_lines (MhRecord *latest, MhRecord *patient, GError **error);
/* Every line that would change: the values of @touched (MhResultsRow → report_change_value), what
 * the formulas make of them, the header, the comment. The plan's rows are changed on the way,
 * nothing is written. */
GPtrArray *mh_reports_apply_preview (MhResultsPlan *plan,
                                     MhRecord *latest,
                                     MhRecord *change,
                                     GHashTable *touched,
                                     GError **error);
/* May the actor sign it so? Takes the second determinations of @decision, see mh-reports-second.h.
 */
gboolean mh_reports_apply_signed (const MhRequest *req,
                                  MhRecord *change,
                                  MhRecord *decision,
                                  GError **error);
/* Makes the next version in the name of the actor, who verifies. Sets the new report's id in
 * @change.
 */
gboolean
mh_reports_apply (const MhRequest *req, MhRecord *latest, MhRecord *change, GError **error);

G_END_DECLS
