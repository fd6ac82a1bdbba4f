/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Patients registered twice become one (rules.md 13): proposed by one person, agreed to by another
 * with the right "patient.merge". Refused with MH_ERROR_CONFLICT: blood groups that differ, two
 * open admissions, a record that went away already. The number that goes leads to the record that
 * stays from then on: in the search, on a scan, in a GET and in what is ordered under it.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* @draft: survivor_id, loser_id, reason. */
MhRecord *mh_merges_service_propose (const MhRequest *req, MhRecord *draft, GError **error);
/* By somebody else than who proposed it: MH_ERROR_FORBIDDEN. */
MhRecord *
mh_merges_service_agree (const MhRequest *req, const char *id, MhRecord *decision, GError **error);
/* By anybody with the right, who proposed it too. Clears the mark of doubt of both: they are two.
 */
MhRecord *mh_merges_service_decline (const MhRequest *req,
                                     const char *id,
                                     MhRecord *decision,
                                     GError **error);
/* Wants a reason of at least three letters; later merges of the survivor are undone first. */
MhRecord *
mh_merges_service_undo (const MhRequest *req, const char *id, MhRecord *decision, GError **error);
/* With both records whole, as they are now. */
MhRecord *mh_merges_service_read (const MhRequest *req, const char *id, GError **error);
/* Newest first; @status NULL: all; @after an id or NULL. */
GPtrArray *mh_merges_service_list (const MhRequest *req,
                                   const char *status,
                                   const char *after,
                                   guint limit,
                                   GError **error);
/* Patient_match records of those who were registered without comparing: "other" is the one to be
 * looked at, "patient" the best match; without a match "patient" is empty. */
GPtrArray *mh_merges_service_doubtful (const MhRequest *req, guint limit, GError **error);
/* Somebody looked and found no one alike: the mark goes. */
MhRecord *mh_merges_service_distinct (const MhRequest *req, const char *id, GError **error);

G_END_DECLS
