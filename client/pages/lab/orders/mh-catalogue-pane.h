/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Tests and panels to choose from: type to filter, Enter adds, a panel shows what is in it. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CATALOGUE_PANE (mh_catalogue_pane_get_type ())
/* Signal "chosen" (MhRecord *): a MhTest or MhPanel, or a medicine where they stand here too. */
G_DECLARE_FINAL_TYPE (MhCataloguePane, mh_catalogue_pane, MH, CATALOGUE_PANE, MhPane)

GtkWidget *mh_catalogue_pane_new (MhContext *context);
/* Medicines stand below tests and panels, to be typed for in the same box. Once. */
void mh_catalogue_pane_add_medicines (MhCataloguePane *pane, GListModel *medicines);
void mh_catalogue_pane_focus (MhCataloguePane *pane);
void mh_catalogue_pane_type (MhCataloguePane *pane, const char *text);
/* Is somebody in the middle of typing a test? */
gboolean mh_catalogue_pane_is_typing (MhCataloguePane *pane);
/* By code among what is loaded; NULL: not there (yet). Borrowed. */
MhRecord *mh_catalogue_pane_find (MhCataloguePane *pane, const char *code);

G_END_DECLS
