/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the provider tells by itself: how a message stands, and what people answer. Nothing is taken
 * without its signature, reckoned with the address the provider was given. */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

#define MH_SMS_MAX_EVENT (64 * 1024)

/* A delivery report for the message with that return token. MH_ERROR_FORBIDDEN: not signed.
 * MH_ERROR_NOT_FOUND: no such message. Repeated ones are let be. */
gboolean mh_sms_events_take (MhServer *server,
                             const char *token,
                             GBytes *form,
                             const char *signature,
                             GError **error);
/* An answer by SMS: STOP and START change whether that number is written to. */
gboolean
mh_sms_events_inbound (MhServer *server, GBytes *form, const char *signature, GError **error);

G_END_DECLS
