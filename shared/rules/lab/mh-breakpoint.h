/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * S, I or R by the laboratory's breakpoints. The two standards read their R limit differently:
 *
 *            MIC in mg/L                     zone in mm
 *   EUCAST   S: ≤ S limit, R: > R limit      S: ≥ S limit, R: < R limit
 *   CLSI     S: ≤ S limit, R: ≥ R limit      S: ≥ S limit, R: ≤ R limit
 *
 * What lies between is I. ("EUCAST Clinical Breakpoint Tables", how to use them; CLSI M100,
 * instructions.) "<=0.25" and ">32" are placed only where no value inside could be placed
 * otherwise.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Of @breakpoints (MhBreakpoint) the one in use for the organism (a code), or else for its group.
 * NULL: none; borrowed. */
MhRecord *mh_breakpoint_find (GPtrArray *breakpoints,
                              const char *organism,
                              const char *group,
                              const char *antibiotic,
                              const char *method);
/* MH_SUSCEPTIBLE, MH_INTERMEDIATE or MH_RESISTANT; NULL: @measured is no number, or lies on both
 * sides of a limit. */
const char *mh_breakpoint_interpret (MhRecord *breakpoint, const char *measured);
/* "EUCAST 15.0: S ≤ 8, R > 8". Caller frees. */
char *mh_breakpoint_text (MhRecord *breakpoint);
/* Can be read as a zone or a MIC: a number above 0, for MIC also with <, <=, > or >=. */
gboolean mh_breakpoint_is_measured (const char *method, const char *measured);

G_END_DECLS
