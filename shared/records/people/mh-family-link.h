/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Two patients who belong together: what the relative is to the patient. It is kept once and told
 * from both sides (mh-family.h turns it round); merging two records moves both ends.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_FAMILY_MOTHER "mother"
#define MH_FAMILY_FATHER "father"
#define MH_FAMILY_PARENT "parent"
#define MH_FAMILY_CHILD "child"
#define MH_FAMILY_SIBLING "sibling"
#define MH_FAMILY_SPOUSE "spouse"
#define MH_FAMILY_GRANDPARENT "grandparent"
#define MH_FAMILY_GRANDCHILD "grandchild"
#define MH_FAMILY_GUARDIAN "guardian"
#define MH_FAMILY_WARD "ward"
#define MH_FAMILY_OTHER "other"
extern const MhCode mh_family_relation_codes[];

enum
{
  MH_FAMILY_LINK_HOSPITAL_ID = MH_N_COMMON,
  MH_FAMILY_LINK_PATIENT_ID,
  MH_FAMILY_LINK_RELATIVE_ID,
  MH_FAMILY_LINK_RELATION,
  MH_FAMILY_LINK_RELATIVE, /* who that is, in a list */
  MH_FAMILY_LINK_N_FIELDS,
};

G_END_DECLS
