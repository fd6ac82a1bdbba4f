/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/samples/mh-rounds-pane.h"

#include "client/models/mh-record-list.h"
#include "client/pages/lab/orders/mh-collect-dialog.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/pages/people/admin/mh-admin-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/lab/mh-order-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NARROW 700

struct _MhRoundsPane
{
  MhPane parent_instance;
  MhRecordList *orders;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  char *words;
  MhRecordTable *table;
  GtkDropDown *where;
  GtkEditable *search;
  GtkLabel *facts;
};

G_DEFINE_FINAL_TYPE (MhRoundsPane, mh_rounds_pane, MH_TYPE_PANE)

/* --- what stands in a row --- */

static const char *
rounds_pane_kind_of (MhRecord *order)
{
  const char *kind = mh_record_text (order, MH_ORDER_COLLECTION);
  return kind != NULL ? kind : MH_COLLECT_DESK;
}

static char *
place_text (MhRecord *order)
{
  const char *place = mh_record_text (order, MH_ORDER_COLLECT_PLACE);
  const char *kind
      = mh_words_of_code (&mh_order_type.fields[MH_ORDER_COLLECTION], rounds_pane_kind_of (order));
  return place != NULL ? g_strdup_printf ("%s · %s", kind, place) : g_strdup (kind);
}

static char *
rounds_pane_time_text (MhRecord *order)
{
  gint64 at = mh_record_int (order, MH_ORDER_COLLECT_FROM);
  return at != 0 ? mh_words_time (at) : NULL;
}

static char *
rounds_pane_who_text (MhRecord *order)
{
  gboolean stat = g_strcmp0 (mh_record_text (order, MH_ORDER_PRIORITY), MH_PRIORITY_STAT) == 0;
  return g_strconcat (stat ? "⚡ " : "", mh_record_text (order, MH_ORDER_PATIENT_NAME), NULL);
}

static int
by_draw (gconstpointer a, gconstpointer b)
{
  MhRecord *const *left = a, *const *right = b;
  return mh_tube_rules_compare (*left, *right);
}

/* "1 Citrate → 2 Serum → 3 EDTA": in the order in which they are drawn. */
static char *
tubes_text (MhRecord *order)
{
  GPtrArray *samples = mh_record_records (order, MH_ORDER_SAMPLES);
  g_autoptr (GPtrArray) tubes = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; samples != NULL && i < samples->len; i++)
    if (g_strcmp0 (mh_record_text (samples->pdata[i], MH_SAMPLE_STATUS),
                   MH_SAMPLE_STATUS_TO_COLLECT)
        == 0)
      g_ptr_array_add (tubes, samples->pdata[i]);

  g_ptr_array_sort (tubes, by_draw);
  for (guint i = 0; i < tubes->len; i++)
    {
      const char *name = mh_record_text (tubes->pdata[i], MH_SAMPLE_CONTAINER_NAME);
      g_string_append_printf (text, "%s%u %s", i > 0 ? " → " : "", i + 1,
                              name != NULL ? name
                                           : mh_record_text (tubes->pdata[i], MH_SAMPLE_CONTAINER));
    }

  return g_string_free (text, FALSE);
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Patient"), .text = rounds_pane_who_text, .width = 150, .expand = TRUE },
  { .field = "patient_mrn", .width = 130, .line = MH_LINE_NONE },
  { .title = N_ ("Where"), .text = place_text, .width = 190, .expand = TRUE },
  { .title = N_ ("When"), .text = rounds_pane_time_text, .width = 110, .line = MH_LINE_TRAILING },
  { .title = N_ ("Tubes in order of draw"), .text = tubes_text, .width = 220, .expand = TRUE },
  { .field = "test_names", .width = 120, .line = MH_LINE_NONE },
  { NULL },
};

/* --- which rows, in which order --- */

static gboolean
rounds_pane_belongs (MhRecord *order, gpointer data)
{
  static const char *const ready[] = { MH_ORDER_TAB_PAID, MH_ORDER_TAB_COD, NULL };
  const char *tab = mh_record_text (order, MH_ORDER_TAB);
  return g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_PLACED) == 0
         && tab != NULL && g_strv_contains (ready, tab);
}

