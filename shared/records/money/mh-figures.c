/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/money/mh-figures.h"

#include "shared/base/mh-translation.h"

/* clang-format off */
const MhCode mh_figures_report_codes[] = {
  { MH_FIGURES_REVENUE, NS_("Revenue") },
  { MH_FIGURES_TAX, NS_("Charges and tax") },
  { MH_FIGURES_OUTSTANDING, NS_("Outstanding") },
  { MH_FIGURES_REFUNDS, NS_("Refunds") },
  { NULL },
};

const MhCode mh_figures_by_codes[] = {
  { MH_FIGURES_BY_DAY, NS_("Day") },
  { MH_FIGURES_BY_DEPARTMENT, NS_("Department") },
  { MH_FIGURES_BY_DOCTOR, NS_("Doctor") },
  { MH_FIGURES_BY_CASHIER, NS_("Cashier") },
  { MH_FIGURES_BY_METHOD, NS_("Method") },
  { NULL },
};

static const MhField row_fields[] = {
  [MH_FIGURES_ROW_KEY]        = { "key", MH_KIND_TEXT, .label = N_("Key"), .max = 120 },
  [MH_FIGURES_ROW_LABEL]      = { "label", MH_KIND_TEXT, .label = N_("Name"), .max = 250 },
  [MH_FIGURES_ROW_COUNT]      = { "count", MH_KIND_INT, .label = N_("Number") },
  [MH_FIGURES_ROW_CHARGED]    = { "charged", MH_KIND_MONEY, .label = N_("Charged") },
  [MH_FIGURES_ROW_DISCOUNT]   = { "discount", MH_KIND_MONEY, .label = N_("Discount") },
  [MH_FIGURES_ROW_TAX]        = { "tax", MH_KIND_MONEY, .label = N_("Tax") },
  [MH_FIGURES_ROW_TOTAL]      = { "total", MH_KIND_MONEY, .label = N_("Total") },
  [MH_FIGURES_ROW_TAKEN]      = { "taken", MH_KIND_MONEY, .label = N_("Taken") },
  [MH_FIGURES_ROW_GIVEN_BACK] = { "given_back", MH_KIND_MONEY, .label = N_("Given back") },
  [MH_FIGURES_ROW_NET]        = { "net", MH_KIND_MONEY, .label = NS_("Net") },
  [MH_FIGURES_ROW_DUE]        = { "due", MH_KIND_MONEY, .label = N_("Due") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (row_fields) == MH_FIGURES_ROW_N_FIELDS);

static const MhField figures_fields[] = {
  [MH_FIGURES_REPORT]   = { "report", MH_KIND_ENUM, .label = N_("Report"), .codes = mh_figures_report_codes },
  [MH_FIGURES_BY]       = { "by", MH_KIND_ENUM, .label = N_("Grouped by"), .codes = mh_figures_by_codes },
  [MH_FIGURES_FROM]     = { "from", MH_KIND_DATE, .label = N_("From") },
  [MH_FIGURES_TO]       = { "to", MH_KIND_DATE, .label = N_("To"), .help = N_("The last day, counted in") },
  [MH_FIGURES_CURRENCY] = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .format = "currency", .max = 3 },
  [MH_FIGURES_ROWS]     = { "rows", MH_KIND_RECORDS, .label = N_("Rows"), .flags = MH_VIRTUAL, .target = &mh_figures_row_type, .max = 10000 },
  [MH_FIGURES_TOTALS]   = { "totals", MH_KIND_RECORD, .label = N_("Totals"), .flags = MH_VIRTUAL, .target = &mh_figures_row_type },
};
G_STATIC_ASSERT (G_N_ELEMENTS (figures_fields) == MH_FIGURES_N_FIELDS);

const MhRecordType mh_figures_row_type = {
  .name = "MhFiguresRow", .code = "figures_row",
  .label = N_("Row of figures"), .fields = row_fields, .n_fields = G_N_ELEMENTS (row_fields),
};

const MhRecordType mh_figures_type = {
  .name = "MhFigures", .code = "figures",
  .label = N_("Figures"), .fields = figures_fields, .n_fields = G_N_ELEMENTS (figures_fields),
};
/* clang-format on */
