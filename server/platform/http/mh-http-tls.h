/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* TLS over a socket that does not block, on the thread that uses it. GIO's own does each handshake
 * on one of ten threads of the process, where 64 clients that stop in the middle of theirs keep all
 * others waiting; here such a client costs its socket and nothing else. */
#include <glib.h>

G_BEGIN_DECLS

/* A certificate with its key, and what tickets are sealed with. Any thread; counted. */
typedef struct _MhHttpIdentity MhHttpIdentity;

/* PEM files; the certificate's may hold those of its authorities behind it. MH_ERROR_STORE. */
MhHttpIdentity *
mh_http_identity_new (const char *certificate_file, const char *key_file, GError **error);
MhHttpIdentity *mh_http_identity_ref (MhHttpIdentity *identity);
void mh_http_identity_unref (MhHttpIdentity *identity);

typedef struct _MhHttpTls MhHttpTls;

/* The server's side, TLS 1.2 or 1.3, over @fd, which stays the caller's. References @identity. */
MhHttpTls *mh_http_tls_new (MhHttpIdentity *identity, int fd);
void mh_http_tls_free (MhHttpTls *tls);
/* As recv(), errno and all: EAGAIN when more has to come first, be it of the handshake, which these
 * two do by the way; EPROTO when the other side does not keep to TLS. */
gssize mh_http_tls_read (MhHttpTls *tls, void *buffer, gsize size);
/* As send(): what is said to be sent may still be here, and nothing more is taken before it has
 * left. */
gssize mh_http_tls_write (MhHttpTls *tls, const void *data, gsize size);
/* Sends what is here, as far as there is room. */
void mh_http_tls_flush (MhHttpTls *tls);
/* Is something here that has not left? */
gboolean mh_http_tls_holds (MhHttpTls *tls);
/* Can something be read without the socket? */
gboolean mh_http_tls_has (MhHttpTls *tls);
/* Is the handshake over? */
gboolean mh_http_tls_is_open (MhHttpTls *tls);
/* Says that nothing more comes. */
void mh_http_tls_end (MhHttpTls *tls);

G_END_DECLS
