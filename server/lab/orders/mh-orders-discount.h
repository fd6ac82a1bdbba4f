/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who may lower a price, by how much, and who stands for it. */
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* For an order whose totals are set: MH_ERROR_FORBIDDEN without the right to give discounts;
 * MH_ERROR_INVALID on "discount" when it is more than the role's limit (mh-settings.h) and the
 * actor may not approve discounts. Notes on the order who gave it, and who approved it when that
 * was needed. */
gboolean mh_orders_discount_allow (const MhRequest *req, MhRecord *order, GError **error);
/* May the order's discount still be changed? MH_ERROR_CONFLICT says why not. */
gboolean mh_orders_discount_is_open (MhRecord *order, GError **error);
/* Does the patch speak of the discount? */
gboolean mh_orders_discount_is_in (MhRecord *patch);
/* @patch's discount instead of @order's: an amount takes the place of a rate and the other way
 * round. The totals are to be set anew afterwards. */
void mh_orders_discount_apply (MhRecord *order, MhRecord *patch);

G_END_DECLS
