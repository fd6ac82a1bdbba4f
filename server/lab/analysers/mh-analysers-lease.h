/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Of several servers over one database one runs each line. Who runs it stands in its row of
 * analyser_lease and counts its beat; the others look, each by its own monotonic clock, and take
 * the line over when the beat stands still, so that the servers' clocks need not agree. A server
 * that cannot write its beat lets its lines go before another may have taken them.
 */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

#define MH_LEASE_BEAT (5 * G_USEC_PER_SEC)   /* so often the owner writes */
#define MH_LEASE_FENCE (15 * G_USEC_PER_SEC) /* without having written it lets go */
#define MH_LEASE_TAKE_AFTER                                                                        \
  (20 * G_USEC_PER_SEC)                      /* a beat that stood still so long is a dead one's */
#define MH_LEASE_PAUSE (10 * G_USEC_PER_SEC) /* what was given up is left to others so long */

typedef struct _MhLeases MhLeases;

/* @owner: what it calls itself, the same for no two; NULL: this process. */
MhLeases *mh_leases_new (MhStore *store, const char *owner);
/* Gives back what it holds. NULL is nothing. */
void mh_leases_free (MhLeases *leases);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhLeases, mh_leases_free)

/* @wanted: of char *, the links that shall run. Takes what is free, keeps what it has, gives back
 * what is not wanted any more. @now: monotonic. FALSE with @error when the database does not
 * answer; what was held counts until MH_LEASE_FENCE is over. */
gboolean mh_leases_look (MhLeases *leases, GPtrArray *wanted, gint64 now, GError **error);
/* The database cannot even be asked. */
void mh_leases_fence (MhLeases *leases, gint64 now);
gboolean mh_leases_has (const MhLeases *leases, const char *link_id);
/* It cannot be run here (a serial line of another machine): whoever else can, may. */
void mh_leases_give_up (MhLeases *leases, const char *link_id, gint64 now);

/* "host/namespace/pid/start": tells a process of this machine that is over from one that lives.
 * Caller frees. */
char *mh_lease_owner_here (void);
/* TRUE only when it was a process of this machine and is over. */
gboolean mh_lease_owner_is_gone (const char *owner);

G_END_DECLS
