/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Tubes sent to other laboratories: packed, sent with a manifest, received there, results returned.
 * Each tube's chain of custody follows. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* A laboratory's code is unique in the hospital. */
MhRecord *mh_referrals_service_add_lab (const MhRequest *req, MhRecord *draft, GError **error);

/* @draft: the laboratory and the numbers of the tubes, which are in the laboratory or stored and in
 * no other open referral. */
MhRecord *mh_referrals_service_pack (const MhRequest *req, MhRecord *draft, GError **error);
/* @request: an MhReferralStep. Out of order: MH_ERROR_CONFLICT. Sending takes the tubes out of the
 * house; a refused one comes back into it; when no result is open any more the referral is
 * returned. */
MhRecord *
mh_referrals_service_step (const MhRequest *req, const char *id, MhRecord *request, GError **error);
MhRecord *mh_referrals_service_read (const MhRequest *req, const char *id, GError **error);
GPtrArray *mh_referrals_service_list (const MhRequest *req,
                                      const char *status,
                                      const char *before_id,
                                      guint limit,
                                      GError **error);
/* The manifest that travels with the tubes. Transfer full. */
GBytes *mh_referrals_service_manifest (MhServer *server,
                                       const MhActor *actor,
                                       const char *id,
                                       const char *language,
                                       char **out_number,
                                       GError **error);

G_END_DECLS