static gboolean
rounds_pane_fits (gpointer item, gpointer data)
{
  MhRoundsPane *pane = data;
  guint which = gtk_drop_down_get_selected (pane->where);
  if (which > 0
      && g_strcmp0 (rounds_pane_kind_of (item), mh_collect_place_codes[which - 1].code) != 0)
    return FALSE;
  if (pane->words == NULL || *pane->words == '\0')
    return TRUE;

  g_autofree char *place = place_text (item);
  g_autofree char *all = g_strjoin (" ", mh_record_text (item, MH_ORDER_PATIENT_NAME),
                                    mh_record_text (item, MH_ORDER_NUMBER), place, NULL);
  g_autofree char *folded = mh_text_fold (all);

  return strstr (folded, pane->words) != NULL;
}

static int
rounds_pane_urgency (MhRecord *order)
{
  const char *priority = mh_record_text (order, MH_ORDER_PRIORITY);
  return g_strcmp0 (priority, MH_PRIORITY_STAT) == 0     ? 0
         : g_strcmp0 (priority, MH_PRIORITY_URGENT) == 0 ? 1
                                                         : 2;
}

/* As somebody walks: place by place, in each the urgent ones first, then by time. */
static int
rounds_pane_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  MhRecord *left = (MhRecord *)a, *right = (MhRecord *)b;
  int by = g_strcmp0 (rounds_pane_kind_of (left), rounds_pane_kind_of (right));
  if (by == 0)
    by = g_strcmp0 (mh_record_text (left, MH_ORDER_COLLECT_PLACE),
                    mh_record_text (right, MH_ORDER_COLLECT_PLACE));
  if (by == 0)
    by = rounds_pane_urgency (left) - rounds_pane_urgency (right);

  gint64 from = mh_record_int (left, MH_ORDER_COLLECT_FROM),
         to = mh_record_int (right, MH_ORDER_COLLECT_FROM);
  if (by == 0)
    by = from < to ? -1 : from > to;
  return by != 0 ? by
                 : g_strcmp0 (mh_record_text (left, MH_ORDER_NUMBER),
                              mh_record_text (right, MH_ORDER_NUMBER));
}

static void
rounds_pane_count_cb (MhRoundsPane *pane)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pane->sorted));
  g_autofree char *waiting = g_strdup_printf (
      ngettext ("%u patient to collect from", "%u patients to collect from", n), n);
  gtk_label_set_text (pane->facts, waiting);
}

static void
where_cb (MhRoundsPane *pane)
{
  if (pane->filtered == NULL)
    return;
  g_free (pane->words);
  pane->words = mh_text_fold (gtk_editable_get_text (pane->search));
  gtk_filter_changed (gtk_filter_list_model_get_filter (pane->filtered),
                      GTK_FILTER_CHANGE_DIFFERENT);
}

/* --- doing --- */

static void
rounds_pane_chosen_cb (MhRoundsPane *pane)
{
  g_autoptr (GPtrArray) chosen = mh_record_table_selected (pane->table);
  gtk_widget_action_set_enabled (GTK_WIDGET (pane), "round.collect", chosen->len > 0);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (pane), "round.plan",
      chosen->len == 1
          && (mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_COLLECT)
              || mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_WRITE_ORDER)));
}

static void
rounds_pane_collect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhRoundsPane *pane = MH_ROUNDS_PANE (widget);
  g_autoptr (GPtrArray) chosen = mh_record_table_selected (pane->table);
  if (chosen->len > 0)
    mh_collect_dialog_show (widget, mh_pane_context (MH_PANE (pane)), chosen);
}

static void
rounds_pane_activated_cb (MhRoundsPane *pane, MhRecord *order)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_ptr_array_add (one, order);
  mh_collect_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), one);
}

/* Where and when the patient is bled, on the form that the description makes. */
static void
plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const fields[] = { "collection", "collect_place", "collect_from", NULL };
  static const MhAdminKind kind
      = { .id = "round", .type = &mh_order_type, .update_route = "order.update", .fields = fields };
  MhRoundsPane *pane = MH_ROUNDS_PANE (widget);
  MhRecord *order = mh_record_table_current (pane->table);
  if (order != NULL)
    mh_admin_dialog_edit (widget, mh_pane_context (MH_PANE (pane)), &kind, order);
}

