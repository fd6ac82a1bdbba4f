/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * MLLP and ASTM inside TLS. The server's own certificate is that of its configuration; who may be
 * at the other end is judged by the authority that the link names, else (where we connect) by those
 * that this machine trusts.
 */
#include "server/platform/runtime/mh-server.h"
#include "shared/record/mh-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The certificates of a text in PEM form, of GTlsCertificate. MH_ERROR_INVALID on @field when there
 * is none, or one cannot be read. */
GPtrArray *mh_analysers_tls_authority (const char *pem, const char *field, GError **error);
/* [analysers] tls_certificate and tls_key, else those of [server]. NULL without error: none. */
GTlsCertificate *mh_analysers_tls_own (MhServer *server, GError **error);
gboolean mh_analysers_tls_is_on (MhRecord *link);
/* Shakes hands over @socket as @link says, within fifteen seconds of silence. @own may be NULL
 * where we connect. */
GIOStream *mh_analysers_tls_begin (GSocket *socket,
                                   MhRecord *link,
                                   GTlsCertificate *own,
                                   GCancellable *stop,
                                   GError **error);

G_END_DECLS
