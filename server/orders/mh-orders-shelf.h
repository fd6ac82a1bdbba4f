/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Orders as the board shows them, written out once for each version. A board is asked for far more
 * often than its orders change, and writing a row of sixty fields with its tubes costs more than
 * finding out that it is still the same. A text is found by the order's id and a key of all that it
 * was written from (version and time of change of the order and of each of its samples); the
 * database is asked for those every time, so that nothing old is ever shown, by whichever server
 * process it was changed. The least used go when the room is full. Safe from any thread.
 */
#include <glib.h>

G_BEGIN_DECLS

typedef struct _MhOrdersShelf MhOrdersShelf;

#define MH_ORDERS_SHELF_BYTES (4 * 1024 * 1024)

/* @most: bytes of text that are kept. */
MhOrdersShelf *mh_orders_shelf_new (gsize most);
void mh_orders_shelf_free (MhOrdersShelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhOrdersShelf, mh_orders_shelf_free)

/* A reference; NULL: it is not there, or of another key. */
GBytes *mh_orders_shelf_find (MhOrdersShelf *shelf, const char *id, const char *key);
void mh_orders_shelf_put (MhOrdersShelf *shelf, const char *id, const char *key, GBytes *text);

G_END_DECLS
