/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/mh-sheet-view.h"

#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-record-table.h"
#include "client/widgets/mh-words.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

struct _MhSheetView
{
  GtkWidget parent_instance;
  GtkWidget *box, *table, *note;
  GListStore *rows;
};

G_DEFINE_FINAL_TYPE (MhSheetView, mh_sheet_view, GTK_TYPE_WIDGET)

static char *
value_text (MhRecord *row)
{
  const char *words = mh_record_text (row, MH_RESULT_ROW_VALUE_TEXT);
  const char *value = mh_record_text (row, MH_RESULT_ROW_VALUE);
  return g_strdup (words != NULL ? words : value != NULL ? value : "–");
}

static const char *
arrow_of (const char *flag)
{
  static const struct
  {
    const char *flag, *arrow;
  } arrows[] = { { MH_FLAG_L, "↓" },  { MH_FLAG_LL, "⇊" }, { MH_FLAG_H, "↑" },
                 { MH_FLAG_HH, "⇈" }, { MH_FLAG_A, "●" },  { MH_FLAG_AA, "●" } };
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (g_strcmp0 (flag, arrows[i].flag) == 0)
      return arrows[i].arrow;
  return "";
}

/* "H ↑ High": shape, letter and word, so that no colour is needed. */
static char *
flag_text (MhRecord *row)
{
  const char *flag = mh_record_text (row, MH_RESULT_ROW_FLAG);
  if (flag == NULL || g_strcmp0 (flag, MH_FLAG_N) == 0)
    return NULL;
  return g_strdup_printf ("%s %s %s", flag, arrow_of (flag),
                          mh_words_of_code (&mh_result_row_type.fields[MH_RESULT_ROW_FLAG], flag));
}

static const char *
flag_style (MhRecord *row)
{
  return mh_flag_style (mh_record_text (row, MH_RESULT_ROW_FLAG));
}

static char *
range_text (MhRecord *row)
{
  const char *range = mh_record_text (row, MH_RESULT_ROW_RANGE_TEXT);
  if (range == NULL || mh_record_bool (row, MH_RESULT_ROW_RANGE_VERIFIED))
    return g_strdup (range);
  return g_strdup_printf ("%s †", range);
}

static char *
previous_text (MhRecord *row)
{
  const char *value = mh_record_text (row, MH_RESULT_ROW_PREVIOUS_VALUE);
  if (value == NULL)
    return NULL;
  g_autofree char *when = mh_record_has (row, MH_RESULT_ROW_PREVIOUS_AT)
                              ? mh_words_time (mh_record_int (row, MH_RESULT_ROW_PREVIOUS_AT))
                              : g_strdup ("");
  return g_strdup_printf ("%s · %s", value, when);
}

static char *
remark_text (MhRecord *row)
{
  const char *comment = mh_record_text (row, MH_RESULT_ROW_COMMENT);
  const char *delta = mh_record_text (row, MH_RESULT_ROW_DELTA);
  if (comment != NULL && delta != NULL)
    return g_strdup_printf ("%s · %s", delta, comment);
  return g_strdup (delta != NULL ? delta : comment);
}

static char *
entered_text (MhRecord *row)
{
  return g_strdup (mh_record_text (row, MH_RESULT_ROW_ENTERED_NAME));
}

static const MhTableColumn columns[] = {
  { .field = "name", .width = 180 },
  { .title = N_ ("Value"), .text = value_text, .style = flag_style, .width = 76, .numeric = TRUE },
  { .title = N_ ("Flag"), .text = flag_text, .style = flag_style, .width = 92 },
  { .field = "unit", .width = 70 },
  { .title = N_ ("Range"), .text = range_text, .width = 96 },
  { .title = N_ ("Before"), .text = previous_text, .width = 100 },
  { .title = N_ ("Entered"), .text = entered_text, .width = 110 },
  { .title = N_ ("Remark"), .text = remark_text, .expand = TRUE },
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

static void
mh_sheet_view_dispose (GObject *object)
{
  MhSheetView *view = MH_SHEET_VIEW (object);
  g_clear_pointer (&view->box, gtk_widget_unparent);
  g_clear_object (&view->rows);
  G_OBJECT_CLASS (mh_sheet_view_parent_class)->dispose (object);
}

static void
mh_sheet_view_class_init (MhSheetViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_sheet_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mh_sheet_view_init (MhSheetView *view)
{
  view->rows = g_list_store_new (MH_TYPE_RECORD);
  view->table = mh_record_table_new ("sheet", &mh_result_row_type, columns,
                                     G_LIST_MODEL (view->rows), MH_TABLE_SINGLE);
  mh_record_table_set_empty (MH_RECORD_TABLE (view->table), "mh-tube-symbolic", _ ("No results"),
                             _ ("Nothing was entered for this order."), NULL, NULL);
  gtk_widget_set_vexpand (view->table, TRUE);
  view->box = mh_vbox (6);
  view->note
      = mh_label (_ ("† This reference range awaits the laboratory's sign-off."), "dim-label");
  mh_box_append (view->box, view->table);
  mh_box_append (view->box, view->note);
  gtk_widget_set_parent (view->box, GTK_WIDGET (view));
}

GtkWidget *
mh_sheet_view_new (void)
{
  return g_object_new (MH_TYPE_SHEET_VIEW, NULL);
}
