/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-reconcile-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-settlement-dialog.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/form/mh-typed-day.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/money/mh-settlement.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhReconcilePane
{
  MhPane parent_instance;
  GListStore *differences;
  GtkDropDown *provider;
  GtkEditable *from, *to;
  GtkBox *totals;
  MhRecordTable *table;
  GtkWidget *more, *again;
  guint n_asked; /* settlements being looked through again */
};

G_DEFINE_FINAL_TYPE (MhReconcilePane, mh_reconcile_pane, MH_TYPE_PANE)

/* --- the table --- */

static char *
code_text (MhRecord *difference, guint field)
{
  return g_strdup (
      mh_words_of_code (&mh_difference_type.fields[field], mh_record_text (difference, field)));
}

static char *
difference_text (MhRecord *difference)
{
  return code_text (difference, MH_DIFFERENCE_DIFFERENCE);
}

static char *
provider_text (MhRecord *difference)
{
  return code_text (difference, MH_DIFFERENCE_PROVIDER);
}

static char *
reconcile_pane_amount_text (MhRecord *difference, guint field)
{
  return mh_record_has (difference, field)
             ? mh_words_money (mh_record_int (difference, field), NULL)
             : g_strdup ("–");
}

static char *
theirs_text (MhRecord *difference)
{
  return reconcile_pane_amount_text (difference, MH_DIFFERENCE_THEIRS);
}

static char *
ours_text (MhRecord *difference)
{
  return reconcile_pane_amount_text (difference, MH_DIFFERENCE_OURS);
}

static char *
reconcile_pane_time_text (MhRecord *difference)
{
  return mh_record_has (difference, MH_DIFFERENCE_AT)
             ? mh_words_time (mh_record_int (difference, MH_DIFFERENCE_AT))
             : g_strdup ("");
}

/* Theirs where they tell one, else ours. */
static char *
reconcile_pane_shown_text (MhRecord *difference)
{
  gboolean theirs = mh_record_has (difference, MH_DIFFERENCE_THEIRS);
  return reconcile_pane_amount_text (difference,
                                     theirs ? MH_DIFFERENCE_THEIRS : MH_DIFFERENCE_OURS);
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Difference"), .text = difference_text, .width = 200, .expand = TRUE },
  { .title = N_ ("Provider"), .text = provider_text, .width = 110 },
  { .field = "reference", .width = 160 },
  { .title = N_ ("Theirs"),
    .text = theirs_text,
    .numeric = TRUE,
    .width = 110,
    .line = MH_LINE_NONE },
  { .title = N_ ("Ours"), .text = ours_text, .numeric = TRUE, .width = 110, .line = MH_LINE_NONE },
  { .title = N_ ("Time"), .text = reconcile_pane_time_text, .width = 110, .line = MH_LINE_NONE },
  { .field = "order_number", .width = 110, .line = MH_LINE_NONE },
  { .field = "settlement", .title = N_ ("Settlement"), .width = 120, .line = MH_LINE_NONE },
  { .text = reconcile_pane_shown_text, .line = MH_LINE_TRAILING, .only_line = TRUE },
  { NULL },
};

/* The settlements among what is shown of which a payment is not known. */
static GHashTable *
open_settlements (MhReconcilePane *pane)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pane->differences)); i++)
    {
      g_autoptr (MhRecord) row = g_list_model_get_item (G_LIST_MODEL (pane->differences), i);
      const char *what = mh_record_text (row, MH_DIFFERENCE_DIFFERENCE);
      if (g_strcmp0 (what, MH_DIFFERENCE_UNKNOWN) == 0
          || g_strcmp0 (what, MH_DIFFERENCE_REFUND_UNKNOWN) == 0)
        g_hash_table_add (ids, g_strdup (mh_record_text (row, MH_DIFFERENCE_SETTLEMENT_ID)));
    }
  return ids;
}

/* --- what agrees --- */

