/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* "Try it": a formula with sample values before anybody stores it. */
#include "server/lab/catalogue/mh-catalogue.h"

G_BEGIN_DECLS

/* @asked: a formula_trial. Its copy with names, outcome ("ok", "missing", "undefined",
 * "not_applicable", "broken"), value, and the first complaint about formula, units or circles as
 * message. Values that are no numbers are MH_ERROR_INVALID on "inputs". */
MhRecord *mh_catalogue_try_formula (MhCatalogueView *view, MhRecord *asked, GError **error);

G_END_DECLS
