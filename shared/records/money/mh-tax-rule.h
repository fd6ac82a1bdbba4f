/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Taxes as rows: which services bear which tax, from when. The most particular rule that fits a
 * line holds (shared/rules/money/mh-tax.h).
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_TAX_KIND_FLAT "flat_per_order" /* one amount for each order */
#define MH_TAX_KIND_PERCENT "percent"     /* a part of the price of each line */
extern const MhCode mh_tax_kind_codes[];

#define MH_SERVICE_LABORATORY "laboratory"
#define MH_SERVICE_CONSULTATION "consultation"
#define MH_SERVICE_PROCEDURE "procedure"
#define MH_SERVICE_ROOM "room"
#define MH_SERVICE_PHARMACY "pharmacy"
#define MH_SERVICE_OTHER "other"
extern const MhCode mh_service_category_codes[];

/* The row that `[lab] tax` of the configuration stands for, unless a stored rule has this code. */
#define MH_TAX_RULE_STANDARD "STANDARD"

enum
{
  MH_TAX_RULE_HOSPITAL_ID = MH_N_COMMON,
  MH_TAX_RULE_CODE,
  MH_TAX_RULE_NAME,
  MH_TAX_RULE_KIND,
  MH_TAX_RULE_AMOUNT,
  MH_TAX_RULE_RATE,
  MH_TAX_RULE_INCLUSIVE,
  MH_TAX_RULE_EXEMPT,
  MH_TAX_RULE_CATEGORY,
  MH_TAX_RULE_DEPARTMENTS,
  MH_TAX_RULE_BENCHES,
  MH_TAX_RULE_TESTS,
  MH_TAX_RULE_HSN_SAC,
  MH_TAX_RULE_VALID_FROM,
  MH_TAX_RULE_VALID_UNTIL,
  MH_TAX_RULE_ACTIVE,
  MH_TAX_RULE_N_FIELDS,
};

G_END_DECLS
