/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How many connections each address has, so that one cannot take them all. Of IPv6 the network of
 * 64 bits counts, which one customer has. Any thread. */
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MhHttpCrowd MhHttpCrowd;

MhHttpCrowd *mh_http_crowd_new (guint most);
void mh_http_crowd_free (MhHttpCrowd *crowd);
/* One more; FALSE: it has as many as it may. */
gboolean mh_http_crowd_enter (MhHttpCrowd *crowd, GInetAddress *address);
void mh_http_crowd_leave (MhHttpCrowd *crowd, GInetAddress *address);

G_END_DECLS
