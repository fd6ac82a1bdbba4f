/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A payment link goes to the patient by the hospital's own short message where it has an account
 * for those; otherwise the provider is asked to send one. */
#include "server/platform/runtime/mh-server.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Shall this attempt (its kind, its notify) be told by SMS? */
gboolean mh_gateway_tell_by_sms (MhRecord *attempt);
/* Queues the message of an open link, once for each attempt. TRUE also for attempts that nobody
 * shall be told of by SMS. */
gboolean mh_gateway_tell_link (MhTx *tx, MhRecord *attempt, GError **error);

G_END_DECLS