static void
rounds_pane_print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhRoundsPane *pane = MH_ROUNDS_PANE (widget);
  guint which = gtk_drop_down_get_selected (pane->where);
  const char *args[]
      = { "collection", which > 0 ? mh_collect_place_codes[which - 1].code : NULL, NULL };
  mh_file_answer_print (MH_PANE (pane), "round.pdf", which > 0 ? args : NULL, MH_PRINTER_PAGES,
                        _ ("Collection round"));
}

/* --- making it --- */

static void
fill_where (MhRoundsPane *pane)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  gtk_string_list_append (words, _ ("Everywhere"));
  for (const MhCode *code = mh_collect_place_codes; code->code != NULL; code++)
    gtk_string_list_append (words, _ (code->label));
  gtk_drop_down_set_model (pane->where, G_LIST_MODEL (words));
}

static void
rounds_pane_begin (MhPane *parent)
{
  static const char *const args[]
      = { "stage", "collect", "sort", "pressing", "limit", "200", NULL };
  MhRoundsPane *pane = MH_ROUNDS_PANE (parent);
  MhRecordList *orders = mh_record_list_new (mh_pane_context (parent), "order.list");

  mh_pane_keep (parent, &pane->orders, orders);
  mh_record_list_set_belongs (orders, rounds_pane_belongs, NULL);
  mh_record_list_set_keep (orders, TRUE);
  fill_where (pane);

  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (rounds_pane_fits, pane, NULL));
  mh_pane_keep (parent, &pane->filtered,
                gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (orders)), filter));
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (rounds_pane_compare, NULL, NULL));

  mh_pane_keep (parent, &pane->sorted,
                gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (pane->filtered)), sorter));
  mh_record_table_setup (pane->table, "rounds", &mh_order_type, columns,
                         G_LIST_MODEL (pane->sorted), MH_TABLE_MULTIPLE);
  mh_record_table_set_source (pane->table, orders);
  mh_record_table_set_lines (pane->table, NARROW);
  g_signal_connect_object (pane->sorted, "items-changed", G_CALLBACK (rounds_pane_count_cb), pane,
                           G_CONNECT_SWAPPED);
  mh_record_list_set_args (orders, args);
  rounds_pane_count_cb (pane);
  rounds_pane_chosen_cb (pane);
}

static void
rounds_pane_shown (MhPane *parent)
{
  MhRoundsPane *pane = MH_ROUNDS_PANE (parent);
  mh_record_list_reload (pane->orders);
  mh_record_table_grab (pane->table);
}

static void
mh_rounds_pane_finalize (GObject *object)
{
  g_free (MH_ROUNDS_PANE (object)->words);
  G_OBJECT_CLASS (mh_rounds_pane_parent_class)->finalize (object);
}

static void
mh_rounds_pane_class_init (MhRoundsPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_rounds_pane_finalize;
  MH_PANE_CLASS (klass)->begin = rounds_pane_begin;
  MH_PANE_CLASS (klass)->shown = rounds_pane_shown;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/samples/mh-rounds-pane"));
  gtk_widget_class_bind_template_child (widget, MhRoundsPane, table);
  gtk_widget_class_bind_template_child (widget, MhRoundsPane, where);
  gtk_widget_class_bind_template_child (widget, MhRoundsPane, search);
  gtk_widget_class_bind_template_child (widget, MhRoundsPane, facts);
  gtk_widget_class_bind_template_callback (widget, where_cb);
  gtk_widget_class_bind_template_callback (widget, rounds_pane_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, rounds_pane_activated_cb);
  gtk_widget_class_install_action (widget, "round.collect", NULL, rounds_pane_collect_action);
  gtk_widget_class_install_action (widget, "round.plan", NULL, plan_action);
  gtk_widget_class_install_action (widget, "round.print", NULL, rounds_pane_print_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "round.collect", NULL);
}

static void
mh_rounds_pane_init (MhRoundsPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
