/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-formula.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-error.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/rules/lab/mh-measured.h"

#include <math.h>
#include <string.h>

/* A value that may be absent. Working out goes along with reading: both branches of an "if" are
 * read and worked out, and the absence in the one that does not count is dropped with it. */
typedef struct
{
  MhSpan span;
  MhFormulaOutcome state; /* OK, MISSING or UNDEFINED */
} Value;

typedef struct
{
  const char *start, *at;
  MhFormulaSpanLookup lookup;
  gpointer user_data;
  GPtrArray *names; /* or NULL: nobody asks */
  int depth;
  const char *complaint; /* the first one; NULL: none */
  const char *complaint_at;
} Reader;

typedef Value (*Rule) (Reader *r);

static Value formula_read_choice (Reader *r);
static Value read_sign (Reader *r);

static Value
formula_complain (Reader *r, const char *what)
{
  if (r->complaint == NULL)
    {
      r->complaint = what;
      r->complaint_at = r->at;
    }
  return (Value){ .state = MH_FORMULA_UNDEFINED };
}

static Value
formula_value_of (MhSpan span)
{
  return (Value){ span, mh_span_is_number (&span) ? MH_FORMULA_OK : MH_FORMULA_UNDEFINED };
}

static Value
truth_value (MhTruth truth, MhFormulaOutcome state)
{
  return (Value){ mh_span_truth (truth), state };
}

/* The state of what is made from both; a missing operand is said before an undefined one. */
static MhFormulaOutcome
worse (Value a, Value b)
{
  if (a.state == MH_FORMULA_MISSING || b.state == MH_FORMULA_MISSING)
    return MH_FORMULA_MISSING;
  return a.state != MH_FORMULA_OK ? a.state : b.state;
}

