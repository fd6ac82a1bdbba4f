/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-figures-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/form/mh-typed-day.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/money/mh-figures.h"

#include <glib/gi18n-lib.h>

struct _MhFiguresPane
{
  MhPane parent_instance;
  GtkDropDown *report, *by;
  GtkEditable *from, *to;
  GtkStack *stack;
  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (MhFiguresPane, mh_figures_pane, MH_TYPE_PANE)

/* --- the table --- */

static void
figures_pane_put (MhFiguresPane *pane,
                  int column,
                  int row,
                  const char *text,
                  gboolean number,
                  const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (pane->grid, label, column, row, 1, 1);
}

static void
figures_pane_put_row (MhFiguresPane *pane,
                      int at,
                      MhRecord *row,
                      MhRecord *totals,
                      const char *currency)
{
  gboolean whole = row == totals;
  const char *style = whole ? "heading" : NULL;
  int column = 1;

  figures_pane_put (pane, 0, at, whole ? _ ("Total") : mh_record_text (row, MH_FIGURES_ROW_LABEL),
                    FALSE, style);
  for (guint i = MH_FIGURES_ROW_COUNT; i < MH_FIGURES_ROW_N_FIELDS; i++)
    {
      if (!mh_record_has (totals, i))
        continue;
      g_autofree char *shown = i == MH_FIGURES_ROW_COUNT
                                   ? g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (row, i))
                                   : mh_money_display (mh_record_int (row, i), currency);
      figures_pane_put (pane, column++, at, shown, TRUE, style);
    }
}

static void
figures_pane_show (MhFiguresPane *pane, MhRecord *figures)
{
  GPtrArray *rows = mh_record_records (figures, MH_FIGURES_ROWS);
  MhRecord *totals = mh_record_record (figures, MH_FIGURES_TOTALS);
  const char *currency = mh_record_text (figures, MH_FIGURES_CURRENCY);
  GtkWidget *child;
  int column = 1;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (pane->grid))) != NULL)
    gtk_grid_remove (pane->grid, child);

  gtk_stack_set_visible_child_name (pane->stack, rows != NULL && rows->len > 0 ? "table" : "none");
  if (rows == NULL || totals == NULL || rows->len == 0)
    return;

  figures_pane_put (pane, 0, 0,
                    mh_words_of_code (&mh_figures_type.fields[MH_FIGURES_BY],
                                      mh_record_text (figures, MH_FIGURES_BY)),
                    FALSE, "dim-label");
  for (guint i = MH_FIGURES_ROW_COUNT; i < MH_FIGURES_ROW_N_FIELDS; i++)
    if (mh_record_has (totals, i))
      figures_pane_put (pane, column++, 0, mh_words_label (&mh_figures_row_type.fields[i]), TRUE,
                        "dim-label");
  for (guint i = 0; i < rows->len; i++)
    figures_pane_put_row (pane, (int)i + 1, g_ptr_array_index (rows, i), totals, currency);
  figures_pane_put_row (pane, (int)rows->len + 1, totals, totals, currency);
}

/* --- asking --- */

/* NULL: something cannot be read. */
static char **
figures_pane_arguments (MhFiguresPane *pane)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  char from[MH_DATE_LENGTH + 1], to[MH_DATE_LENGTH + 1];
  if (!mh_typed_day (MH_PANE (pane), pane->from, from)
      || !mh_typed_day (MH_PANE (pane), pane->to, to))
    return NULL;

  g_strv_builder_add_many (
      builder, "report", mh_figures_report_codes[gtk_drop_down_get_selected (pane->report)].code,
      "by", mh_figures_by_codes[gtk_drop_down_get_selected (pane->by)].code, NULL);
  if (from[0] != '\0')
    g_strv_builder_add_many (builder, "from", from, NULL);
  if (to[0] != '\0')
    g_strv_builder_add_many (builder, "to", to, NULL);
  return g_strv_builder_end (builder);
}

static void
figures_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFiguresPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (answer != NULL)
    figures_pane_show (pane, answer);
}

static void
figures_pane_load_cb (MhFiguresPane *pane)
{
  if (mh_pane_context (MH_PANE (pane)) == NULL || !gtk_widget_get_mapped (GTK_WIDGET (pane)))
    return;
  g_auto (GStrv) args = figures_pane_arguments (pane);
  if (args != NULL)
    mh_fetch_async (mh_pane_context (MH_PANE (pane)),
                    &(MhFetch){ .route = "figures.read", .args = (const char *const *)args },
                    mh_pane_cancellable (MH_PANE (pane)), figures_pane_read_cb,
                    g_object_ref (pane));
}

static void
figures_pane_csv_cb (MhFiguresPane *pane)
{
  g_auto (GStrv) args = figures_pane_arguments (pane);
  if (args != NULL)
    mh_file_answer_save (MH_PANE (pane), "figures.csv", (const char *const *)args, "figures.csv");
}

static void
figures_pane_print_cb (MhFiguresPane *pane)
{
  g_auto (GStrv) args = figures_pane_arguments (pane);
  if (args != NULL)
    mh_file_answer_print (MH_PANE (pane), "figures.pdf", (const char *const *)args,
                          MH_PRINTER_PAGES, _ ("Figures"));
}

/* --- making it --- */

static void
figures_pane_shown (MhPane *pane)
{
  figures_pane_load_cb (MH_FIGURES_PANE (pane));
}

static void
mh_figures_pane_class_init (MhFiguresPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->shown = figures_pane_shown;
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-figures-pane"));
  gtk_widget_class_bind_template_child (widget, MhFiguresPane, report);
  gtk_widget_class_bind_template_child (widget, MhFiguresPane, by);
  gtk_widget_class_bind_template_child (widget, MhFiguresPane, from);
  gtk_widget_class_bind_template_child (widget, MhFiguresPane, to);
  gtk_widget_class_bind_template_child (widget, MhFiguresPane, stack);
  gtk_widget_class_bind_template_child (widget, MhFiguresPane, grid);
  gtk_widget_class_bind_template_callback (widget, figures_pane_load_cb);
  gtk_widget_class_bind_template_callback (widget, figures_pane_csv_cb);
  gtk_widget_class_bind_template_callback (widget, figures_pane_print_cb);
}

static void
mh_figures_pane_init (MhFiguresPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
  mh_fill_codes (pane->report, mh_figures_report_codes);
  mh_fill_codes (pane->by, mh_figures_by_codes);
}
