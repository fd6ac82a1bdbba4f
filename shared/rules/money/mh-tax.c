/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/money/mh-tax.h"

#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-tax-rule.h"
#include "shared/rules/money/mh-price.h"

/* --- which rule --- */

static gboolean
tax_is_listed (MhRecord *rule, guint field, const char *code)
{
  const char *const *codes = mh_record_list (rule, field);
  return codes != NULL && code != NULL && g_strv_contains (codes, code);
}

static gboolean
tax_names (MhRecord *rule, guint field)
{
  const char *const *codes = mh_record_list (rule, field);
  return codes != NULL && codes[0] != NULL;
}

/* Every list that a rule has must name the line; the more it asks for, the more particular it is.
 * -1: the rule is not for this line. */
static int
tax_fit (MhRecord *rule, const MhTaxed *line)
{
  const char *category = mh_record_text (rule, MH_TAX_RULE_CATEGORY);
  int score = 0;
  if (tax_names (rule, MH_TAX_RULE_TESTS))
    {
      if (!tax_is_listed (rule, MH_TAX_RULE_TESTS, line->test)
          && !tax_is_listed (rule, MH_TAX_RULE_TESTS, line->panel))
        return -1;
      score += 8;
    }

  if (tax_names (rule, MH_TAX_RULE_BENCHES))
    {
      if (!tax_is_listed (rule, MH_TAX_RULE_BENCHES, line->bench))
        return -1;
      score += 4;
    }

  if (tax_names (rule, MH_TAX_RULE_DEPARTMENTS))
    {
      if (!tax_is_listed (rule, MH_TAX_RULE_DEPARTMENTS, line->department))
        return -1;
      score += 2;
    }

  if (category != NULL)
    {
      if (g_strcmp0 (category, line->category) != 0)
        return -1;
      score += 1;
    }

  return score;
}

/* Does @a go before @b although both fit equally? */
static gboolean
goes_before (MhRecord *a, MhRecord *b)
{
  gboolean own_a = mh_record_has (a, MH_TAX_RULE_HOSPITAL_ID);
  gboolean own_b = mh_record_has (b, MH_TAX_RULE_HOSPITAL_ID);
  if (own_a != own_b)
    return own_a;

  int since = g_strcmp0 (mh_record_text (a, MH_TAX_RULE_VALID_FROM),
                         mh_record_text (b, MH_TAX_RULE_VALID_FROM));
  if (since != 0)
    return since > 0;

  /* The configuration's own row has no id and gives way to every stored one. */
  if (mh_record_has (a, MH_ID) != mh_record_has (b, MH_ID))
    return mh_record_has (a, MH_ID);

  return g_strcmp0 (mh_record_text (a, MH_TAX_RULE_CODE), mh_record_text (b, MH_TAX_RULE_CODE)) < 0;
}

MhRecord *
mh_tax_choose (GPtrArray *rules, const char *hospital_id, const MhTaxed *line, const char *day)
{
  MhRecord *best = NULL;
  int best_score = -1;
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      MhRecord *rule = g_ptr_array_index (rules, i);
      const char *owner = mh_record_text (rule, MH_TAX_RULE_HOSPITAL_ID);
      if ((owner != NULL && g_strcmp0 (owner, hospital_id) != 0)
          || !mh_price_is_valid (rule, MH_TAX_RULE_VALID_FROM, MH_TAX_RULE_VALID_UNTIL,
                                 MH_TAX_RULE_ACTIVE, day))
        continue;
      int score = tax_fit (rule, line);
      if (score > best_score || (score >= 0 && score == best_score && goes_before (rule, best)))
        {
          best = rule;
          best_score = score;
        }
    }

  return best;
}

MhRecord *
mh_tax_standard_rule (gint64 amount)
{
  MhRecord *rule = mh_record_new (&mh_tax_rule_type);
  mh_record_set_text (rule, MH_TAX_RULE_CODE, MH_TAX_RULE_STANDARD);
  mh_record_set_text (rule, MH_TAX_RULE_NAME, "Tax");
  mh_record_set_text (rule, MH_TAX_RULE_KIND, MH_TAX_KIND_FLAT);
  mh_record_set_int (rule, MH_TAX_RULE_AMOUNT, amount);
  mh_record_set_bool (rule, MH_TAX_RULE_ACTIVE, TRUE);
  return rule;
}

/* --- how much --- */

static gboolean
is_flat_rule (MhRecord *rule)
{
  return g_strcmp0 (mh_record_text (rule, MH_TAX_RULE_KIND), MH_TAX_KIND_FLAT) == 0;
}

static gboolean
is_flat (const MhTaxed *line)
{
  return !line->is_exempt && is_flat_rule (line->rule);
}

