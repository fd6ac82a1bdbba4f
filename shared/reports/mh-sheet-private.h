/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a list is made of; for the files that fill and draw it. */
#include "shared/reports/mh-report-table.h"

G_BEGIN_DECLS

typedef struct
{
  char *label;
  double share;
  gboolean is_number;
} MhSheetColumn;

typedef struct
{
  MhRowKind kind;
  MhPlot *plot; /* MH_ROW_PLOT */
  double plot_height;
  GPtrArray *cells;
} MhSheetRow;

struct _MhSheet
{
  char *title, *subtitle, *currency;
  GArray *columns;
  GPtrArray *rows;
  MhPlot *plot; /* or NULL */
};

G_END_DECLS
