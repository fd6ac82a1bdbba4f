/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The kinds of row of the catalogue's page: how each is listed, which parts of it have a tab. */
#include "client/pages/people/admin/mh-admin-kinds.h"

G_BEGIN_DECLS

typedef enum
{
  MH_CATALOGUE_TAB_ANALYTES = 1 << 0,
  MH_CATALOGUE_TAB_RANGES = 1 << 1,
  MH_CATALOGUE_TAB_FORMULA = 1 << 2,
  MH_CATALOGUE_TAB_REFLEX = 1 << 3,
  MH_CATALOGUE_TAB_PRICES = 1 << 4,
  MH_CATALOGUE_TAB_LOTS = 1 << 5,
  MH_CATALOGUE_TAB_HISTORY = 1 << 6,
  MH_CATALOGUE_TAB_SIGNED = 1 << 7, /* rows are signed off */
} MhCatalogueTabs;

typedef struct
{
  MhAdminKind rows; /* .type with .table NULL: a list that leads to rows of other kinds */
  guint tabs;
} MhCatalogueKind;

extern const MhCatalogueKind mh_catalogue_kinds[]; /* ends with an all-NULL row */

/* What hangs on a row. */
extern const MhAdminKind mh_catalogue_ranges, mh_catalogue_reflexes, mh_catalogue_lots,
    mh_catalogue_history, mh_catalogue_parts;

/* "6mo – 12y" */
char *mh_catalogue_ages (MhRecord *range);

G_END_DECLS
