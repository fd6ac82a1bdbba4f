/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Which tests a result asks for: rules such as "TSH high → free T4".
 *
 * A rule fires only while it is in use and signed off, and when every condition that it states
 * holds: the ordered test, the analyte, one of the flags, the comparison of the value. Values are
 * compared as exact decimals; "<0.1" is below 0.1 and at most 0.1, and settles nothing else that is
 * not on its side. What is not known never fires.
 *
 * Loops cannot run away: a rule adds a test at most once to an order, never one that the order has
 * already in whatever state, and an order gets at most MH_REFLEX_MOST of them.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_REFLEX_MOST 10

gboolean mh_reflex_holds (MhRecord *rule, MhRecord *result); /* MhReflexRule, MhResult */

/* A circle among @rules (MhReflexRule) in which each adds the test that sets off the next, as
 * "TSH → FT4 → TSH"; NULL: none. @analytes_of gives the analyte codes of a test, NULL: unknown
 * test. Caller frees. */
typedef const char *const *(*MhReflexAnalytes) (const char *test, gpointer user_data);
char *mh_reflex_circle (GPtrArray *rules, MhReflexAnalytes analytes_of, gpointer user_data);

G_END_DECLS
