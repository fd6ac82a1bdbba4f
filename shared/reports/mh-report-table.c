/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-report-table.h"
#include "shared/records/people/mh-hospital.h"

#include <math.h>
#include <string.h>

#include "shared/base/mh-decimal.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/mh-sheet-private.h"

#define GAP 8
#define PAD 2.6
#define PLOT_HEIGHT 210
#define MOST_UPRIGHT 7 /* columns that find room on a page held upright */

typedef struct
{
  MhSheet *sheet;
  MhRecord *hospital;
  const MhWords *words;
  MhPaper paper;
  double width, letterhead;
  double *x, *column_width;
  char *made;
} Table;

/* --- every page --- */

static double
report_table_frame_page (MhBox *page, guint number, guint total, gpointer data)
{
  const Table *table = data;
  g_autoptr (MhBox) scratch = page == NULL ? mh_box_new () : NULL;
  MhBox *target = page != NULL ? page : scratch;
  double left = table->paper.left, y = table->paper.top;
  MhType title = mh_type_aligned (&mh_type_title, MH_ALIGN_END);
  MhType under = mh_type_aligned (&mh_type_small, MH_ALIGN_END);
  double half = table->width * 0.5;
  double height = 26;

  if (number == 1)
    {
      mh_part_letterhead (target, table->hospital, table->words, left, y, half - GAP);
      y += mh_box_text (target, &title, left + half, y + 2, half,
                        mh_words (table->words, table->sheet->title));
      mh_box_text (target, &under, left + half, y + 4, half, table->sheet->subtitle);
      mh_box_rule (target, MH_INK_ACCENT, left, table->paper.top + table->letterhead + 7,
                   table->width, 1.2);
      height = table->letterhead + 18;
    }
  else
    {
      g_autofree char *line
          = mh_part_join ("  ·  ", mh_words (table->words, table->sheet->title),
                          table->sheet->subtitle != NULL ? table->sheet->subtitle : "", NULL);
      mh_box_text (target, &mh_type_small_bold, left, y, table->width, line);
      mh_box_rule (target, MH_INK_ACCENT, left, y + 15, table->width, 0.8);
    }

  if (page != NULL)
    mh_part_footer (page, &table->paper, table->words, table->made, number, total);
  return height;
}

/* --- rows --- */

static MhBox *
make_titles (const Table *table)
{
  MhBox *box = mh_box_new ();
  double height = 0;
  for (guint i = 0; i < table->sheet->columns->len; i++)
    {
      const MhSheetColumn *column = &g_array_index (table->sheet->columns, MhSheetColumn, i);
      MhType type
          = mh_type_aligned (&mh_type_label, column->is_number ? MH_ALIGN_END : MH_ALIGN_START);
      height = fmax (height, mh_box_text (box, &type, table->x[i], 0, table->column_width[i],
                                          mh_words (table->words, column->label)));
    }

  mh_box_rule (box, MH_INK_TEXT, 0, height + 2, table->width, 0.8);
  mh_box_set_height (box, height + 5);
  mh_box_set_tag (box, "TR");
  return box;
}

static void
report_table_add_heading (const Table *table, MhDocument *document, MhSheetRow *row)
{
  MhBox *box = mh_box_new ();
  const char *text = row->cells->len > 0 ? g_ptr_array_index (row->cells, 0) : "";
  double height = mh_box_text (box, &mh_type_heading, 0, 6, table->width, text);
  mh_box_set_height (box, height + 9);
  mh_box_set_tag (box, "H2");
  mh_document_add (document, box, MH_KEEP_NEXT);
}

static void
report_table_add_note (const Table *table, MhDocument *document, MhSheetRow *row)
{
  MhBox *box = mh_box_new ();
  const char *text = row->cells->len > 0 ? g_ptr_array_index (row->cells, 0) : "";
  double height = mh_box_text (box, &mh_type_body, 0, PAD, table->width, text);
  mh_box_set_height (box, height + 2 * PAD);
  mh_box_set_tag (box, "P");
  mh_document_add (document, box, 0);
}

static void
add_row_plot (const Table *table, MhDocument *document, MhSheetRow *row)
{
  MhBox *box = mh_box_new ();
  mh_box_plot (box, mh_plot_ref (row->plot), 0, PAD, table->width, row->plot_height);
  mh_box_set_height (box, row->plot_height + 2 * PAD);
  mh_document_add (document, box, MH_KEEP_NEXT);
}

/* A cell of mh_sheet_money() has a point and two digits after it; counts have none. */
static char *
report_table_shown (const Table *table, const MhSheetColumn *column, const char *text)
{
  const char *point = strchr (text, '.');
  if (!column->is_number || table->sheet->currency == NULL || point == NULL || strlen (point) != 3)
    return g_strdup (text);
  gint64 whole = g_ascii_strtoll (text, NULL, 10) * 100,
         part = g_ascii_strtoll (point + 1, NULL, 10);
  return mh_money_display (*text == '-' ? whole - part : whole + part, table->sheet->currency);
}

