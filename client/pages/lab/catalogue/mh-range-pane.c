/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/catalogue/mh-range-pane.h"

#include "client/pages/lab/catalogue/mh-catalogue-kinds.h"
#include "client/pages/lab/catalogue/mh-range-bar.h"
#include "client/pages/lab/catalogue/mh-rows-pane.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/rules/lab/mh-range-cover.h"

#include <glib/gi18n-lib.h>

struct _MhRangePane
{
  MhPane parent_instance;
  GtkBox *body;
  MhRangeBar *reference, *critical;
  GtkLabel *said;
  GtkWidget *critical_title;
  MhRowsPane *rows;
  char *analyte;
  int decimals;
};

G_DEFINE_FINAL_TYPE (MhRangePane, mh_range_pane, MH_TYPE_PANE)

static void
say_gaps (MhRangePane *pane, GPtrArray *ranges)
{
  g_autoptr (GArray) gaps = mh_range_gaps (ranges, pane->analyte);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < gaps->len; i++)
    {
      const MhRangeGap *gap = &g_array_index (gaps, MhRangeGap, i);
      g_autofree char *ages = mh_range_bar_ages (gap->from, gap->to);
      const char *who = g_str_equal (gap->sex, MH_RANGE_SEX_FEMALE) ? _ (", female")
                        : g_str_equal (gap->sex, MH_RANGE_SEX_MALE) ? _ (", male")
                                                                    : "";
      g_string_append_printf (text, "%s%s%s", text->len > 0 ? "; " : "", ages, who);
    }

  g_autofree char *sentence = g_strdup_printf (
      mh_rows_pane_may_add (pane->rows)
          ? _ ("No range covers these ages: %s. Results there are not flagged. Press the hatched "
               "part to add a range for them.")
          : _ ("No range covers these ages: %s. Results there are not flagged."),
      text->str);

  gtk_label_set_label (pane->said, sentence);
  gtk_widget_set_visible (GTK_WIDGET (pane->said), gaps->len > 0);
}

static void
range_pane_changed_cb (MhRangePane *pane)
{
  g_autoptr (GPtrArray) ranges = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *model = mh_rows_pane_model (pane->rows);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (ranges, g_list_model_get_item (model, i));
  if (pane->analyte == NULL)
    return;
  mh_range_bar_show (pane->reference, ranges, pane->analyte, pane->decimals, FALSE);
  mh_range_bar_show (pane->critical, ranges, pane->analyte, pane->decimals, TRUE);
  gtk_widget_set_visible (pane->critical_title,
                          gtk_widget_get_visible (GTK_WIDGET (pane->critical)));
  say_gaps (pane, ranges);
}

static void
range_pane_picked_cb (MhRangePane *pane, const char *id)
{
  mh_rows_pane_open (pane->rows, id);
}

/* A new row for the very ages that have none. */
static void
missing_cb (MhRangePane *pane, const MhRangeGap *gap)
{
  g_autoptr (MhRecord) fresh = mh_record_new (&mh_reference_range_type);
  g_autofree char *from = mh_age_days_word (gap->from);
  mh_record_set_text (fresh, MH_REFERENCE_RANGE_ANALYTE, pane->analyte);
  mh_record_set_text (fresh, MH_REFERENCE_RANGE_KIND, MH_RANGE_KIND_REFERENCE);
  mh_record_set_text (fresh, MH_REFERENCE_RANGE_SEX, gap->sex);
  mh_record_set_text (fresh, MH_REFERENCE_RANGE_FROM_AGE, from);
  if (gap->to != MH_AGE_NO_END)
    mh_record_take_text (fresh, MH_REFERENCE_RANGE_TO_AGE, mh_age_days_word (gap->to));
  mh_rows_pane_add (pane->rows, fresh);
}

static void
mh_range_pane_finalize (GObject *object)
{
  g_free (MH_RANGE_PANE (object)->analyte);
  G_OBJECT_CLASS (mh_range_pane_parent_class)->finalize (object);
}

static void
mh_range_pane_class_init (MhRangePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_range_pane_finalize;
  g_type_ensure (MH_TYPE_RANGE_BAR);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/catalogue/mh-range-pane"));
  gtk_widget_class_bind_template_child (widget, MhRangePane, body);
  gtk_widget_class_bind_template_child (widget, MhRangePane, reference);
  gtk_widget_class_bind_template_child (widget, MhRangePane, critical);
  gtk_widget_class_bind_template_child (widget, MhRangePane, said);
  gtk_widget_class_bind_template_child (widget, MhRangePane, critical_title);
}

static void
mh_range_pane_init (MhRangePane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

GtkWidget *
mh_range_pane_new (MhContext *context)
{
  MhRangePane *pane = g_object_new (MH_TYPE_RANGE_PANE, "context", context, NULL);
  pane->rows = MH_ROWS_PANE (mh_rows_pane_new (context, &mh_catalogue_ranges, "range.remove"));
  gtk_box_append (pane->body, GTK_WIDGET (pane->rows));
  g_signal_connect_object (mh_rows_pane_model (pane->rows), "items-changed",
                           G_CALLBACK (range_pane_changed_cb), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_rows_pane_model (pane->rows), "notify::n-items",
                           G_CALLBACK (range_pane_changed_cb), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->reference, "picked", G_CALLBACK (range_pane_picked_cb), pane,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->critical, "picked", G_CALLBACK (range_pane_picked_cb), pane,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->reference, "missing", G_CALLBACK (missing_cb), pane,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (pane);
}

void
mh_range_pane_show (MhRangePane *pane, MhRecord *analyte)
{
  g_autoptr (MhRecord) fresh = mh_record_new (&mh_reference_range_type);
  g_free (pane->analyte);
  pane->analyte = g_strdup (mh_record_text (analyte, MH_ANALYTE_CODE));
  pane->decimals = (int)mh_record_int (analyte, MH_ANALYTE_DECIMALS);
  mh_record_set_text (fresh, MH_REFERENCE_RANGE_ANALYTE, pane->analyte);
  mh_record_set_text (fresh, MH_REFERENCE_RANGE_KIND, MH_RANGE_KIND_REFERENCE);
  mh_record_set_text (fresh, MH_REFERENCE_RANGE_SEX, MH_RANGE_SEX_ANY);
  mh_record_set_text (fresh, MH_REFERENCE_RANGE_FROM_AGE, "0d");
  mh_rows_pane_show (pane->rows, (const char *[]){ "analyte", pane->analyte, "limit", "200", NULL },
                     NULL, fresh);
}
