/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Walks every test from order to report with the catalogue alone: can it be ordered, drawn,
 * worked on, can every one of its analytes take a value, be calculated, judged and printed? A new
 * test that would silently swallow results is found here, before a patient's tube is.
 */
#include "server/lab/catalogue/mh-catalogue.h"

G_BEGIN_DECLS

/* catalogue_finding records, errors first, then by kind of row and code. Pure. */
GPtrArray *mh_catalogue_lint (MhCatalogueView *view);
/* A value that @analyte should accept: in the middle of its reference range or of what is
 * plausible, a normal choice, the first step of a titre; NULL for a calculated one, or when there
 * is none. For the linter and the self-test. Caller frees. */
char *mh_catalogue_lint_sample (MhCatalogueView *view, MhRecord *analyte);

G_END_DECLS
