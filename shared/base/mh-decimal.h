/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Exact decimals, so that "13.20" stays "13.20" and a limit of 13.2 is met by it. Up to 18 digits.
 * Also money: integers in the currency's minor unit, shown with two decimals. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 mantissa; /* value = mantissa / 10^scale */
  int scale;       /* 0–12 */
} MhDecimal;

/* "-12.50", "7", ".5" refused, "1e3" refused, at most 18 digits. ASCII digits only; a
 * person's other digits are mapped by mh_text_ascii_digits() before. */
gboolean mh_decimal_parse (const char *text, MhDecimal *out_value);
int mh_decimal_compare (MhDecimal a, MhDecimal b);
double mh_decimal_to_double (MhDecimal value);
/* Exactly; FALSE when the product has more than 18 digits or 12 decimals. */
gboolean mh_decimal_multiply (MhDecimal a, MhDecimal b, MhDecimal *out_product);
/* Rounded half away from zero to @decimals. Caller frees. */
char *mh_decimal_format (MhDecimal value, int decimals);
char *mh_decimal_from_double (double value, int decimals); /* NULL when not finite */

/* ISO 4217; where a hospital has not said its own. */
#define MH_CURRENCY_DEFAULT "INR"

/* Money. "₹1,23,456.50": Indian grouping for INR, thousands otherwise. Caller frees. */
char *mh_money_display (gint64 minor, const char *currency);
/* "123456.50": without sign of the currency or groups, as it stands in an entry. Caller frees. */
char *mh_money_entry (gint64 minor);
/* "511", "511.5", "1,234.50", "₹511": FALSE when unreadable, negative, or finer than the minor
 * unit. */
gboolean mh_money_parse (const char *text, gint64 *out_minor);
/* What part of something it is, stored in hundredths of a per cent, read and written in per cent:
 * "10", "12.5", "0.25". Caller frees. */
char *mh_rate_entry (gint64 rate);
/* "12.5", "12.5 %": FALSE when unreadable, negative, or finer than a hundredth. */
gboolean mh_rate_parse (const char *text, gint64 *out_rate);
/* @amount * @numerator / @denominator, rounded half up (away from zero). For taxes and discounts.
 */
gint64 mh_money_share (gint64 amount, gint64 numerator, gint64 denominator);

G_END_DECLS
