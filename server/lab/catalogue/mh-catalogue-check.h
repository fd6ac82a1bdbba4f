/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What must hold between a row and the rest of the catalogue before it is stored. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

/* Adds to @issues: codes that are not in the catalogue, ranges that overlap, formulas that cannot
 * be read, do not fit the units or go in circles, reflex rules that go in circles. @record may be
 * newer than what @view holds of it. */
void mh_catalogue_check_links (MhCatalogueView *view, MhRecord *record, MhIssues *issues);
/* For mh_formula_…(): @view is the user data. */
MhRecord *mh_catalogue_check_analyte (const char *code, gpointer view);
/* All that tests of that code, or panels with it, measure; for mh_reflex_circle(). */
const char *const *mh_catalogue_check_analytes (const char *test, gpointer view);

G_END_DECLS
