/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Can values of one tube be together? Values that cannot are a slip of the pen, another patient's
 * line, or an analyser in trouble.
 *
 * A measured value that can also be worked out (MCV from packed cell volume and red cells) may
 * differ from what comes out by 10 % of it, the rounding of both allowed for: spun and counted cell
 * volumes differ by up to 4 %. The rule of three, haemoglobin times three is the packed cell volume
 * within 3, holds for cells of the usual size and filling only, so it is but a hint to look.
 */
#include "shared/rules/lab/mh-formula.h"

G_BEGIN_DECLS

#define MH_CONSISTENT_PERCENT 10
#define MH_RULE_OF_THREE_WITHIN 3

/* Does @value ("88", "<5") fit what @task works out? TRUE also where nobody can tell: an operand is
 * missing. FALSE: *out_text is "≠ 11.8 (HCT * 10 / RBC)", without words; caller frees. */
gboolean mh_consistency_fits (const char *value,
                              const MhFormulaTask *task,
                              MhFormulaSpanLookup lookup,
                              gpointer user_data,
                              char **out_text);
/* @haemoglobin in g/dL, @cells, the packed cell volume, in %. Only numbers are compared. FALSE:
 * *out_text is "≠ 3 × 13.0 ± 3". */
gboolean mh_consistency_rule_of_three (const char *haemoglobin, const char *cells, char **out_text);

G_END_DECLS
