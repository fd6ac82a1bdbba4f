/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The catalogue: tests, panels, analytes with their ranges and formulas, rules, reagents, prices;
 * what waits for the medical director, and what the linter finds. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CATALOGUE_PAGE (mh_catalogue_page_get_type ())
G_DECLARE_FINAL_TYPE (MhCataloguePage, mh_catalogue_page, MH, CATALOGUE_PAGE, MhPane)

GtkWidget *mh_catalogue_page_new (MhContext *context);

G_END_DECLS
