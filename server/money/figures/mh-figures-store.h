/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Sums for the figures. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Days are told apart by the quarter of an hour: every time zone's midnight falls on one. */
#define MH_FIGURES_SLOT (15 * MH_MINUTE)

typedef struct
{
  const char *report, *by; /* MH_FIGURES_… */
  const char *hospital_id; /* NULL: all */
  gint64 from, to;         /* from <= time < to; no limit for what is outstanding */
} MhFiguresQuery;

/* Grouped by day: @key is the number of a slot. The row is lent. */
typedef void (*MhFiguresFunc) (const char *key, MhRecord *row, gpointer data);

gboolean mh_figures_store_sums (MhDb *db,
                                const MhFiguresQuery *query,
                                MhFiguresFunc func,
                                gpointer data,
                                GError **error);

G_END_DECLS
