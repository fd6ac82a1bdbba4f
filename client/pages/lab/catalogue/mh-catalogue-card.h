/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One row of the catalogue with all that hangs on it, in tabs. */
#include "client/pages/lab/catalogue/mh-catalogue-kinds.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CATALOGUE_CARD (mh_catalogue_card_get_type ())
/* Signal "wanted" (const char *type_code, const char *code): another row is to be shown. */
G_DECLARE_FINAL_TYPE (MhCatalogueCard, mh_catalogue_card, MH, CATALOGUE_CARD, MhPane)

GtkWidget *mh_catalogue_card_new (MhContext *context);
/* @record NULL: a new row of @kind. */
void mh_catalogue_card_show (MhCatalogueCard *card, const MhCatalogueKind *kind, MhRecord *record);
/* The button that leads back to the list where the page is narrow. */
GtkWidget *mh_catalogue_card_back (MhCatalogueCard *card);
/* What is typed and not saved yet is kept as a draft. */
void mh_catalogue_card_flush (MhCatalogueCard *card);

G_END_DECLS