static gboolean
is_name_character (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* --- words --- */

/* Takes @sign if it comes next; a word only as a whole word. "*" is not the begin of "**", nor is
 * "<" that of "<=". */
static gboolean
formula_take (Reader *r, const char *sign)
{
  gsize n = strlen (sign);
  while (*r->at == ' ')
    r->at++;
  if (strncmp (r->at, sign, n) != 0)
    return FALSE;

  char next = r->at[n];
  if (g_ascii_isalpha (*sign)
          ? is_name_character (next)
          : (n == 1
             && ((*sign == '*' && next == '*') || (strchr ("<>", *sign) != NULL && next == '='))))
    return FALSE;

  r->at += n;
  return TRUE;
}

static Value
formula_read_number (Reader *r)
{
  const char *from = r->at;
  while (g_ascii_isdigit (*r->at))
    r->at++;

  if (*r->at == '.')
    {
      r->at++;
      if (!g_ascii_isdigit (*r->at))
        return formula_complain (r, "digits must follow the decimal point");
      while (g_ascii_isdigit (*r->at))
        r->at++;
    }

  if (is_name_character (*r->at) || *r->at == '.')
    return formula_complain (r, "a number holds digits and one point");

  return formula_value_of (mh_span_point (g_ascii_strtod (from, NULL)));
}

static void
remember_name (Reader *r, const char *name)
{
  for (guint i = 0; i < r->names->len; i++)
    if (g_str_equal (g_ptr_array_index (r->names, i), name))
      return;
  g_ptr_array_add (r->names, g_strdup (name));
}

static Value
formula_read_name (Reader *r)
{
  char name[32];
  gsize n = 0;
  while (g_ascii_isupper (r->at[n]) || g_ascii_isdigit (r->at[n]) || r->at[n] == '_')
    n++;

  if (n >= sizeof name || is_name_character (r->at[n]))
    return formula_complain (r, "a name has up to 31 capitals, digits and '_'");

  memcpy (name, r->at, n);
  name[n] = 0;
  r->at += n;
  if (r->names != NULL)
    remember_name (r, name);

  MhSpan span;
  if (r->lookup == NULL || !r->lookup (name, &span, r->user_data))
    return (Value){ .state = MH_FORMULA_MISSING };

  return formula_value_of (span);
}

/* --- functions --- */

/* Either one value by a function that rises all the way, or one or two by spans. */
static const struct
{
  const char *name;
  double (*rising) (double);
  MhSpan (*one) (MhSpan);
  MhSpan (*two) (MhSpan, MhSpan);
} functions[] = {
  { "min", NULL, NULL, mh_span_least }, { "max", NULL, NULL, mh_span_most },
  { "pow", NULL, NULL, mh_span_power }, { "ln", log, NULL, NULL },
  { "log", log10, NULL, NULL },         { "exp", exp, NULL, NULL },
  { "sqrt", sqrt, NULL, NULL },         { "abs", NULL, mh_span_abs, NULL },
};

static Value
read_function (Reader *r)
{
  gsize i = 0;
  while (i < G_N_ELEMENTS (functions) && !formula_take (r, functions[i].name))
    i++;
  if (i == G_N_ELEMENTS (functions))
    return formula_complain (
        r, "this is no function; there are min, max, pow, ln, log, exp, sqrt, abs");
  if (!formula_take (r, "("))
    return formula_complain (r, "'(' is expected after a function");

  Value a = formula_read_choice (r);
  Value b = { .state = MH_FORMULA_OK };
  if (functions[i].two != NULL)
    {
      if (!formula_take (r, ","))
        return formula_complain (r, "this function needs two values");
      b = formula_read_choice (r);
    }

  if (!formula_take (r, ")"))
    return formula_complain (r, "')' is expected");
  if (worse (a, b) != MH_FORMULA_OK)
    return (Value){ .state = worse (a, b) };
  if (functions[i].two != NULL)
    return formula_value_of (functions[i].two (a.span, b.span));

  return formula_value_of (functions[i].rising != NULL
                               ? mh_span_rising (a.span, functions[i].rising)
                               : functions[i].one (a.span));
}

/* --- the grammar, from the tightest binding to the loosest --- */

static Value
read_atom (Reader *r)
{
  if (formula_take (r, "("))
    {
      Value inner = formula_read_choice (r);
      return formula_take (r, ")") ? inner : formula_complain (r, "')' is expected");
    }

  if (g_ascii_isdigit (*r->at))
    return formula_read_number (r);
  if (g_ascii_isupper (*r->at))
    return formula_read_name (r);
  if (g_ascii_islower (*r->at))
    return read_function (r);

  return formula_complain (r, *r->at == 0 ? "the formula ends too early" : "a value is expected");
}

static Value
read_power (Reader *r)
{
  Value base = read_atom (r);
  if (!formula_take (r, "**"))
    return base;
  Value exponent = read_sign (r);
  MhFormulaOutcome state = worse (base, exponent);
  return state == MH_FORMULA_OK ? formula_value_of (mh_span_power (base.span, exponent.span))
                                : (Value){ .state = state };
}

/* Every nesting comes through here, so depth is counted here. */
static Value
read_sign (Reader *r)
{
  if (r->complaint != NULL)
    return (Value){ .state = MH_FORMULA_UNDEFINED };
  if (r->depth >= MH_FORMULA_MAX_DEPTH)
    return formula_complain (r, "it is nested too deeply");

  r->depth++;
  Value value;
  if (formula_take (r, "-"))
    {
      value = read_sign (r);
      value.span = mh_span_negate (value.span);
    }
  else
    value = read_power (r);

  r->depth--;
  return value;
}

static Value
combine (Value a, char sign, Value b)
{
  MhFormulaOutcome state = worse (a, b);
  if (state != MH_FORMULA_OK)
    return (Value){ .state = state };

  switch (sign)
    {
    case '*':
      return formula_value_of (mh_span_multiply (a.span, b.span));
    case '/':
      return formula_value_of (mh_span_divide (a.span, b.span));
    case '+':
      return formula_value_of (mh_span_add (a.span, b.span));
    default:
      return formula_value_of (mh_span_add (a.span, mh_span_negate (b.span)));
    }
}

/* A chain of one of two signs, from left to right. */
static Value
read_chain (Reader *r, Rule part, const char *first, const char *second)
{
  Value value = part (r);
  while (r->complaint == NULL)
    {
      if (formula_take (r, first))
        value = combine (value, *first, part (r));
      else if (formula_take (r, second))
        value = combine (value, *second, part (r));
      else
        break;
    }
  return value;
}

static Value
read_product (Reader *r)
{
  return read_chain (r, read_sign, "*", "/");
}

static Value
read_sum (Reader *r)
{
  return read_chain (r, read_product, "+", "-");
}

static MhTruth
opposite (MhTruth truth)
{
  return truth == MH_TRUTH_MAYBE ? truth : truth == MH_TRUTH_YES ? MH_TRUTH_NO : MH_TRUTH_YES;
}

static MhTruth
formula_holds (MhSpan a, int sign, MhSpan b)
{
  switch (sign)
    {
    case 0:
      return opposite (mh_span_less (b, a));
    case 1:
      return opposite (mh_span_less (a, b));
    case 2:
      return mh_span_equal (a, b);
    case 3:
      return opposite (mh_span_equal (a, b));
    case 4:
      return mh_span_less (a, b);
    default:
      return mh_span_less (b, a);
    }
}

static Value
read_comparison (Reader *r)
{
  static const char *const signs[] = { "<=", ">=", "==", "!=", "<", ">" };
  Value a = read_sum (r);
  for (int i = 0; i < (int)G_N_ELEMENTS (signs); i++)
    if (formula_take (r, signs[i]))
      {
        Value b = read_sum (r);
        MhFormulaOutcome state = worse (a, b);
        return state == MH_FORMULA_OK ? truth_value (formula_holds (a.span, i, b.span), state)
                                      : (Value){ .state = state };
      }
  return a;
}

static Value
read_not (Reader *r)
{
  gboolean negate = formula_take (r, "not");
  Value value = read_comparison (r);
  if (negate)
    value.span = mh_span_truth (opposite (mh_span_not_zero (value.span)));
  return value;
}

/* "and" and "or" want both sides known: a doubt on either side is no ground for a number. */
static Value
read_and (Reader *r)
{
  Value a = read_not (r);
  while (formula_take (r, "and"))
    {
      Value b = read_not (r);
      MhTruth left = mh_span_not_zero (a.span), right = mh_span_not_zero (b.span);
      MhTruth both = left == MH_TRUTH_NO || right == MH_TRUTH_NO     ? MH_TRUTH_NO
                     : left == MH_TRUTH_YES && right == MH_TRUTH_YES ? MH_TRUTH_YES
                                                                     : MH_TRUTH_MAYBE;
      a = truth_value (both, worse (a, b));
    }
  return a;
}

static Value
read_or (Reader *r)
{
  Value a = read_and (r);
  while (formula_take (r, "or"))
    {
      Value b = read_and (r);
      MhTruth left = mh_span_not_zero (a.span), right = mh_span_not_zero (b.span);
      MhTruth either = left == MH_TRUTH_YES || right == MH_TRUTH_YES ? MH_TRUTH_YES
                       : left == MH_TRUTH_NO && right == MH_TRUTH_NO ? MH_TRUTH_NO
                                                                     : MH_TRUTH_MAYBE;
      a = truth_value (either, worse (a, b));
    }
  return a;
}

/* Where the condition may or may not hold, either may be it. */
static Value
formula_choose (Value condition, Value yes, Value no)
{
  if (condition.state != MH_FORMULA_OK)
    return (Value){ .state = condition.state };
  MhTruth truth = mh_span_not_zero (condition.span);
  if (truth != MH_TRUTH_MAYBE)
    return truth == MH_TRUTH_YES ? yes : no;
  MhFormulaOutcome state = worse (yes, no);
  return state == MH_FORMULA_OK ? formula_value_of (mh_span_hull (yes.span, no.span))
                                : (Value){ .state = state };
}

static Value
formula_read_choice (Reader *r)
{
  if (r->depth >= MH_FORMULA_MAX_DEPTH)
    return formula_complain (r, "it is nested too deeply");

  r->depth++;
  Value yes = read_or (r);
  if (formula_take (r, "if"))
    {
      Value condition = read_or (r);
      if (!formula_take (r, "else"))
        yes = formula_complain (r, "'else' is expected");
      else
        {
          Value no = formula_read_choice (r);
          yes = formula_choose (condition, yes, no);
        }
    }

  r->depth--;
  return yes;
}

static Value
read_formula (Reader *r, const char *formula)
{
  r->start = r->at = formula;
  if (strlen (formula) > MH_FORMULA_MAX_LENGTH)
    return formula_complain (r, "it is longer than 400 characters");
  Value value = formula_read_choice (r);
  while (*r->at == ' ')
    r->at++;
  if (*r->at != 0)
    return formula_complain (r, "this cannot stand here");
  return value;
}

/* --- public --- */

MhFormulaOutcome
mh_formula_evaluate_span (const char *formula,
                          MhFormulaSpanLookup lookup,
                          gpointer user_data,
                          MhSpan *out_span)
{
  Reader r = { .lookup = lookup, .user_data = user_data };
  Value value = read_formula (&r, formula != NULL ? formula : "");
  if (r.complaint != NULL)
    return MH_FORMULA_BROKEN;
  if (value.state == MH_FORMULA_OK)
    *out_span = value.span;
  return value.state;
}

/* Numbers alone, seen as spans. */
typedef struct
{
  MhFormulaLookup lookup;
  gpointer user_data;
} Numbers;

static gboolean
number_lookup (const char *name, MhSpan *out_span, gpointer data)
{
  const Numbers *numbers = data;
  double number;
  if (numbers->lookup == NULL || !numbers->lookup (name, &number, numbers->user_data))
    return FALSE;
  *out_span = mh_span_point (number);
  return TRUE;
}

MhFormulaOutcome
mh_formula_evaluate (const char *formula,
                     MhFormulaLookup lookup,
                     gpointer user_data,
                     double *out_value)
{
  Numbers numbers = { lookup, user_data };
  MhSpan span;
  MhFormulaOutcome outcome = mh_formula_evaluate_span (formula, number_lookup, &numbers, &span);
  if (outcome == MH_FORMULA_OK)
    *out_value = span.low;
  return outcome;
}

gboolean
mh_formula_check (const char *formula, GError **error)
{
  Reader r = { 0 };
  (void)read_formula (&r, formula != NULL ? formula : "");
  if (r.complaint == NULL)
    return TRUE;
  mh_error_set_field (error, "formula", "format", "The formula is not valid at character %d: %s.",
                      (int)(r.complaint_at - r.start) + 1, r.complaint);
  return FALSE;
}

char **
mh_formula_names (const char *formula)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  Reader r = { .names = names };
  (void)read_formula (&r, formula != NULL ? formula : "");
  if (r.complaint != NULL)
    return NULL;
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_steal (names, NULL);
}

