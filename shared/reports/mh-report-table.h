/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A list for people and for spreadsheets: columns, rows, sub-headings and totals, drawn on A4 with
 * the hospital's letterhead. The caller words the cells in the language it wants.
 */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

typedef struct _MhSheet MhSheet;

typedef enum
{
  MH_ROW_PLAIN,
  MH_ROW_HEADING, /* its first cell runs over the whole width; begins a part of the list */
  MH_ROW_TOTAL,
  MH_ROW_NOTE, /* its first cell runs over the whole width as plain text */
  MH_ROW_PLOT, /* a chart; nothing in a file */
} MhRowKind;

/* @title and @subtitle are copied; English, worded when drawn. */
MhSheet *mh_sheet_new (const char *title, const char *subtitle);
void mh_sheet_free (MhSheet *sheet);
/* Amounts are shown on paper as that currency writes them; in files they stay plain numbers. */
void mh_sheet_set_currency (MhSheet *sheet, const char *currency);
/* @share: of the width, in any unit; @is_number: right-aligned. Before the first row. */
void mh_sheet_column (MhSheet *sheet, const char *label, double share, gboolean is_number);
/* Begins a row; missing cells stay empty, cells too many are dropped. */
void mh_sheet_row (MhSheet *sheet, MhRowKind kind);
void mh_sheet_cell (MhSheet *sheet, const char *text); /* copied; NULL: empty */
void mh_sheet_take_cell (MhSheet *sheet, char *text);  /* taken */
void mh_sheet_money (MhSheet *sheet, gint64 minor);    /* "1234.50" */
void mh_sheet_count (MhSheet *sheet, gint64 number);

/* A chart above the rows, on paper alone. Takes @plot. */
void mh_sheet_take_plot (MhSheet *sheet, MhPlot *plot);

/* A row of its own with a chart (taken) over the whole width. */
void mh_sheet_plot (MhSheet *sheet, MhPlot *plot, double height);

guint mh_sheet_n_columns (MhSheet *sheet);
guint mh_sheet_n_rows (MhSheet *sheet);
const char *mh_sheet_label (MhSheet *sheet, guint column);
const char *mh_sheet_text (MhSheet *sheet, guint row, guint column); /* "" beyond the row's end */
MhRowKind mh_sheet_kind (MhSheet *sheet, guint row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhSheet, mh_sheet_free)

/* Upright, or across when there are more than seven columns. @made: µs, printed at the foot. */
MhDocument *mh_report_table (MhSheet *sheet, MhRecord *hospital, const char *language, gint64 made);

G_END_DECLS
