/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is measured next because of a result: "TSH high → free T4". A rule fires when every
 * condition that it states holds, once for an order, when the result is verified.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_REFLEX_BELOW "below"
#define MH_REFLEX_AT_MOST "at_most"
#define MH_REFLEX_ABOVE "above"
#define MH_REFLEX_AT_LEAST "at_least"
#define MH_REFLEX_BETWEEN "between" /* both limits inside */
#define MH_REFLEX_IS "is"           /* a choice's code, or exactly this number or titre */
#define MH_REFLEX_IS_NOT "is_not"
extern const MhCode mh_reflex_operator_codes[];

#define MH_REFLEX_SAME_PRIORITY "same"
extern const MhCode mh_reflex_priority_codes[];

#define MH_REFLEX_TELL_NOBODY "nobody"
#define MH_REFLEX_TELL_REQUESTER "requester"
#define MH_REFLEX_TELL_LABORATORY "laboratory"
#define MH_REFLEX_TELL_BOTH "both"
extern const MhCode mh_reflex_tell_codes[];

enum
{
  MH_REFLEX_RULE_CODE = MH_N_COMMON,
  MH_REFLEX_RULE_NAME,
  MH_REFLEX_RULE_TEST,
  MH_REFLEX_RULE_ANALYTE,
  MH_REFLEX_RULE_FLAGS,
  MH_REFLEX_RULE_OPERATOR,
  MH_REFLEX_RULE_VALUE,
  MH_REFLEX_RULE_VALUE_TO,
  MH_REFLEX_RULE_ADD_TEST,
  MH_REFLEX_RULE_PRIORITY,
  MH_REFLEX_RULE_TELL,
  MH_REFLEX_RULE_CHARGED,
  MH_REFLEX_RULE_NOTE,
  MH_REFLEX_RULE_VERIFIED,
  MH_REFLEX_RULE_SIGNED_BY,
  MH_REFLEX_RULE_SIGNED_AT,
  MH_REFLEX_RULE_ACTIVE,
  MH_REFLEX_RULE_N_FIELDS,
};

G_END_DECLS
