/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions of the catalogue: read or refused, evaluated without end or crash; what the check
 * takes the evaluation does not call broken. */
#include "shared/rules/lab/mh-formula.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>

static gboolean
lookup (const char *name, double *out_value, gpointer data)
{
  *out_value = name[0] % 7 - 3.0;
  return name[0] != 'Z';
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  double value = 0;
  g_autofree char *text = g_strndup ((const char *)data, size);
  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  gboolean fine = mh_formula_check (text, NULL);
  g_auto (GStrv) names = mh_formula_names (text);
  MhFormulaOutcome outcome = mh_formula_evaluate (text, lookup, NULL, &value);
  g_assert_true (fine == (names != NULL));
  g_assert_true (!fine || outcome != MH_FORMULA_BROKEN);
  g_assert_true (outcome != MH_FORMULA_OK || isfinite (value));
  return 0;
}