static void
reconcile_pane_add_total (MhReconcilePane *pane, const char *what, const char *text, gboolean whole)
{
  GtkWidget *box = mh_vbox (0);
  gtk_widget_add_css_class (box, "mh-inset");
  mh_box_append (box, mh_label (what, "dim-label"));
  mh_box_append (box, mh_label (text, whole ? "mh-total" : "heading"));
  gtk_box_append (pane->totals, box);
}

static void
reconcile_pane_show (MhReconcilePane *pane, MhRecord *result)
{
  GPtrArray *found = mh_record_records (result, MH_RECONCILIATION_DIFFERENCES);
  gboolean more = mh_record_bool (result, MH_RECONCILIATION_MORE);
  g_autofree char *differences
      = g_strdup_printf ("%" G_GINT64_FORMAT "%s",
                         mh_record_int (result, MH_RECONCILIATION_N_DIFFERENCES), more ? "+" : "");
  g_autofree char *matched
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (result, MH_RECONCILIATION_N_MATCHED));
  g_autofree char *sum = mh_money_display (mh_record_int (result, MH_RECONCILIATION_MATCHED_SUM),
                                           mh_record_text (result, MH_RECONCILIATION_CURRENCY));

  mh_box_clear (GTK_WIDGET (pane->totals));
  reconcile_pane_add_total (
      pane, mh_words_label (&mh_reconciliation_type.fields[MH_RECONCILIATION_N_DIFFERENCES]),
      differences, TRUE);
  reconcile_pane_add_total (
      pane, mh_words_label (&mh_reconciliation_type.fields[MH_RECONCILIATION_N_MATCHED]), matched,
      FALSE);
  reconcile_pane_add_total (
      pane, mh_words_label (&mh_reconciliation_type.fields[MH_RECONCILIATION_MATCHED_SUM]), sum,
      FALSE);
  g_list_store_splice (pane->differences, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (pane->differences)),
                       found != NULL ? found->pdata : NULL, found != NULL ? found->len : 0);
  gtk_widget_set_visible (pane->more, more);

  g_autoptr (GHashTable) open = open_settlements (pane);
  gtk_widget_set_sensitive (pane->again, g_hash_table_size (open) > 0);
}

/* --- asking --- */

static void
reconcile_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReconcilePane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (answer != NULL)
    reconcile_pane_show (pane, answer);
}

static void
reconcile_pane_load_cb (MhReconcilePane *pane)
{
  const char *args[7] = { NULL };
  char from[MH_DATE_LENGTH + 1], to[MH_DATE_LENGTH + 1];
  guint n = 0, provider = gtk_drop_down_get_selected (pane->provider);
  if (mh_pane_context (MH_PANE (pane)) == NULL || !gtk_widget_get_mapped (GTK_WIDGET (pane))
      || !mh_typed_day (MH_PANE (pane), pane->from, from)
      || !mh_typed_day (MH_PANE (pane), pane->to, to))
    return;

  if (from[0] != '\0')
    {
      args[n++] = "from";
      args[n++] = from;
    }

  if (to[0] != '\0')
    {
      args[n++] = "to";
      args[n++] = to;
    }

  if (provider > 0)
    {
      args[n++] = "provider";
      args[n++] = mh_settlement_provider_codes[provider - 1].code;
    }

  mh_fetch_async (
      mh_pane_context (MH_PANE (pane)), &(MhFetch){ .route = "reconciliation.read", .args = args },
      mh_pane_cancellable (MH_PANE (pane)), reconcile_pane_read_cb, g_object_ref (pane));
}

/* --- looking again --- */

static void
matched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReconcilePane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);
  pane->n_asked--;
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (pane->n_asked == 0)
    reconcile_pane_load_cb (pane);
}

static void
reconcile_pane_again_cb (MhReconcilePane *pane)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  g_autoptr (GHashTable) ids = open_settlements (pane);
  GHashTableIter iter;
  gpointer id;

  if (context == NULL || pane->n_asked > 0)
    return;

  gtk_widget_set_sensitive (pane->again, FALSE);
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const char *const args[] = { "id", id, NULL };
      pane->n_asked++;
      mh_fetch_async (context, &(MhFetch){ .route = "settlement.match", .args = args },
                      mh_pane_cancellable (MH_PANE (pane)), matched_cb, g_object_ref (pane));
    }
}

