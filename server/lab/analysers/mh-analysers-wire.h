/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A line to an analyser, be it a socket or a serial device. Blocking, for a thread of its own; each
 * wait ends when @stop is cancelled. */
#include "shared/base/mh-error.h"
#include "shared/record/mh-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MhWire MhWire;

/* Takes @socket. */
MhWire *mh_wire_new_socket (GSocket *socket);
/* Inside TLS from here on, when @link says so; @own as in mh_analysers_tls_begin(). Before the
 * first byte is read or written. */
gboolean mh_wire_secure (MhWire *wire,
                         MhRecord *link,
                         GTlsCertificate *own,
                         GCancellable *stop,
                         GError **error);
/* By the link's host and port, within ten seconds. */
MhWire *mh_wire_connect (MhRecord *link, GCancellable *stop, GError **error);
/* By the link's device and mode ("9600 8N1"). */
MhWire *mh_wire_open_serial (MhRecord *link, GError **error);
void mh_wire_free (MhWire *wire);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhWire, mh_wire_free)

/* Where it leads: an address, a device. */
const char *mh_wire_peer (const MhWire *wire);
/* Bytes read: 0 after @timeout (µs) without any, -1 with @error when the line ended or @stop. */
gssize mh_wire_read (MhWire *wire,
                     guint8 *buffer,
                     gsize size,
                     gint64 timeout,
                     GCancellable *stop,
                     GError **error);
/* All of it, within thirty seconds. */
gboolean mh_wire_write (MhWire *wire, GBytes *bytes, GCancellable *stop, GError **error);

/* A socket that listens where the link says; may it be reached from @address? */
GSocket *mh_wire_listen (MhRecord *link, GError **error);
gboolean mh_wire_may_come (MhRecord *link, GSocket *from);

G_END_DECLS
