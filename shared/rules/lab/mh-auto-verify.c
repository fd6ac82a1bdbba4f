/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-auto-verify.h"
#include "shared/records/lab/mh-auto.h"

#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-result.h"

static gboolean
auto_verify_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- choosing --- */

static gboolean
auto_verify_fits (MhRecord *rule, guint field, const char *value)
{
  return !mh_record_has (rule, field) || auto_verify_is (mh_record_text (rule, field), value);
}

/* The higher, the more particular; -1: not for this value. */
static int
auto_verify_rank (MhRecord *rule, const MhAutoCase *value)
{
  MhRecord *result = value->result;
  if (!mh_record_bool (rule, MH_AUTO_RULE_ACTIVE) || mh_record_has (rule, MH_DELETED_AT)
      || !auto_verify_fits (rule, MH_AUTO_RULE_BENCH, value->bench)
      || !auto_verify_fits (rule, MH_AUTO_RULE_TEST, mh_record_text (result, MH_RESULT_TEST))
      || !auto_verify_fits (rule, MH_AUTO_RULE_ANALYTE, mh_record_text (result, MH_RESULT_ANALYTE))
      || !auto_verify_fits (rule, MH_AUTO_RULE_INSTRUMENT,
                            mh_record_text (result, MH_RESULT_INSTRUMENT)))
    return -1;

  return 8 * mh_record_has (rule, MH_AUTO_RULE_ANALYTE)
         + 4 * mh_record_has (rule, MH_AUTO_RULE_TEST)
         + 2 * mh_record_has (rule, MH_AUTO_RULE_BENCH)
         + mh_record_has (rule, MH_AUTO_RULE_INSTRUMENT);
}

MhRecord *
mh_auto_rule_for (GPtrArray *rules, const MhAutoCase *value)
{
  MhRecord *best = NULL;
  int best_rank = -1;
  for (guint i = 0; i < rules->len; i++)
    {
      MhRecord *rule = g_ptr_array_index (rules, i);
      int this_rank = auto_verify_rank (rule, value);
      if (this_rank < 0 || this_rank < best_rank
          || (this_rank == best_rank
              && mh_record_int (rule, MH_CREATED_AT) >= mh_record_int (best, MH_CREATED_AT)))
        continue;
      best = rule;
      best_rank = this_rank;
    }

  return best;
}

/* --- judging --- */

typedef struct
{
  MhRecord *rule, *result;
  const MhAutoCase *value;
} Judging;

static gboolean
is_critical (const Judging *judging)
{
  const char *flag = mh_record_text (judging->result, MH_RESULT_FLAG);
  return mh_record_bool (judging->result, MH_RESULT_CRITICAL) || auto_verify_is (flag, MH_FLAG_LL)
         || auto_verify_is (flag, MH_FLAG_HH) || auto_verify_is (flag, MH_FLAG_AA);
}

/* Words have no range; what may be normal has one, or a choice that says so. */
static gboolean
has_no_range (const Judging *judging)
{
  return !mh_record_has (judging->result, MH_RESULT_FLAG);
}

static gboolean
is_unsigned (const Judging *judging)
{
  return mh_record_bool (judging->rule, MH_AUTO_RULE_SIGNED_RANGE)
         && mh_record_has (judging->result, MH_RESULT_RANGE_ID)
         && !mh_record_bool (judging->result, MH_RESULT_RANGE_VERIFIED);
}

static gboolean
is_flagged (const Judging *judging)
{
  const char *const *allowed = mh_record_list (judging->rule, MH_AUTO_RULE_FLAGS);
  const char *flag = mh_record_text (judging->result, MH_RESULT_FLAG);
  if (flag == NULL)
    return FALSE; /* told as having no range */
  return allowed != NULL && allowed[0] != NULL ? !g_strv_contains (allowed, flag)
                                               : !auto_verify_is (flag, MH_FLAG_N);
}