/* --- bringing one in --- */

static void
reconcile_pane_brought_cb (MhReconcilePane *pane)
{
  reconcile_pane_load_cb (pane);
}

static void
reconcile_pane_text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReconcilePane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  MhContext *context = mh_pane_context (MH_PANE (pane));
  gboolean read
      = g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error);

  if (context == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (pane), error);
  if (read && !g_utf8_validate (text, (gssize)length, NULL))
    mh_shell_toast (GTK_WIDGET (pane), _ ("This file is not UTF-8 text."));
  else if (read)
    {
      GtkWidget *dialog = mh_settlement_dialog_show (GTK_WIDGET (pane), context, text);
      g_signal_connect_object (dialog, "destroy", G_CALLBACK (reconcile_pane_brought_cb), pane,
                               G_CONNECT_SWAPPED);
    }
}

static void
reconcile_pane_picked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReconcilePane) pane = data;
  g_autoptr (GFile) file = mh_pick_file_finish (result);
  if (file != NULL && mh_pane_context (MH_PANE (pane)) != NULL)
    g_file_load_contents_async (file, mh_pane_cancellable (MH_PANE (pane)), reconcile_pane_text_cb,
                                g_object_ref (pane));
}

static void
reconcile_pane_bring_cb (MhReconcilePane *pane)
{
  mh_pick_file_async (GTK_WIDGET (pane), FALSE, _ ("The provider's list"), NULL, NULL,
                      reconcile_pane_picked_cb, g_object_ref (pane));
}

/* --- making it --- */

static void
reconcile_pane_begin (MhPane *base)
{
  MhReconcilePane *pane = MH_RECONCILE_PANE (base);
  mh_pane_keep (base, &pane->differences, g_list_store_new (MH_TYPE_RECORD));
  mh_record_table_setup (pane->table, "reconciliation", &mh_difference_type, columns,
                         G_LIST_MODEL (pane->differences), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_MONEY_LEAST_WIDTH);
}

static void
reconcile_pane_shown (MhPane *pane)
{
  reconcile_pane_load_cb (MH_RECONCILE_PANE (pane));
}

static void
mh_reconcile_pane_class_init (MhReconcilePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = reconcile_pane_begin;
  MH_PANE_CLASS (klass)->shown = reconcile_pane_shown;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-reconcile-pane"));
  gtk_widget_class_bind_template_child (widget, MhReconcilePane, provider);
  gtk_widget_class_bind_template_child (widget, MhReconcilePane, from);
  gtk_widget_class_bind_template_child (widget, MhReconcilePane, to);
  gtk_widget_class_bind_template_child (widget, MhReconcilePane, totals);
  gtk_widget_class_bind_template_child (widget, MhReconcilePane, table);
  gtk_widget_class_bind_template_child (widget, MhReconcilePane, more);
  gtk_widget_class_bind_template_child (widget, MhReconcilePane, again);
  gtk_widget_class_bind_template_callback (widget, reconcile_pane_again_cb);
  gtk_widget_class_bind_template_callback (widget, reconcile_pane_bring_cb);
  gtk_widget_class_bind_template_callback (widget, reconcile_pane_load_cb);
  mh_closures_bind (widget);
}

static void
mh_reconcile_pane_init (MhReconcilePane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
  mh_fill_codes (pane->provider, mh_settlement_provider_codes);
  g_autoptr (GtkStringList) words
      = g_object_ref (GTK_STRING_LIST (gtk_drop_down_get_model (pane->provider)));
  gtk_string_list_splice (words, 0, 0, (const char *const[]){ _ ("All providers"), NULL });
  gtk_drop_down_set_selected (pane->provider, 0);
}
