/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Which tax a line bears and how much it is (rules.md 11): half up for each line; one amount for
 * the whole order is spread over the lines that bear it. Pure.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* What is known of a line; strings are borrowed, any may be NULL. */
typedef struct
{
  const char *test;
  const char *panel; /* the panel it was ordered with */
  const char *bench;
  const char *department; /* code */
  const char *category;   /* MH_SERVICE_… */
  gboolean exempt;        /* the service itself is (test.tax_exempt) */
  gint64 net;             /* quantity × price − discount */

  /* found by mh_tax_lines() */
  MhRecord *rule; /* borrowed; NULL: none fits */
  gboolean is_exempt;
  gboolean inclusive;
  gint64 taxable; /* without the tax */
  gint64 tax;
  gint64 amount; /* what it costs: taxable + tax */
} MhTaxed;

/* The rule that holds for @line on @day: of those in use the most particular (tests before benches,
 * departments, kind of service, everything), then one of the hospital before one of all, then the
 * one that began last, then by code. NULL: none. */
MhRecord *
mh_tax_choose (GPtrArray *rules, const char *hospital_id, const MhTaxed *line, const char *day);
/* Fills in what is found of each line. */
void
mh_tax_lines (GPtrArray *rules, const char *hospital_id, const char *day, MhTaxed *lines, guint n);
/* The rule of `[lab] tax`: one amount for each order; new. */
MhRecord *mh_tax_standard_rule (gint64 amount);
/* One tax_line for each rule and rate, in the order of the lines; exempt ones together, last.
 * @lines: records of one type whose fields are given: text rule and name, int rate, bools inclusive
 * and exempt, money taxable and tax. Transfer full. */
typedef struct
{
  guint rule, name, rate, inclusive, exempt, taxable, tax;
} MhTaxFields;
GPtrArray *mh_tax_summary (GPtrArray *lines, const MhTaxFields *fields);

G_END_DECLS
