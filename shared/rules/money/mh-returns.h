/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Which tests of an order may be given back, for which reason, and what they are worth (rules.md
 * 11). Pure. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef enum
{
  MH_RETURNS_OPEN,     /* no tube is received: all may be given back */
  MH_RETURNS_RECEIVED, /* only tests whose tube is not received */
  MH_RETURNS_REPORTED, /* the report is out: the director decides */
} MhReturnsStage;

/* Reasons (mh_refund_reason_codes) that take something off the order, rather than putting the money
 * elsewhere; reasons that speak of money that was never on the order. */
gboolean mh_returns_is_for_tests (const char *reason);
gboolean mh_returns_is_for_advance (const char *reason);

MhReturnsStage mh_returns_stage (MhRecord *order, GPtrArray *items);
/* Its tube has not come to the laboratory, and it was not given back or cancelled. */
gboolean mh_returns_may_return (MhRecord *item);
/* Ids of all tests that are not cancelled, for mh_record_set_list(). Caller frees. */
char **mh_returns_live_items (GPtrArray *items);
MhRecord *mh_returns_find_item (GPtrArray *items, const char *id);
/* What the order is charged less when the tests of @ids are given back: their prices less their
 * share of the discount, with their tax; for the last live tests all that is still charged, the
 * order's own tax too. */
gint64 mh_returns_worth (MhRecord *order, GPtrArray *items, const char *const *ids);

G_END_DECLS
