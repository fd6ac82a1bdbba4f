/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Which vaccine is due when: the National Immunization Schedule of India (Universal Immunization
 * Programme, Ministry of Health and Family Welfare; with the third fractional dose of inactivated
 * polio vaccine at 9 months, introduced January 2023). Japanese encephalitis is given in endemic
 * districts only and is not asked for; pregnancy's Td belongs to antenatal care. An editable
 * default of a country, not advice about a child.
 */
#include "shared/base/mh-date.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef struct
{
  const char *vaccine; /* code of mh_vaccine_codes */
  int dose;            /* 0: at birth */
  const char *from;    /* age word: due from here on */
  const char *late;    /* overdue from here on */
  const char *last;    /* too late from here on */
} MhVaccineRow;

extern const MhVaccineRow mh_vaccine_schedule[]; /* ends with an all-NULL row */

/* How a child stands on @today: mh_vaccine_due_type, by day. @doses: MhImmunisation records; only
 * completed ones count, the n-th dose by its number or, without one, in the order of their days.
 * What was given outside the schedule's vaccines plays no part. Grown-ups past the last dose get
 * none. Caller owns. */
GPtrArray *mh_vaccine_due (MhDate birth, MhDate today, GPtrArray *doses);

G_END_DECLS
