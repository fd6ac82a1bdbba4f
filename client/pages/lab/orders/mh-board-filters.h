/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The order board's tool bar: search, bench, technician, day, STAT first. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_BOARD_FILTERS (mh_board_filters_get_type ())
/* Signals: "changed"; "leave": the arrow down was pressed in the search. */
G_DECLARE_FINAL_TYPE (MhBoardFilters, mh_board_filters, MH, BOARD_FILTERS, MhPane)

/* Adds what is chosen to the arguments of "order.list". */
void mh_board_filters_add (MhBoardFilters *filters, GStrvBuilder *args);
gboolean mh_board_filters_stat_first (MhBoardFilters *filters);
/* Is anything left out by them? */
gboolean mh_board_filters_active (MhBoardFilters *filters);
void mh_board_filters_clear (MhBoardFilters *filters);
void mh_board_filters_search (MhBoardFilters *filters, const char *text); /* NULL: only the focus */

G_END_DECLS
