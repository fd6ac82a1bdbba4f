/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The address of "listen" and the sockets on it: one for each I/O thread, on the same port. */
#include <gio/gio.h>

G_BEGIN_DECLS

/* "127.0.0.1:8080", "[::1]:0", "localhost:8080"; without a port 8080. Errors of G_IO_ERROR. */
GSocketAddress *mh_http_bind_address (const char *listen, GError **error);
/* "127.0.0.1:8080" names the loopback interface? */
gboolean mh_http_bind_is_loopback (const char *listen);
/* Nobody else has the port, a server of ours included. */
gboolean mh_http_bind_is_free (GSocketAddress *address, GError **error);
/* A listening socket that shares its port with the next one. Errors of G_IO_ERROR. */
GSocket *mh_http_bind_shared (GSocketAddress *address, GError **error);

G_END_DECLS
