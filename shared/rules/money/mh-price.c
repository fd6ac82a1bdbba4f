/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/money/mh-price.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-test.h"

#include <string.h>

typedef __int128 Wide;

gint64
mh_price_percent (gint64 amount, gint64 rate)
{
  return mh_money_share (amount, rate, MH_RATE_WHOLE);
}

gint64
mh_price_tax_within (gint64 amount, gint64 rate)
{
  return mh_money_share (amount, rate, MH_RATE_WHOLE + rate);
}

/* The parts that lost most by being cut get one paisa each until all is given out. */
static void
give_rest (gint64 rest, const gint64 *remainders, guint n, gint64 *parts)
{
  g_autofree gboolean *given = g_new0 (gboolean, n);
  for (; rest > 0; rest--)
    {
      guint best = n;
      for (guint i = 0; i < n; i++)
        if (!given[i] && (best == n || remainders[i] > remainders[best]))
          best = i;
      given[best] = TRUE;
      parts[best]++;
    }
}

void
mh_price_spread (gint64 amount, const gint64 *weights, guint n, gint64 *out_parts)
{
  gint64 sum = 0, given = 0;
  if (n == 0)
    return;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  g_autofree gint64 *remainders = g_new (gint64, n);

  for (guint i = 0; i < n; i++)
    {
      Wide share = (Wide)amount * (sum > 0 ? weights[i] : 1);
      gint64 by = sum > 0 ? sum : n;
      out_parts[i] = (gint64)(share / by);
      remainders[i] = (gint64)(share % by);
      given += out_parts[i];
    }

  give_rest (amount - given, remainders, n, out_parts);
}

gint64
mh_price_round_off (gint64 total, gint64 unit)
{
  if (unit <= 1)
    return 0;
  gint64 over = total % unit;
  return over * 2 >= unit ? unit - over : -over;
}

gboolean
mh_price_is_valid (MhRecord *record, guint from, guint until, guint active, const char *day)
{
  const char *first = mh_record_text (record, from), *last = mh_record_text (record, until);
  if (mh_record_has (record, MH_DELETED_AT)
      || (mh_record_has (record, active) && !mh_record_bool (record, active)))
    return FALSE;
  /* ISO dates sort as text. */
  return (first == NULL || strcmp (first, day) <= 0) && (last == NULL || strcmp (day, last) <= 0);
}

static gboolean
same_payer (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return FALSE;
  g_autofree char *left = mh_text_fold (a);
  g_autofree char *right = mh_text_fold (b);
  return *left != '\0' && g_str_equal (left, right);
}

static gboolean
price_is_wanted (MhRecord *list, const char *code, const char *payer)
{
  if (code != NULL)
    return g_strcmp0 (mh_record_text (list, MH_PRICE_LIST_CODE), code) == 0;
  if (payer != NULL)
    return same_payer (mh_record_text (list, MH_PRICE_LIST_PAYER), payer);
  return mh_record_bool (list, MH_PRICE_LIST_IS_DEFAULT);
}

static MhRecord *
find_list (GPtrArray *lists,
           const char *hospital_id,
           const char *code,
           const char *payer,
           const char *day)
{
  MhRecord *found = NULL;
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      MhRecord *list = g_ptr_array_index (lists, i);
      const char *owner = mh_record_text (list, MH_PRICE_LIST_HOSPITAL_ID);
      if ((owner != NULL && g_strcmp0 (owner, hospital_id) != 0)
          || !price_is_wanted (list, code, payer)
          || !mh_price_is_valid (list, MH_PRICE_LIST_VALID_FROM, MH_PRICE_LIST_VALID_UNTIL,
                                 MH_PRICE_LIST_ACTIVE, day))
        continue;
      if (found == NULL || (owner != NULL && !mh_record_has (found, MH_PRICE_LIST_HOSPITAL_ID)))
        found = list;
    }

  return found;
}

MhRecord *
mh_price_choose_list (GPtrArray *lists,
                      const char *hospital_id,
                      const char *code,
                      const char *payer,
                      const char *day)
{
  if (code != NULL)
    return find_list (lists, hospital_id, code, NULL, day);
  MhRecord *list = payer != NULL ? find_list (lists, hospital_id, NULL, payer, day) : NULL;
  return list != NULL ? list : find_list (lists, hospital_id, NULL, NULL, day);
}