/* What is no number ("<5", words) lies within no limits. */
static gboolean
is_outside (const Judging *judging)
{
  static const guint bounds[] = { MH_AUTO_RULE_LOW, MH_AUTO_RULE_HIGH };
  const char *text = mh_record_text (judging->result, MH_RESULT_VALUE);
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      MhDecimal value, limit;
      const char *bound = mh_record_text (judging->rule, bounds[i]);
      if (bound == NULL || !mh_decimal_parse (bound, &limit))
        continue;
      if (text == NULL || !mh_decimal_parse (text, &value))
        return TRUE;
      int side = mh_decimal_compare (value, limit);
      if (i == 0 ? side < 0 : side > 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
changed_much (const Judging *judging)
{
  return mh_record_bool (judging->rule, MH_AUTO_RULE_DELTA)
         && mh_record_has (judging->result, MH_RESULT_DELTA);
}

/* rules.md 4: two of one tube and the whole tube is held, whatever a rule asks. */
static gboolean
is_another_tube (const Judging *judging)
{
  return judging->value->tube_deltas >= 2;
}

static gboolean
auto_verify_is_kept (const Judging *judging)
{
  return judging->value->kept;
}

static gboolean
has_no_previous (const Judging *judging)
{
  return mh_record_bool (judging->rule, MH_AUTO_RULE_PREVIOUS) && !judging->value->has_previous;
}

static gboolean
qc_is_bad (const Judging *judging)
{
  return mh_record_bool (judging->rule, MH_AUTO_RULE_QC) && !judging->value->qc_good;
}

static gboolean
device_flagged (const Judging *judging)
{
  const char *const *flags = mh_record_list (judging->result, MH_RESULT_DEVICE_FLAGS);
  const char *const *allowed = mh_record_list (judging->rule, MH_AUTO_RULE_DEVICE_FLAGS);
  for (guint i = 0; flags != NULL && flags[i] != NULL; i++)
    if (allowed == NULL || !g_strv_contains (allowed, flags[i]))
      return TRUE;
  return FALSE;
}

/* A rule that limits an index wants it known. */
static gboolean
is_hil (const Judging *judging)
{
  const struct
  {
    guint field;
    int index;
  } limits[] = { { MH_AUTO_RULE_MAX_HAEMOLYSIS, judging->value->haemolysis },
                 { MH_AUTO_RULE_MAX_ICTERUS, judging->value->icterus },
                 { MH_AUTO_RULE_MAX_LIPAEMIA, judging->value->lipaemia } };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    if (mh_record_has (judging->rule, limits[i].field)
        && (limits[i].index < 0
            || limits[i].index > mh_record_int (judging->rule, limits[i].field)))
      return TRUE;

  return FALSE;
}

static gboolean
auto_verify_is_too_old (const Judging *judging)
{
  return judging->value->too_old;
}

/* An analyser tells when it measured; a person who typed a value at most says on what. */
static gboolean
is_typed (MhRecord *result)
{
  return !mh_record_has (result, MH_RESULT_INSTRUMENT)
         || (mh_record_has (result, MH_RESULT_ENTERED_BY)
             && !mh_record_has (result, MH_RESULT_ANALYSED_AT));
}

/* What is calculated comes from what was measured, which is judged by itself. */
static gboolean
is_by_hand (const Judging *judging)
{
  return !mh_record_bool (judging->rule, MH_AUTO_RULE_BY_HAND) && is_typed (judging->result)
         && !auto_verify_is (mh_record_text (judging->result, MH_RESULT_KIND), "calculated");
}

static gboolean
has_remark (const Judging *judging)
{
  return mh_record_has (judging->result, MH_RESULT_COMMENT);
}

char **
mh_auto_held (MhRecord *rule, const MhAutoCase *value)
{
  static const struct
  {
    const char *code;
    gboolean (*holds) (const Judging *judging);
  } checks[] = {
    { MH_HELD_CRITICAL, is_critical },
    { MH_HELD_NO_RANGE, has_no_range },
    { MH_HELD_UNSIGNED, is_unsigned },
    { MH_HELD_FLAG, is_flagged },
    { MH_HELD_LIMITS, is_outside },
    { MH_HELD_DELTA, changed_much },
    { MH_HELD_TUBE, is_another_tube },
    { MH_HELD_KEPT, auto_verify_is_kept },
    { MH_HELD_NO_PREVIOUS, has_no_previous },
    { MH_HELD_QC, qc_is_bad },
    { MH_HELD_DEVICE, device_flagged },
    { MH_HELD_HIL, is_hil },
    { MH_HELD_TOO_OLD, auto_verify_is_too_old },
    { MH_HELD_BY_HAND, is_by_hand },
    { MH_HELD_COMMENT, has_remark },
  };
  g_autoptr (GStrvBuilder) held = g_strv_builder_new ();
  Judging judging = { rule, value->result, value };

  if (rule == NULL)
    g_strv_builder_add (held, MH_HELD_NO_RULE);
  else if (!mh_record_has (value->result, MH_RESULT_VALUE))
    g_strv_builder_add (held, MH_HELD_NO_VALUE);
  else
    for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
      if (checks[i].holds (&judging))
        g_strv_builder_add (held, checks[i].code);
  if (rule != NULL && value->doubt != NULL)
    g_strv_builder_add (held, value->doubt);
  if (rule != NULL && value->second)
    g_strv_builder_add (held, MH_HELD_SECOND);

  return g_strv_builder_end (held);
}
