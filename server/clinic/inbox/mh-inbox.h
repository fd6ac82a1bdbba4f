/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Doctors are told of what they ordered: each report that is released, and each newer version of
 * it, puts a row into the inbox of the doctor of the house who stands on the order. Reports and
 * orders know nothing of it.
 */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* An inbox_item, not seen, of what @report tells the doctor on @order; both as they are stored.
 * NULL with @error when the report's content cannot be read. */
MhRecord *mh_inbox_item_of (MhRecord *order, MhRecord *report, GError **error);

/* Watches reports and orders. Before the first request. */
void mh_inbox_observe (MhServer *server);

G_END_DECLS
