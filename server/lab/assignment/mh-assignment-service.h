/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Assigning by hand, who works now, the skills and shifts that the choice goes by, and the job that
 * gives work on when nothing happens to it. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

#define MH_JOB_ASSIGNMENT "assignment.review"

/* @request: an MhAssignment. Without a technician the house chooses another than now. Only
 * somebody who would have to verify what they entered is refused; the reason and who gave it are
 * in the audit trail. Gives the order. */
MhRecord *mh_assignment_service_assign (const MhRequest *req,
                                        const char *order_id,
                                        MhRecord *request,
                                        GError **error);
/* Of MhTechnician, as things stand @now. */
GPtrArray *mh_assignment_service_people (const MhRequest *req, gint64 now, GError **error);
/* A skill or shift, of a technician of the actor's hospital. */
MhRecord *mh_assignment_service_create (const MhRequest *req, MhRecord *draft, GError **error);

/* Gives out what nobody has, and what lies with somebody who did nothing for fifteen minutes or
 * whose shift is over; STAT first. Who got nothing done gets nothing from here until they do.
 * *out_n: orders that changed hands. In the write queue. */
gboolean
mh_assignment_service_review (MhTx *tx, const char *hospital_id, guint *out_n, GError **error);
void mh_assignment_service_register (MhServer *server);

G_END_DECLS
