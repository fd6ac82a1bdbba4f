/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What was made once and is asked for far more often than it changes. A thing is found by its id
 * and a key of all that it was made from; whoever asks finds the key out anew every time, so that
 * nothing old is ever shown. The least used go when the room is full. Safe from any thread.
 */
#include <glib.h>

G_BEGIN_DECLS

typedef struct _MhLruCache MhLruCache;
typedef gpointer (*MhLruCacheRef) (gpointer thing);

/* @most: bytes that are kept. @ref and @unref: of the things, from any thread. */
MhLruCache *mh_lru_cache_new (gsize most, MhLruCacheRef ref, GDestroyNotify unref);
void mh_lru_cache_free (MhLruCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhLruCache, mh_lru_cache_free)

/* A reference; NULL: it is not there, or of another key. */
gpointer mh_lru_cache_find (MhLruCache *cache, const char *id, const char *key);
/* @size: its bytes. What has more than half the room is not kept. */
void
mh_lru_cache_put (MhLruCache *cache, const char *id, const char *key, gpointer thing, gsize size);

G_END_DECLS
