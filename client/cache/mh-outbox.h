/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What was done here and the server has not confirmed: in the local copy's file, encrypted, on disk
 * before anything is sent, in the order it was done. Each operation carries its own
 * Idempotency-Key, so that sending it twice does it once. On the cache's thread only.
 */
#include "client/cache/mh-cache.h"

G_BEGIN_DECLS

#define MH_OP_WAITING "waiting"
#define MH_OP_CONFLICT "conflict"   /* the server refused it; a person must look */
#define MH_OP_DISCARDED "discarded" /* a person gave it up; it can be brought back for a while */

typedef struct
{
  gint64 seq; /* order of doing */
  char *state;
  char *key;      /* Idempotency-Key, a UUID */
  char *route_id; /* "order.place" */
  char **args;    /* name, value, …, NULL */
  char *body;     /* JSON or NULL */
  gint64 if_match;
  char *type, *record_id; /* of the record it makes or changes; may be NULL */
  gint64 made_at;
  gint64 discarded_at; /* µs UTC; 0: it is not */
  gint64 sent_at;      /* µs UTC: since when the server may have done it unheard; 0: it has not */
  guint attempts;
  char *problem; /* why it was refused, for people */
  char *current; /* JSON: the record as the server had it when it refused; or NULL */
} MhOp;

MhOp *mh_op_new (const char *route_id, const char *const *args, const char *body, gint64 if_match);
MhOp *mh_op_copy (const MhOp *op);
void mh_op_free (MhOp *op);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhOp, mh_op_free)

/* Sets op->seq; durable when it returns TRUE. */
gboolean mh_outbox_add (MhCache *cache, MhOp *op, GError **error);
gboolean mh_outbox_update (MhCache *cache, const MhOp *op, GError **error);
gboolean mh_outbox_remove (MhCache *cache, gint64 seq, GError **error);
/* Forgets what was discarded before @before (µs UTC). */
gboolean mh_outbox_forget_discarded (MhCache *cache, gint64 before, GError **error);
/* All, in order of doing (MhOp *). */
GPtrArray *mh_outbox_list (MhCache *cache, GError **error);

G_END_DECLS
