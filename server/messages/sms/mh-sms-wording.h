/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The hospital's own words for short messages instead of the house's. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"
#include "shared/records/messages/mh-sms.h"

G_BEGIN_DECLS

/* An sms_text record, the hospital's own or the house's. Transfer full. */
MhRecord *mh_sms_wording_text (MhDb *db,
                               const char *hospital_id,
                               const char *event,
                               const char *language,
                               GError **error);
/* Every event in every language, "own" where the hospital wrote it. */
GPtrArray *mh_sms_wording_list (const MhRequest *req, GError **error);
/* Refused: more parts than are sent; other words under the number of the registered ones. */
MhRecord *mh_sms_wording_set (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_sms_wording_reset (const MhRequest *req, const char *id, GError **error);
MhRecord *mh_sms_wording_preview (const MhRequest *req, MhRecord *draft, GError **error);

G_END_DECLS
