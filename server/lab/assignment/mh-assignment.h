/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Giving orders to technicians (rules.md 9): the entry point for those who place and move orders.
 * Each order keeps the expected minutes that are left of it, and each technician's sum is kept with
 * them, so a choice costs no more on a busy day.
 */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Announces what mh_assignment_choose() will read; see mh_db_prefetch(). */
void mh_assignment_prefetch (MhDb *db, const char *hospital_id);
/* Names the technician on @order, which is not written, unless it has one or nobody may be given
 * it: trained for its benches, on shift, not the one who entered what waits to be verified; least
 * open minutes; of equals the one who was given work longest ago. */
gboolean mh_assignment_choose (MhTx *tx, MhRecord *order, GPtrArray *items, GError **error);
/* Once the status and the technician of @after are set, and before it is written: keeps its
 * open_minutes and the loads of both technicians. @before NULL: it is new. */
gboolean mh_assignment_settle (MhTx *tx,
                               MhRecord *before,
                               MhRecord *after,
                               GPtrArray *items,
                               GError **error);
/* For imports that write orders as they are: @minutes more for @user_id. */
gboolean mh_assignment_add_load (MhTx *tx, const char *user_id, gint64 minutes, GError **error);
/* Does for orders what mh-orders-assignment.h asks for. Once, before the first of them. */
void mh_assignment_serve_orders (void);

G_END_DECLS
