/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

void mh_catalogue_bind (MhRouter *router);
void mh_catalogue_rows_bind (MhRouter *router);
void mh_reagent_bind (MhRouter *router);

/* The catalogue as the call's transaction or reader has it. Transfer full. */
MhCatalogueView *mh_catalogue_view_of (MhCall *call, GError **error);

G_END_DECLS
