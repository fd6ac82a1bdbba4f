/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What was made once and is asked for far more often than it changes. A thing is found by its id
 * and a key of all that it was made from; whoever asks finds the key out anew every time, so that
 * nothing old is ever shown. The least used go when the room is full. Safe from any thread.
 */
#include <glib.h>

G_BEGIN_DECLS

typedef struct _MhShelf MhShelf;
typedef gpointer (*MhShelfRef) (gpointer thing);

/* @most: bytes that are kept. @ref and @unref: of the things, from any thread. */
MhShelf *mh_shelf_new (gsize most, MhShelfRef ref, GDestroyNotify unref);
void mh_shelf_free (MhShelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhShelf, mh_shelf_free)

/* A reference; NULL: it is not there, or of another key. */
gpointer mh_shelf_find (MhShelf *shelf, const char *id, const char *key);
/* @size: its bytes. What has more than half the room is not kept. */
void mh_shelf_put (MhShelf *shelf, const char *id, const char *key, gpointer thing, gsize size);

G_END_DECLS
