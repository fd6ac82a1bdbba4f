/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-sheet-view.h"

#include "client/pages/lab/results/mh-result-second.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-too-old.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-record-table.h"
#include "client/widgets/table/mh-row.h"
#include "shared/records/lab/mh-result.h"

#include <glib/gi18n-lib.h>

struct _MhSheetView
{
  MhPane parent_instance;
  MhRecordTable *table;
  GtkWidget *note;
  GListStore *rows;
};

G_DEFINE_FINAL_TYPE (MhSheetView, mh_sheet_view, MH_TYPE_PANE)

static char *
sheet_view_value_text (MhRecord *row)
{
  const char *words = mh_record_text (row, MH_RESULT_ROW_VALUE_TEXT);
  const char *value = mh_record_text (row, MH_RESULT_ROW_VALUE);
  return g_strdup (words != NULL ? words : value != NULL ? value : "–");
}

static char *
sheet_view_flag_text (MhRecord *row)
{
  return mh_flag_words (mh_record_text (row, MH_RESULT_ROW_FLAG));
}

static const char *
flag_style (MhRecord *row)
{
  return mh_flag_style (mh_record_text (row, MH_RESULT_ROW_FLAG));
}

static char *
sheet_view_range_text (MhRecord *row)
{
  const char *range = mh_record_text (row, MH_RESULT_ROW_RANGE_TEXT);
  g_autofree char *marked = range != NULL ? g_strdup_printf ("%s †", range) : NULL;
  return mh_words_figures (mh_record_bool (row, MH_RESULT_ROW_RANGE_VERIFIED) ? range : marked);
}

/* One column for both leaves the names their room. */
static char *
range_and_unit_text (MhRecord *row)
{
  const char *unit = mh_record_text (row, MH_RESULT_ROW_UNIT);
  g_autofree char *range = sheet_view_range_text (row);
  if (range == NULL || unit == NULL)
    return g_strdup (range != NULL ? range : unit);
  return g_strdup_printf ("%s  %s", range, unit);
}

static char *
sheet_view_previous_text (MhRecord *row)
{
  const char *value = mh_record_text (row, MH_RESULT_ROW_PREVIOUS_VALUE);
  if (value == NULL || !mh_record_has (row, MH_RESULT_ROW_PREVIOUS_AT))
    return g_strdup (value);
  g_autofree char *when = mh_when_day (mh_record_int (row, MH_RESULT_ROW_PREVIOUS_AT));
  g_autofree char *both = g_strdup_printf ("%s · %s", value, when);
  return mh_words_figures (both);
}