/* Exempt, rated at nothing and not taxed at all are one: the line bears no tax. */
static gboolean
bears_none (const MhTaxed *line)
{
  return line->exempt || line->rule == NULL || mh_record_bool (line->rule, MH_TAX_RULE_EXEMPT)
         || mh_record_int (line->rule,
                           is_flat_rule (line->rule) ? MH_TAX_RULE_AMOUNT : MH_TAX_RULE_RATE)
                == 0;
}

static void
tax_line (MhTaxed *line)
{
  gint64 rate = line->rule != NULL ? mh_record_int (line->rule, MH_TAX_RULE_RATE) : 0;
  line->is_exempt = bears_none (line);
  line->inclusive = FALSE;
  line->tax = 0;
  line->taxable = line->net;
  line->amount = line->net;
  if (line->is_exempt || is_flat (line))
    return;

  line->inclusive = mh_record_bool (line->rule, MH_TAX_RULE_INCLUSIVE);
  line->tax = line->inclusive ? mh_price_tax_within (line->net, rate)
                              : mh_price_percent (line->net, rate);
  line->taxable = line->inclusive ? line->net - line->tax : line->net;
  line->amount = line->taxable + line->tax;
}

/* One amount for the order, over the lines of that rule in proportion to what they cost. */
static void
spread_flat (MhRecord *rule, MhTaxed *lines, guint n)
{
  g_autofree guint *index = g_new (guint, n);
  g_autofree gint64 *weights = g_new (gint64, n);
  g_autofree gint64 *parts = g_new (gint64, n);
  guint found = 0;

  for (guint i = 0; i < n; i++)
    if (lines[i].rule == rule && is_flat (&lines[i]))
      {
        weights[found] = lines[i].net;
        index[found++] = i;
      }

  mh_price_spread (mh_record_int (rule, MH_TAX_RULE_AMOUNT), weights, found, parts);
  for (guint i = 0; i < found; i++)
    {
      lines[index[i]].tax = parts[i];
      lines[index[i]].amount = lines[index[i]].taxable + parts[i];
    }
}

void
mh_tax_lines (GPtrArray *rules, const char *hospital_id, const char *day, MhTaxed *lines, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      lines[i].rule = mh_tax_choose (rules, hospital_id, &lines[i], day);
      tax_line (&lines[i]);
    }

  for (guint i = 0; i < n; i++)
    {
      gboolean done = !is_flat (&lines[i]);
      for (guint k = 0; k < i && !done; k++)
        done = is_flat (&lines[k]) && lines[k].rule == lines[i].rule;
      if (!done)
        spread_flat (lines[i].rule, lines, n);
    }
}

/* --- in sum --- */

static MhRecord *
summary_row (GPtrArray *rows, MhRecord *line, const MhTaxFields *f)
{
  const char *code = mh_record_text (line, f->rule);
  gboolean exempt = mh_record_bool (line, f->exempt);
  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      if (exempt ? mh_record_bool (row, MH_TAX_LINE_EXEMPT)
                 : !mh_record_bool (row, MH_TAX_LINE_EXEMPT)
                       && g_strcmp0 (mh_record_text (row, MH_TAX_LINE_CODE), code) == 0
                       && mh_record_has (row, MH_TAX_LINE_RATE) == mh_record_has (line, f->rate)
                       && mh_record_int (row, MH_TAX_LINE_RATE) == mh_record_int (line, f->rate))
        return row;
    }

  MhRecord *row = mh_record_new (&mh_tax_line_type);
  mh_record_set_text (row, MH_TAX_LINE_CODE, exempt ? NULL : code);
  mh_record_set_text (row, MH_TAX_LINE_NAME, exempt ? NULL : mh_record_text (line, f->name));
  if (!exempt && mh_record_has (line, f->rate))
    mh_record_set_int (row, MH_TAX_LINE_RATE, mh_record_int (line, f->rate));
  mh_record_set_bool (row, MH_TAX_LINE_INCLUSIVE, mh_record_bool (line, f->inclusive));
  mh_record_set_bool (row, MH_TAX_LINE_EXEMPT, exempt);
  g_ptr_array_add (rows, row);

  return row;
}

GPtrArray *
mh_tax_summary (GPtrArray *lines, const MhTaxFields *fields)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; lines != NULL && i < lines->len; i++)
      {
        MhRecord *line = g_ptr_array_index (lines, i);
        if (mh_record_bool (line, fields->exempt) != (pass == 1))
          continue;
        MhRecord *row = summary_row (rows, line, fields);
        mh_record_set_int (row, MH_TAX_LINE_TAXABLE,
                           mh_record_int (row, MH_TAX_LINE_TAXABLE)
                               + mh_record_int (line, fields->taxable));
        mh_record_set_int (row, MH_TAX_LINE_TAX,
                           mh_record_int (row, MH_TAX_LINE_TAX)
                               + mh_record_int (line, fields->tax));
      }

  return rows;
}
