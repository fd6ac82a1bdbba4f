/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Where each analyser and analyte stands, from targets and locks: one row for each pair, the worst
 * first. A row is the target of its worst level, and knows of the others.
 */
#include "client/models/mh-record-list.h"

G_BEGIN_DECLS

typedef enum
{
  MH_QC_BOARD_LOCKED, /* rejected, nothing done yet */
  MH_QC_BOARD_ACTED,  /* acted on, waits for a good control */
  MH_QC_BOARD_WARNING,
  MH_QC_BOARD_DUE,  /* nothing measured in the time that is planned */
  MH_QC_BOARD_NONE, /* nothing measured yet */
  MH_QC_BOARD_GOOD,
} MhQcStanding;

/* Of a list of active locks: the server's word for its filter is no state of a lock. */
gboolean mh_qc_board_is_active (MhRecord *lock, gpointer data);
/* Rows (MhRecord of mh_qc_target_type) into @rows, from lists of targets and active locks. */
void mh_qc_board_fill (GListStore *rows, GListModel *targets, GListModel *locks, gint64 now);
MhQcStanding mh_qc_board_standing (MhRecord *row);
/* Translated. */
const char *mh_qc_board_words (MhQcStanding standing);
/* "mh-critical", "mh-soon" …, or NULL. */
const char *mh_qc_board_style (MhQcStanding standing);
/* All targets in use of the row's pair, by level (MhRecord). Borrowed. */
GPtrArray *mh_qc_board_levels (MhRecord *row);
/* NULL: nothing is locked. Borrowed. */
MhRecord *mh_qc_board_lock (MhRecord *row);

G_END_DECLS
