/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* An order with whom and what it is about: the order itself, its patient, its hospital. Each comes
 * as it arrives, from the local copy when the server is away. What a paper of the order is drawn
 * from. */
#include "client/models/mh-model.h"

G_BEGIN_DECLS

#define MH_TYPE_ORDER_PARTS (mh_order_parts_get_type ())
/* Signals: "changed": a part came, or all went; "failed" (GError). */
G_DECLARE_FINAL_TYPE (MhOrderParts, mh_order_parts, MH, ORDER_PARTS, MhModel)

MhOrderParts *mh_order_parts_new (MhContext *context);
/* Another order (NULL: none) empties it first; the same one is fetched afresh. */
void mh_order_parts_load (MhOrderParts *parts, const char *order_id);
const char *mh_order_parts_wanted (MhOrderParts *parts); /* the order's id, or NULL */
/* Borrowed; NULL: not here yet. */
MhRecord *mh_order_parts_order (MhOrderParts *parts);
MhRecord *mh_order_parts_patient (MhOrderParts *parts);
MhRecord *mh_order_parts_hospital (MhOrderParts *parts);

G_END_DECLS
