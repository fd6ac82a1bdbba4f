/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Figures: what a report of /analytics/{report} answers. Each report fills the members it is about
 * and leaves the others out. Amounts are in the currency's minor unit.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_FIGURES_REVENUE "revenue"
#define MH_FIGURES_TAX "tax"
#define MH_FIGURES_OUTSTANDING "outstanding"
#define MH_FIGURES_REFUNDS "refunds"
extern const MhCode mh_figures_report_codes[];

#define MH_FIGURES_BY_DAY "day"
#define MH_FIGURES_BY_DEPARTMENT "department"
#define MH_FIGURES_BY_DOCTOR "doctor"
#define MH_FIGURES_BY_CASHIER "cashier"
#define MH_FIGURES_BY_METHOD "method"
extern const MhCode mh_figures_by_codes[];

enum
{
  MH_FIGURES_ROW_KEY,
  MH_FIGURES_ROW_LABEL,
  MH_FIGURES_ROW_COUNT,
  MH_FIGURES_ROW_CHARGED,
  MH_FIGURES_ROW_DISCOUNT,
  MH_FIGURES_ROW_TAX,
  MH_FIGURES_ROW_TOTAL,
  MH_FIGURES_ROW_TAKEN,
  MH_FIGURES_ROW_GIVEN_BACK,
  MH_FIGURES_ROW_NET,
  MH_FIGURES_ROW_DUE,
  MH_FIGURES_ROW_N_FIELDS,
};

enum
{
  MH_FIGURES_REPORT,
  MH_FIGURES_BY,
  MH_FIGURES_FROM,
  MH_FIGURES_TO,
  MH_FIGURES_CURRENCY,
  MH_FIGURES_ROWS,
  MH_FIGURES_TOTALS,
  MH_FIGURES_N_FIELDS,
};

G_END_DECLS
