/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/front/insights/mh-insight-items.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/front/mh-insight.h"
#include "shared/records/mh-types.h"
#include "shared/reports/front/mh-insight-plot.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_INSIGHT_ITEMS (mh_insight_items_get_type ())
G_DECLARE_FINAL_TYPE (MhInsightItems, mh_insight_items, MH, INSIGHT_ITEMS, MhDialog)

struct _MhInsightItems
{
  MhDialog parent_instance;
  MhRecordTable *table;
  MhRecordList *items;
};

G_DEFINE_FINAL_TYPE (MhInsightItems, mh_insight_items, MH_TYPE_DIALOG)

static const char *
insight_items_say (const char *english, gconstpointer data)
{
  return *english != '\0' ? _ (english) : "";
}

/* Codes of any of the groups are worded; names stand as they are. */
static char *
insight_items_words_of (MhRecord *item, guint field)
{
  static const char *const groups[] = { MH_BY_STATUS, MH_BY_METHOD, MH_BY_REASON, MH_BY_KIND };
  const char *text = mh_record_text (item, field), *label = NULL;
  for (guint i = 0; text != NULL && label == NULL && i < G_N_ELEMENTS (groups); i++)
    label = mh_insight_key_label (NULL, groups[i], text);
  return g_strdup (label != NULL ? _ (label) : text);
}

static char *
label_text (MhRecord *item)
{
  return insight_items_words_of (item, MH_INSIGHT_ITEM_LABEL);
}

static char *
detail_text (MhRecord *item)
{
  return insight_items_words_of (item, MH_INSIGHT_ITEM_DETAIL);
}

static char *
took_text (MhRecord *item)
{
  static const MhInsightWords words = { insight_items_say, NULL, NULL };
  if (!mh_record_has (item, MH_INSIGHT_ITEM_SECONDS))
    return NULL;
  g_autofree char *seconds
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (item, MH_INSIGHT_ITEM_SECONDS));
  return mh_insight_value_words (mh_insight_column_find ("p50"), seconds, NULL, &words);
}

static const MhTableColumn columns[] = {
  { "number", .width = 130 },
  { .title = N_ ("What"), .text = label_text, .expand = TRUE, .width = 140 },
  { .title = N_ ("Details"), .text = detail_text, .width = 120 },
  { .title = N_ ("Duration"), .text = took_text, .numeric = TRUE, .width = 100 },
  { "at", .width = 130 },
  { NULL },
};

static void
insight_items_activated_cb (MhInsightItems *dialog, MhRecord *item)
{
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  g_autofree char *id = g_strdup (mh_record_text (item, MH_INSIGHT_ITEM_ORDER_ID));
  if (id == NULL || opener == NULL)
    return;
  gtk_window_close (GTK_WINDOW (dialog));
  mh_shell_open (opener, mh_order_type.code, id);
}

static void
insight_items_begin (MhDialog *dialog)
{
  MhInsightItems *items = MH_INSIGHT_ITEMS (dialog);
  mh_dialog_keep (dialog, &items->items,
                  mh_record_list_new (mh_dialog_context (dialog), "insight.items"));
  mh_record_table_setup (items->table, "insight-items", &mh_insight_item_type, columns,
                         G_LIST_MODEL (items->items), MH_TABLE_SINGLE);
}

static void
mh_insight_items_class_init (MhInsightItemsClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->begin = insight_items_begin;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("front/insights/mh-insight-items"));
  gtk_widget_class_bind_template_child (widget, MhInsightItems, table);
  gtk_widget_class_bind_template_callback (widget, insight_items_activated_cb);
}

static void
mh_insight_items_init (MhInsightItems *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_insight_items_show (GtkWidget *opener,
                       MhContext *context,
                       const char *title,
                       const char *const *args)
{
  MhInsightItems *dialog = g_object_new (MH_TYPE_INSIGHT_ITEMS, "context", context, NULL);
  gtk_window_set_title (GTK_WINDOW (dialog), title);
  mh_record_list_set_args (dialog->items, args);
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
