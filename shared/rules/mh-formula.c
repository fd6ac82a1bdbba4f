/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/mh-formula.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-error.h"
#include "shared/records/mh-analyte.h"

#include <math.h>
#include <string.h>

/* A value that may be absent. Working out goes along with reading: both branches of an "if" are
 * read and worked out, and the absence in the one that does not count is dropped with it. */
typedef struct
{
  double number;
  MhFormulaOutcome state; /* OK, MISSING or UNDEFINED */
} Value;

typedef struct
{
  const char *start, *at;
  MhFormulaLookup lookup;
  gpointer user_data;
  GPtrArray *names; /* or NULL: nobody asks */
  int depth;
  const char *complaint; /* the first one; NULL: none */
  const char *complaint_at;
} Reader;

typedef Value (*Rule) (Reader *r);

static Value read_choice (Reader *r);
static Value read_sign (Reader *r);

static Value
complain (Reader *r, const char *what)
{
  if (r->complaint == NULL)
    {
      r->complaint = what;
      r->complaint_at = r->at;
    }
  return (Value){ 0, MH_FORMULA_UNDEFINED };
}

static Value
value_of (double number)
{
  return (Value){ number, isfinite (number) ? MH_FORMULA_OK : MH_FORMULA_UNDEFINED };
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
take (Reader *r, const char *sign)
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
read_number (Reader *r)
{
  const char *from = r->at;
  while (g_ascii_isdigit (*r->at))
    r->at++;
  if (*r->at == '.')
    {
      r->at++;
      if (!g_ascii_isdigit (*r->at))
        return complain (r, "digits must follow the decimal point");
      while (g_ascii_isdigit (*r->at))
        r->at++;
    }
  if (is_name_character (*r->at) || *r->at == '.')
    return complain (r, "a number holds digits and one point");
  return value_of (g_ascii_strtod (from, NULL));
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
read_name (Reader *r)
{
  char name[32];
  gsize n = 0;
  while (g_ascii_isupper (r->at[n]) || g_ascii_isdigit (r->at[n]) || r->at[n] == '_')
    n++;
  if (n >= sizeof name || is_name_character (r->at[n]))
    return complain (r, "a name has up to 31 capitals, digits and '_'");
  memcpy (name, r->at, n);
  name[n] = 0;
  r->at += n;
  if (r->names != NULL)
    remember_name (r, name);
  double number = 0;
  if (r->lookup == NULL || !r->lookup (name, &number, r->user_data))
    return (Value){ 0, MH_FORMULA_MISSING };
  return value_of (number);
}

/* --- functions --- */

static double
two_least (double a, double b)
{
  return MIN (a, b);
}

static double
two_most (double a, double b)
{
  return MAX (a, b);
}

static const struct
{
  const char *name;
  double (*one) (double);
  double (*two) (double, double);
} functions[] = {
  { "min", NULL, two_least }, { "max", NULL, two_most }, { "pow", NULL, pow },
  { "ln", log, NULL },        { "log", log10, NULL },    { "exp", exp, NULL },
  { "sqrt", sqrt, NULL },     { "abs", fabs, NULL },
};

static Value
read_function (Reader *r)
{
  gsize i = 0;
  while (i < G_N_ELEMENTS (functions) && !take (r, functions[i].name))
    i++;
  if (i == G_N_ELEMENTS (functions))
    return complain (r, "this is no function; there are min, max, pow, ln, log, exp, sqrt, abs");
  if (!take (r, "("))
    return complain (r, "'(' is expected after a function");
  Value a = read_choice (r);
  Value b = { 0, MH_FORMULA_OK };
  if (functions[i].two != NULL)
    {
      if (!take (r, ","))
        return complain (r, "this function needs two values");
      b = read_choice (r);
    }
  if (!take (r, ")"))
    return complain (r, "')' is expected");
  if (worse (a, b) != MH_FORMULA_OK)
    return (Value){ 0, worse (a, b) };
  return value_of (functions[i].two != NULL ? functions[i].two (a.number, b.number)
                                            : functions[i].one (a.number));
}

/* --- the grammar, from the tightest binding to the loosest --- */

static Value
read_atom (Reader *r)
{
  if (take (r, "("))
    {
      Value inner = read_choice (r);
      return take (r, ")") ? inner : complain (r, "')' is expected");
    }
  if (g_ascii_isdigit (*r->at))
    return read_number (r);
  if (g_ascii_isupper (*r->at))
    return read_name (r);
  if (g_ascii_islower (*r->at))
    return read_function (r);
  return complain (r, *r->at == 0 ? "the formula ends too early" : "a value is expected");
}

static Value
read_power (Reader *r)
{
  Value base = read_atom (r);
  if (!take (r, "**"))
    return base;
  Value exponent = read_sign (r);
  MhFormulaOutcome state = worse (base, exponent);
  return state == MH_FORMULA_OK ? value_of (pow (base.number, exponent.number))
                                : (Value){ 0, state };
}

/* Every nesting comes through here, so depth is counted here. */
static Value
read_sign (Reader *r)
{
  if (r->complaint != NULL)
    return (Value){ 0, MH_FORMULA_UNDEFINED };
  if (r->depth >= MH_FORMULA_MAX_DEPTH)
    return complain (r, "it is nested too deeply");
  r->depth++;
  Value value;
  if (take (r, "-"))
    {
      value = read_sign (r);
      value.number = -value.number;
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
    return (Value){ 0, state };
  switch (sign)
    {
    case '*':
      return value_of (a.number * b.number);
    case '/':
      return value_of (a.number / b.number);
    case '+':
      return value_of (a.number + b.number);
    default:
      return value_of (a.number - b.number);
    }
}

/* A chain of one of two signs, from left to right. */
static Value
read_chain (Reader *r, Rule part, const char *first, const char *second)
{
  Value value = part (r);
  while (r->complaint == NULL)
    {
      if (take (r, first))
        value = combine (value, *first, part (r));
      else if (take (r, second))
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

static gboolean
holds (double a, int sign, double b)
{
  switch (sign)
    {
    case 0:
      return a <= b;
    case 1:
      return a >= b;
    case 2:
      return a == b;
    case 3:
      return a != b;
    case 4:
      return a < b;
    default:
      return a > b;
    }
}

static Value
read_comparison (Reader *r)
{
  static const char *const signs[] = { "<=", ">=", "==", "!=", "<", ">" };
  Value a = read_sum (r);
  for (int i = 0; i < (int)G_N_ELEMENTS (signs); i++)
    if (take (r, signs[i]))
      {
        Value b = read_sum (r);
        MhFormulaOutcome state = worse (a, b);
        return (Value){ state == MH_FORMULA_OK && holds (a.number, i, b.number), state };
      }
  return a;
}

static Value
read_not (Reader *r)
{
  gboolean negate = take (r, "not");
  Value value = read_comparison (r);
  if (negate)
    value.number = value.number == 0;
  return value;
}

/* "and" and "or" want both sides known: a doubt on either side is no ground for a number. */
static Value
read_and (Reader *r)
{
  Value a = read_not (r);
  while (take (r, "and"))
    {
      Value b = read_not (r);
      a = (Value){ a.number != 0 && b.number != 0, worse (a, b) };
    }
  return a;
}

static Value
read_or (Reader *r)
{
  Value a = read_and (r);
  while (take (r, "or"))
    {
      Value b = read_and (r);
      a = (Value){ a.number != 0 || b.number != 0, worse (a, b) };
    }
  return a;
}

static Value
read_choice (Reader *r)
{
  if (r->depth >= MH_FORMULA_MAX_DEPTH)
    return complain (r, "it is nested too deeply");
  r->depth++;
  Value yes = read_or (r);
  if (take (r, "if"))
    {
      Value condition = read_or (r);
      if (!take (r, "else"))
        yes = complain (r, "'else' is expected");
      else
        {
          Value no = read_choice (r);
          if (condition.state != MH_FORMULA_OK)
            yes = (Value){ 0, condition.state };
          else if (condition.number == 0)
            yes = no;
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
    return complain (r, "it is longer than 400 characters");
  Value value = read_choice (r);
  while (*r->at == ' ')
    r->at++;
  if (*r->at != 0)
    return complain (r, "this cannot stand here");
  return value;
}

/* --- public --- */

MhFormulaOutcome
mh_formula_evaluate (const char *formula,
                     MhFormulaLookup lookup,
                     gpointer user_data,
                     double *out_value)
{
  Reader r = { .lookup = lookup, .user_data = user_data };
  Value value = read_formula (&r, formula != NULL ? formula : "");
  if (r.complaint != NULL)
    return MH_FORMULA_BROKEN;
  if (value.state == MH_FORMULA_OK)
    *out_value = value.number;
  return value.state;
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
mh_formula_calculate (MhRecord *analyte,
                      MhFormulaLookup lookup,
                      gpointer user_data,
                      char **out_text)
{
  double value = 0, condition = 1;
  if (mh_record_has (analyte, MH_ANALYTE_FORMULA_CONDITION))
    {
      MhFormulaOutcome allowed = mh_formula_evaluate (
          mh_record_text (analyte, MH_ANALYTE_FORMULA_CONDITION), lookup, user_data, &condition);
      if (allowed != MH_FORMULA_OK || condition == 0)
        return allowed != MH_FORMULA_OK ? allowed : MH_FORMULA_NOT_APPLICABLE;
    }
  MhFormulaOutcome outcome = mh_formula_evaluate (mh_record_text (analyte, MH_ANALYTE_FORMULA),
                                                  lookup, user_data, &value);
  if (outcome == MH_FORMULA_OK)
    *out_text = mh_decimal_from_double (value, (int)mh_record_int (analyte, MH_ANALYTE_DECIMALS));
  return outcome;
}
