/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* For whom a proxy asks. What a request says about that is believed only from proxies that are
 * named, since everybody can write it. Immutable; any thread. */
#include <gio/gio.h>

G_BEGIN_DECLS

/* Which header the proxies write; what clients put into the other one is not looked at. */
#define MH_FORWARDED_FOR "x-forwarded-for"
#define MH_FORWARDED_RFC7239 "forwarded"

typedef struct _MhHttpProxies MhHttpProxies;

/* @list: addresses and networks, "127.0.0.1, 10.1.0.0/16, fd00::/8"; empty: none is trusted. NULL
 * with MH_ERROR_INVALID naming the part that is no network. */
MhHttpProxies *mh_http_proxies_new (const char *list, const char *header, GError **error);
void mh_http_proxies_free (MhHttpProxies *proxies);
gboolean mh_http_proxies_trust (const MhHttpProxies *proxies, GInetAddress *address);
/* Name of the header to ask for. */
const char *mh_http_proxies_header (const MhHttpProxies *proxies);
/* The client whose request came by way of @peer, a trusted proxy: of the addresses in @value (the
 * header, joined by commas; NULL: it was not sent) the last one that is not itself a trusted proxy.
 * What cannot be read, and what stands before it, is not believed. Caller frees. */
char *mh_http_proxies_client (const MhHttpProxies *proxies, GInetAddress *peer, const char *value);
/* An IPv4 address inside an IPv6 one is the IPv4 address. Transfer full. */
GInetAddress *mh_http_address_plain (GInetAddress *address);

G_END_DECLS