static void
report_table_add_row (const Table *table, MhDocument *document, MhSheetRow *row)
{
  MhBox *box = mh_box_new ();
  gboolean total = row->kind == MH_ROW_TOTAL;
  double height = 0;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const MhSheetColumn *column = &g_array_index (table->sheet->columns, MhSheetColumn, i);
      MhType aligned = mh_type_aligned (total ? &mh_type_bold : &mh_type_body,
                                        column->is_number ? MH_ALIGN_END : MH_ALIGN_START);
      MhType type = mh_type_lines (&aligned, 2);
      g_autofree char *text = report_table_shown (table, column, g_ptr_array_index (row->cells, i));
      height
          = fmax (height, mh_box_text (box, &type, table->x[i], PAD, table->column_width[i], text));
    }

  mh_box_rule (box, total ? MH_INK_TEXT : MH_INK_HAIRLINE, 0, 0, table->width, total ? 0.8 : 0.4);
  mh_box_set_height (box, height + 2 * PAD);
  mh_box_set_tag (box, "TR");
  if (total)
    mh_document_keep_last (document);
  mh_document_add (document, box, 0);
}

static void
add_plot (const Table *table, MhDocument *document)
{
  MhBox *box = mh_box_new ();
  mh_box_plot (box, mh_plot_ref (table->sheet->plot), 0, 0, table->width, PLOT_HEIGHT);
  mh_box_set_tag (box, "Figure");
  mh_document_add (document, box, 0);
  mh_document_space (document, 12);
}

static void
report_table_add_rows (const Table *table, MhDocument *document)
{
  MhBox *titles = make_titles (table);
  mh_document_repeat (document, MH_REPEAT_TABLE, mh_box_ref (titles));
  mh_document_add (document, titles, MH_KEEP_NEXT);

  for (guint i = 0; i < table->sheet->rows->len; i++)
    {
      MhSheetRow *row = g_ptr_array_index (table->sheet->rows, i);
      if (row->kind == MH_ROW_HEADING)
        report_table_add_heading (table, document, row);
      else if (row->kind == MH_ROW_NOTE)
        report_table_add_note (table, document, row);
      else if (row->kind == MH_ROW_PLOT)
        add_row_plot (table, document, row);
      else
        report_table_add_row (table, document, row);
    }

  if (table->sheet->rows->len > 0)
    return;

  MhBox *none = mh_box_new ();
  mh_box_text (none, &mh_type_note, 0, 6, table->width,
               mh_words (table->words, "Nothing in this period."));
  mh_document_add (document, none, 0);
}

/* --- the whole --- */

static void
lay_columns (Table *table)
{
  guint n = table->sheet->columns->len;
  double shares = 0, x = 0;
  for (guint i = 0; i < n; i++)
    shares += g_array_index (table->sheet->columns, MhSheetColumn, i).share;

  double room = table->width - GAP * (n > 0 ? n - 1 : 0);
  for (guint i = 0; i < n; i++)
    {
      table->x[i] = x;
      table->column_width[i]
          = room * g_array_index (table->sheet->columns, MhSheetColumn, i).share / shares;
      x += table->column_width[i] + GAP;
    }
}

MhDocument *
mh_report_table (MhSheet *sheet, MhRecord *hospital, const char *language, gint64 made)
{
  gboolean across = sheet->columns->len > MOST_UPRIGHT;
  g_autoptr (GTimeZone) zone = mh_part_zone (hospital);
  g_autoptr (MhBox) scratch = mh_box_new ();
  g_autofree double *x = g_new0 (double, sheet->columns->len + 1);
  g_autofree double *widths = g_new0 (double, sheet->columns->len + 1);
  Table table = { .sheet = sheet,
                  .hospital = hospital,
                  .words = mh_words_for (language),
                  .paper = { across ? MH_A4_HEIGHT : MH_A4_WIDTH,
                             across ? MH_A4_WIDTH : MH_A4_HEIGHT, 36, 36, 44, 36 },
                  .x = x,
                  .column_width = widths };
  g_autofree char *at = mh_words_instant (table.words, made, zone);

  table.made = at;
  table.width = table.paper.width - table.paper.left - table.paper.right;
  table.letterhead = fmax (
      mh_part_letterhead (scratch, hospital, table.words, 0, 0, table.width * 0.5 - GAP), 34);
  lay_columns (&table);

  MhDocument *document = mh_document_new (&table.paper);
  mh_document_set_info (document, sheet->title, mh_record_text (hospital, MH_HOSPITAL_NAME), NULL,
                        made);
  mh_document_set_frame (document, report_table_frame_page, &table, NULL);
  if (sheet->plot != NULL && sheet->rows->len > 0)
    add_plot (&table, document);
  report_table_add_rows (&table, document);
  mh_document_finish (document);

  return document;
}