MhFormulaOutcome
mh_formula_work_out (const MhFormulaTask *task,
                     MhFormulaSpanLookup lookup,
                     gpointer user_data,
                     char **out_text)
{
  MhSpan value;
  if (task->condition != NULL)
    {
      MhSpan condition;
      MhFormulaOutcome allowed
          = mh_formula_evaluate_span (task->condition, lookup, user_data, &condition);
      if (allowed != MH_FORMULA_OK)
        return allowed;
      MhTruth truth = mh_span_not_zero (condition);
      if (truth != MH_TRUTH_YES)
        return truth == MH_TRUTH_NO ? MH_FORMULA_NOT_APPLICABLE : MH_FORMULA_UNSURE;
    }

  MhFormulaOutcome outcome = mh_formula_evaluate_span (task->formula, lookup, user_data, &value);
  if (outcome != MH_FORMULA_OK)
    return outcome;

  char *text
      = mh_span_text (&value, task->decimals, mh_measured_never_negative (task->plausible_low));
  if (text == NULL)
    return mh_span_is_point (&value) ? MH_FORMULA_UNDEFINED : MH_FORMULA_UNSURE;

  *out_text = text;
  return MH_FORMULA_OK;
}

MhFormulaOutcome
mh_formula_calculate (MhRecord *analyte,
                      MhFormulaLookup lookup,
                      gpointer user_data,
                      char **out_text)
{
  Numbers numbers = { lookup, user_data };
  MhFormulaTask task = mh_formula_task (analyte);
  return mh_formula_work_out (&task, number_lookup, &numbers, out_text);
}

MhFormulaTask
mh_formula_task (MhRecord *analyte)
{
  return (MhFormulaTask){
    .formula = mh_record_text (analyte, MH_ANALYTE_FORMULA),
    .condition = mh_record_has (analyte, MH_ANALYTE_FORMULA_CONDITION)
                     ? mh_record_text (analyte, MH_ANALYTE_FORMULA_CONDITION)
                     : NULL,
    .plausible_low = mh_record_text (analyte, MH_ANALYTE_PLAUSIBLE_LOW),
    .decimals = (int)mh_record_int (analyte, MH_ANALYTE_DECIMALS),
  };
}
