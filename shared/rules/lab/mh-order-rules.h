/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Rules of orders and tubes that server and client share (rules.md 6, 7 and 9). Pure. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* The tab of the board, from status, money and tubes; NULL: on none (cancelled, expired, or waiting
 * for a payment online that has not failed). */
const char *mh_order_rules_tab (MhRecord *order);
/* Order status from its items: the least advanced live item decides; "cancelled" when none lives.
 */
const char *mh_order_rules_status (GPtrArray *items);

/* The status a tube has after @event, NULL when the event is out of order. */
const char *mh_sample_rules_after (const char *status, const char *event);
/* The right that somebody needs to say so. */
const char *mh_sample_rules_permission (const char *event);
gboolean mh_sample_rules_needs_reason (const char *event);
gboolean mh_sample_rules_is_reject_reason (const char *reason);
/* A tube that cannot be drawn again: liquor, tissue, marrow, or of somebody younger than 28 days
 * (@age_days < 0: unknown). */
gboolean mh_sample_rules_is_irreplaceable (const char *specimen, int age_days);

/* May @test (MhTest) be taken from tube @sample (MhSample)? One tube has one container, one bench
 * and one specimen: urine and liquor go into like containers, never into one. */
gboolean mh_tube_rules_shares (MhRecord *sample, MhRecord *test);
/* Order of draw of two samples, those without one (urine, swabs) last; then by accession. */
int mh_tube_rules_compare (MhRecord *a, MhRecord *b);

/* May a report of status @from be followed by one of status @to? Never overwritten: each is a new
 * version. What was final can only be corrected (an error), amended (changed), appended (added), or
 * struck out as entered in error. */
gboolean mh_report_rules_may_become (const char *from, const char *to);
/* Has it been given out, so that readers of it are told of the next version? */
gboolean mh_report_rules_is_released (const char *status);

G_END_DECLS
