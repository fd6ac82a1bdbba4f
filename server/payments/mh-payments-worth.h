/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Which tests of an order may be given back, and what they are worth. Pure. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef enum
{
  MH_PAYMENTS_OPEN,     /* no tube is received: all may be given back */
  MH_PAYMENTS_RECEIVED, /* only tests whose tube is not received */
  MH_PAYMENTS_REPORTED, /* the report is out: the director decides */
} MhPaymentsStage;

MhPaymentsStage mh_payments_stage (MhRecord *order, GPtrArray *items);
/* Its tube has not come to the laboratory, and it was not given back or cancelled. */
gboolean mh_payments_may_return_item (MhRecord *item);
/* Ids of all tests that are not cancelled, for mh_record_set_list(). Caller frees. */
char **mh_payments_live_items (GPtrArray *items);
MhRecord *mh_payments_find_item (GPtrArray *items, const char *id);
/* What the order is charged less when the tests of @ids are given back: their prices less their
 * share of the discount, with their tax; for the last live tests all that is still charged, the
 * order's own tax too. */
gint64 mh_payments_worth (MhRecord *order, GPtrArray *items, const char *const *ids);

G_END_DECLS