static void
sheet_view_add_part (GString *text, const char *part)
{
  if (part != NULL && part[0] != 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* "Not verified automatically: Flagged, Typed by hand" */
static char *
held_text (MhRecord *row)
{
  const MhField *field = &mh_result_row_type.fields[MH_RESULT_ROW_HELD];
  const char *const *held = mh_record_list (row, MH_RESULT_ROW_HELD);
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; held != NULL && held[i] != NULL; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", mh_words_of_code (field, held[i]));
  return words->len > 0 ? g_strdup_printf (_ ("Not verified automatically: %s"), words->str) : NULL;
}

static char *
sheet_view_remark_text (MhRecord *row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *held = held_text (row);
  g_autofree char *twice = mh_result_second_text (row);
  g_autofree char *group = mh_result_second_group (row);
  g_autofree char *too_old = mh_record_has (row, MH_RESULT_ROW_VALUE)
                                 ? mh_too_old_value (row, /* typing */ FALSE, /* now */ 0)
                                 : NULL;

  sheet_view_add_part (text, group);
  sheet_view_add_part (text, twice);
  if (group == NULL)
    {
      sheet_view_add_part (text, mh_record_text (row, MH_RESULT_ROW_DOUBT));
      sheet_view_add_part (text, mh_record_text (row, MH_RESULT_ROW_DELTA));
    }

  sheet_view_add_part (text, too_old);
  sheet_view_add_part (text, mh_record_text (row, MH_RESULT_ROW_QC));
  sheet_view_add_part (text, mh_record_text (row, MH_RESULT_ROW_COMMENT));
  sheet_view_add_part (text, held);
  if (mh_record_bool (row, MH_RESULT_ROW_AUTO_VERIFIED))
    sheet_view_add_part (text, _ ("Verified automatically"));

  return g_strdup (text->str);
}

/* --- where the columns would cut range and remark: two lines for each --- */

#define LEAST_WIDTH 860

#define MOST_LINES 10 /* of a name or a remark, which must not be cut */

static GtkWidget *
sheet_view_make_line (void)
{
  return g_object_new (MH_TYPE_ROW, "title-lines", MOST_LINES, "subtitle-lines", MOST_LINES, NULL);
}

static void
sheet_view_bind_line (GtkWidget *line, MhRecord *row)
{
  const char *unit = mh_record_text (row, MH_RESULT_ROW_UNIT);
  g_autofree char *value = sheet_view_value_text (row);
  g_autofree char *with_unit = g_strconcat (value, " ", unit, NULL);
  g_autofree char *shown = mh_words_figures (with_unit);
  g_autofree char *range = sheet_view_range_text (row), *before = sheet_view_previous_text (row);
  g_autofree char *remark = sheet_view_remark_text (row);
  g_autofree char *flag = sheet_view_flag_text (row);
  const char *parts[] = { range, before, remark };
  g_autoptr (GString) rest = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && parts[i][0] != 0)
      g_string_append_printf (rest, "%s%s", rest->len > 0 ? "  ·  " : "", parts[i]);

  mh_row_set (MH_ROW (line), mh_record_text (row, MH_RESULT_ROW_NAME), shown, rest->str);
  mh_row_set_mark (MH_ROW (line), flag, mh_flag_style (mh_record_text (row, MH_RESULT_ROW_FLAG)));
}

static const MhTableColumn columns[] = {
  { .field = "name", .width = 190, .expand = TRUE },
  { .title = N_ ("Value"),
    .text = sheet_view_value_text,
    .style = flag_style,
    .width = 58,
    .numeric = TRUE },
  { .title = N_ ("Flag"), .text = sheet_view_flag_text, .style = flag_style, .width = 84 },
  { .title = N_ ("Range"), .text = range_and_unit_text, .width = 140 },
  { .title = N_ ("Before"), .text = sheet_view_previous_text, .width = 66 },
  { .title = N_ ("Remark"), .text = sheet_view_remark_text, .width = 60, .expand = TRUE },
  { .make = sheet_view_make_line,
    .bind = sheet_view_bind_line,
    .line = MH_LINE_WHOLE,
    .only_line = TRUE },
  { NULL },
};

void
mh_sheet_view_show (MhSheetView *view, MhRecord *sheet)
{
  GPtrArray *rows = sheet != NULL ? mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES) : NULL;
  gboolean unsure = FALSE;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    unsure = unsure
             || (mh_record_has (g_ptr_array_index (rows, i), MH_RESULT_ROW_RANGE_TEXT)
                 && !mh_record_bool (g_ptr_array_index (rows, i), MH_RESULT_ROW_RANGE_VERIFIED));
  gtk_widget_set_visible (view->note, unsure);
  g_list_store_splice (view->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (view->rows)),
                       rows != NULL ? rows->pdata : NULL, rows != NULL ? rows->len : 0);
}

void
mh_sheet_view_grab (MhSheetView *view)
{
  mh_record_table_grab (view->table);
}

static void
mh_sheet_view_class_init (MhSheetViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/results/mh-sheet-view"));
  gtk_widget_class_bind_template_child (widget, MhSheetView, table);
  gtk_widget_class_bind_template_child (widget, MhSheetView, note);
}

static void
mh_sheet_view_init (MhSheetView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  mh_pane_keep (MH_PANE (view), &view->rows, g_list_store_new (MH_TYPE_RECORD));
  mh_record_table_setup (view->table, "sheet", &mh_result_row_type, columns,
                         G_LIST_MODEL (view->rows), MH_TABLE_SINGLE);
  mh_record_table_set_lines (view->table, LEAST_WIDTH);
}
