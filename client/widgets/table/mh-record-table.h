/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A GtkColumnView of records from the record's description: header words, alignment, money and
 * dates by kind, status pills for enums, bold first column, 34
 * px rows (28 compact), columns that can be moved, sized, sorted by, hidden and are remembered, an
 * empty state that says what to do next, and further pages fetched when the end comes near.
 *
 *   static const MhTableColumn columns[] = {
 *     { "number" }, { "patient_name", .expand = TRUE }, { "status" }, { "total" }, { .title =
 * N_("Waited"), .text = waited, .width = 90 }, { NULL } }; table = mh_record_table_new
 * ("order-board", &mh_order_type, columns, G_LIST_MODEL (list), MH_TABLE_MULTIPLE);
 */
#include <gtk/gtk.h>

#include "client/models/mh-record-list.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_RECORD_TABLE (mh_record_table_get_type ())
G_DECLARE_FINAL_TYPE (MhRecordTable, mh_record_table, MH, RECORD_TABLE, GtkWidget)

/* Where a column stands in the row of a table that is too narrow for columns. Several in one place
 * follow each other; without a title the first column is it. */
typedef enum
{
  MH_LINE_SUBTITLE = 0,
  MH_LINE_TITLE,
  MH_LINE_MARK, /* with the column's style */
  MH_LINE_TRAILING,
  MH_LINE_NONE,
  MH_LINE_WHOLE, /* .make and .bind give the row, the others stand nowhere */
} MhLinePlace;

typedef struct
{
  const char *field; /* name in the type; NULL: .text or .make gives the cell */
  const char *title; /* N_(); NULL: the field's label */
  int width;         /* pixels, the least of a column that expands; 0: natural */
  gboolean expand;
  gboolean numeric;                 /* right-aligned, tabular; by itself for numbers and money */
  char *(*text) (MhRecord *record); /* cell as text (caller frees), instead of the field's value */
  const char *(*style) (
      MhRecord *record);     /* CSS class of the cell ("mh-late", "mh-high" …) or NULL */
  GtkWidget *(*make) (void); /* an own widget per cell, with .bind */
  void (*bind) (GtkWidget *cell, MhRecord *record);
  MhLinePlace line;
  gboolean only_line; /* no column at all */
} MhTableColumn;      /* ends with an all-NULL row */

typedef enum
{
  MH_TABLE_SINGLE = 0,
  /* Space marks a row and lets the arrows move on without losing it; Ctrl+A marks all, Escape lets
   * go. Ctrl+click and Shift+click as everywhere. */
  MH_TABLE_MULTIPLE = 1 << 0,
} MhTableFlags;

/* For a table of a template, once; what mh_record_table_new() does otherwise. The property "empty"
 * (a widget, mostly an AdwStatusPage) is what an empty table says.
 * @name: under which the columns are remembered. @columns NULL: the type's BRIEF fields. @columns
 * and what it points to must stay. */
void mh_record_table_setup (MhRecordTable *table,
                            const char *name,
                            const MhRecordType *type,
                            const MhTableColumn *columns,
                            GListModel *model,
                            guint flags);
GtkWidget *mh_record_table_new (const char *name,
                                const MhRecordType *type,
                                const MhTableColumn *columns,
                                GListModel *model,
                                guint flags);
void mh_record_table_set_model (MhRecordTable *table, GListModel *model);
/* What an empty table says, with an optional button. */
void mh_record_table_set_empty (MhRecordTable *table,
                                const char *icon,
                                const char *title,
                                const char *text,
                                const char *button,
                                const char *action);
/* The list that is asked for more when the end comes near and that says whether rows are on their
 * way, where the model only leads to it. */
void mh_record_table_set_source (MhRecordTable *table, MhRecordList *list);
/* For tables of few columns, which have room for them anywhere but on a phone. */
#define MH_PHONE_LEAST_WIDTH 400
/* For tables about money, beside something else. */
#define MH_MONEY_LEAST_WIDTH 520

/* While the table is narrower than @least_width (pixels, for text at its usual size) each record
 * is one MhRow of what its columns say, at the places that they name (.line). */
void mh_record_table_set_lines (MhRecordTable *table, int least_width);
/* Draws the cells anew whose text depends on the clock. */
void mh_record_table_refresh (MhRecordTable *table);
/* The row that the keys are on; with several marked it need not be one of them. Borrowed, NULL:
 * none. */
MhRecord *mh_record_table_current (MhRecordTable *table);
GPtrArray *mh_record_table_selected (MhRecordTable *table); /* of MhRecord, transfer full */
/* NULL: none. As long as no row has that id none is selected; it is when it comes. */
void mh_record_table_select (MhRecordTable *table, const char *id);
void mh_record_table_grab (MhRecordTable *table); /* focus into the rows */
/* Into the row that is chosen, or the first, which is chosen then: Down in a search. Into the first
 * one when it comes, if there is none yet. */
void mh_record_table_enter (MhRecordTable *table);
/* Signals: "activated" (MhRecord *): Enter or double click; "selection": the selected rows changed.
 */

G_END_DECLS
