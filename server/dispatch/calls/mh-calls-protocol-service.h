/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The protocols by which a hospital judges emergency calls. */
#include "server/platform/actor/mh-request.h"
#include "shared/rules/dispatch/mh-protocol.h"

G_BEGIN_DECLS

/* Makes @content the one that judges new calls of the hospital; the same again changes nothing.
 * MH_ERROR_INVALID with the places where it is no protocol, MH_ERROR_CONFLICT when another one of
 * its version is there: calls have been judged by it. Programs; it asks nobody's right. @id: of the
 * row if it is a new one; NULL: any. *out_edition: its version; caller frees. */
gboolean mh_calls_protocol_service_put (MhTx *tx,
                                        const char *hospital_id,
                                        const char *id,
                                        const char *content,
                                        char **out_edition,
                                        GError **error);
GPtrArray *mh_calls_protocol_service_list (const MhRequest *req,
                                           const char *after,
                                           guint limit,
                                           GError **error);
MhRecord *mh_calls_protocol_service_read (const MhRequest *req, const char *id, GError **error);
/* @edition NULL: that of new calls. MH_ERROR_CONFLICT with the remedy when there is none. */
MhProtocol *mh_calls_protocol_service_of (MhDb *db,
                                          const char *hospital_id,
                                          const char *edition,
                                          GError **error);

G_END_DECLS
