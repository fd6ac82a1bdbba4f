/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/samples/mh-handover-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/samples/mh-scan-list.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-handover.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"

#include <glib/gi18n-lib.h>

struct _MhHandoverPane
{
  MhPane parent_instance;
  MhRecordList *drawn; /* orders whose tubes are collected */
  MhRecordList *past;
  MhScanList *scans;
  gboolean busy;
  MhRecordTable *table;
  GtkEditable *giver, *receiver, *place, *temperature, *scan;
  GtkListBox *tubes;
  GtkLabel *count, *facts, *details;
};

G_DEFINE_FINAL_TYPE (MhHandoverPane, mh_handover_pane, MH_TYPE_PANE)

static char *
handover_pane_who_text (MhRecord *handover)
{
  return g_strdup_printf ("%s → %s", mh_record_text (handover, MH_HANDOVER_GIVER_NAME),
                          mh_record_text (handover, MH_HANDOVER_RECEIVER_NAME));
}

static char *
handover_pane_counts_text (MhRecord *handover)
{
  return g_strdup_printf (_ ("%d handed over, %d do not agree"),
                          (int)mh_record_int (handover, MH_HANDOVER_N_TAKEN),
                          (int)mh_record_int (handover, MH_HANDOVER_N_PROBLEMS));
}

static const MhTableColumn columns[] = {
  { .field = "at", .width = 110, .line = MH_LINE_TRAILING },
  { .field = "giver_name", .width = 120, .expand = TRUE, .line = MH_LINE_NONE },
  { .field = "receiver_name", .width = 120, .expand = TRUE, .line = MH_LINE_NONE },
  { .field = "n_taken", .width = 80, .line = MH_LINE_NONE },
  { .field = "n_problems", .width = 80, .line = MH_LINE_NONE },
  { .text = handover_pane_who_text, .line = MH_LINE_TITLE, .only_line = TRUE },
  { .text = handover_pane_counts_text, .only_line = TRUE },
  { NULL },
};

/* --- what is scanned --- */

static void
handover_pane_show_count (MhHandoverPane *pane)
{
  guint scanned = mh_scan_list_n_scanned (pane->scans),
        missing = mh_scan_list_n_missing (pane->scans);
  g_autofree char *first
      = g_strdup_printf (ngettext ("%u tube scanned", "%u tubes scanned", scanned), scanned);
  g_autofree char *second
      = g_strdup_printf (ngettext ("%u missing", "%u missing", missing), missing);
  g_autofree char *both
      = missing > 0 ? g_strdup_printf ("%s · %s", first, second) : g_strdup (first);
  gtk_label_set_text (pane->count, both);
  gtk_widget_action_set_enabled (GTK_WIDGET (pane), "handover.done", scanned > 0 && !pane->busy);
}

/* What is drawn and not in the laboratory yet should come. */
static void
show_expected_cb (MhHandoverPane *pane)
{
  if (mh_scan_list_n_scanned (pane->scans) > 0)
    return;

  mh_scan_list_clear (pane->scans);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pane->drawn)); i++)
    {
      g_autoptr (MhRecord) order = g_list_model_get_item (G_LIST_MODEL (pane->drawn), i);
      GPtrArray *samples = mh_record_records (order, MH_ORDER_SAMPLES);
      for (guint k = 0; samples != NULL && k < samples->len; k++)
        if (g_strcmp0 (mh_record_text (samples->pdata[k], MH_SAMPLE_STATUS),
                       MH_SAMPLE_STATUS_COLLECTED)
            == 0)
          mh_scan_list_expect (pane->scans, mh_record_text (samples->pdata[k], MH_SAMPLE_ACCESSION),
                               mh_record_text (order, MH_ORDER_PATIENT_NAME));
    }

  handover_pane_show_count (pane);
}

static gboolean
handover_pane_take (MhHandoverPane *pane, const char *typed)
{
  MhScanned how = mh_scan_list_scan (pane->scans, typed);
  mh_pane_complain (MH_PANE (pane),
                    how == MH_SCANNED_BAD ? _ ("That label cannot be read; scan it again.")
                    : how == MH_SCANNED_NEW && mh_scan_list_n_expected (pane->scans) > 0
                        ? _ ("This tube was not expected. It goes along and is listed.")
                    : how == MH_SCANNED_AGAIN ? _ ("Scanned already.")
                                              : "");
  handover_pane_show_count (pane);
  return how != MH_SCANNED_BAD;
}

static void
handover_pane_scanned_cb (MhHandoverPane *pane)
{
  g_autofree char *typed = g_strdup (gtk_editable_get_text (pane->scan));
  gtk_editable_set_text (pane->scan, "");
  if (*typed != '\0')
    handover_pane_take (pane, typed);
}

static void
giver_cb (MhHandoverPane *pane)
{
  gtk_widget_grab_focus (GTK_WIDGET (pane->receiver));
}

static void
receiver_cb (MhHandoverPane *pane)
{
  gtk_widget_grab_focus (GTK_WIDGET (pane->scan));
}

static void
handover_pane_clear (MhHandoverPane *pane)
{
  GtkEditable *fields[] = { pane->giver, pane->receiver, pane->temperature, pane->scan };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_editable_set_text (fields[i], "");
  mh_pane_complain (MH_PANE (pane), NULL);
  mh_scan_list_clear (pane->scans);
  show_expected_cb (pane);
  gtk_widget_grab_focus (GTK_WIDGET (pane->giver));
}

static void
handover_pane_clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  handover_pane_clear (MH_HANDOVER_PANE (widget));
}

/* --- the list of what does not agree --- */

static void
show_details (MhHandoverPane *pane, MhRecord *handover)
{
  GPtrArray *items = mh_record_records (handover, MH_HANDOVER_ITEMS);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *at = mh_words_time (mh_record_int (handover, MH_HANDOVER_AT));
  g_autofree char *facts
      = g_strdup_printf ("%s · %s → %s", at, mh_record_text (handover, MH_HANDOVER_GIVER_NAME),
                         mh_record_text (handover, MH_HANDOVER_RECEIVER_NAME));

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      g_autofree char *outcome = mh_words_value (item, MH_HANDOVER_ITEM_OUTCOME);
      if (g_strcmp0 (mh_record_text (item, MH_HANDOVER_ITEM_OUTCOME), MH_HANDOVER_TAKEN) != 0)
        g_string_append_printf (text, "✕ %s: %s\n",
                                mh_record_text (item, MH_HANDOVER_ITEM_ACCESSION), outcome);
    }

  if (text->len == 0)
    g_string_append (text, _ ("✓ Everything agrees."));
  gtk_label_set_text (pane->facts, facts);
  gtk_label_set_text (pane->details, text->str);
}

static void
handover_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhHandoverPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) handover = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (handover != NULL)
    show_details (pane, handover);
}

static void
handover_pane_chosen_cb (MhHandoverPane *pane)
{
  MhRecord *handover = mh_record_table_current (pane->table);
  if (handover != NULL)
    mh_read_async (mh_pane_context (MH_PANE (pane)), "handover.read", mh_record_id (handover),
                   mh_pane_cancellable (MH_PANE (pane)), handover_pane_read_cb,
                   g_object_ref (pane));
}

/* --- handing over --- */

static void
handed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhHandoverPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  pane->busy = FALSE;
  if (outcome == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      mh_pane_complain (MH_PANE (pane), words);
      handover_pane_show_count (pane);
      return;
    }

  mh_shell_toast (GTK_WIDGET (pane), outcome->waiting
                                         ? _ ("Kept here; sent when the server is back.")
                                         : _ ("Handed over."));
  if (outcome->record != NULL && !outcome->waiting)
    show_details (pane, outcome->record);
  mh_scan_list_clear (pane->scans);
  handover_pane_clear (pane);
  mh_record_list_reload (pane->past);
  mh_record_list_reload (pane->drawn);
}

static void
handover_pane_set_text (MhRecord *record, guint field, GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  if (*text != '\0')
    mh_record_set_text (record, field, text);
}

static void
done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhHandoverPane *pane = MH_HANDOVER_PANE (widget);
  MhContext *context = mh_pane_context (MH_PANE (pane));
  g_autoptr (MhRecord) handover = mh_record_new (&mh_handover_type);
  g_auto (GStrv) scanned = mh_scan_list_scanned (pane->scans);
  g_auto (GStrv) expected = mh_scan_list_expected (pane->scans);

  if (pane->busy || scanned[0] == NULL)
    return;

  mh_record_take_text (handover, MH_ID, mh_id_new ());
  mh_record_set_int (handover, MH_HANDOVER_AT, mh_when_now ());
  handover_pane_set_text (handover, MH_HANDOVER_GIVER_BADGE, pane->giver);
  handover_pane_set_text (handover, MH_HANDOVER_RECEIVER_BADGE, pane->receiver);
  handover_pane_set_text (handover, MH_HANDOVER_PLACE, pane->place);
  handover_pane_set_text (handover, MH_HANDOVER_TEMPERATURE, pane->temperature);
  mh_record_set_list (handover, MH_HANDOVER_SCANNED, (const char *const *)scanned);
  if (expected[0] != NULL)
    mh_record_set_list (handover, MH_HANDOVER_EXPECTED, (const char *const *)expected);
  pane->busy = TRUE;
  handover_pane_show_count (pane);
  mh_command_async (context, &(MhCommand){ .route = "handover.create", .body = handover }, NULL,
                    handed_cb, g_object_ref (pane));
}

/* --- making it --- */

static void
handover_pane_begin (MhPane *parent)
{
  static const char *const args[] = { "stage", "receive", "sort", "pressing", NULL };
  MhHandoverPane *pane = MH_HANDOVER_PANE (parent);
  MhContext *context = mh_pane_context (parent);

  mh_pane_keep (parent, &pane->drawn, mh_record_list_new (context, "order.list"));
  mh_pane_keep (parent, &pane->past, mh_record_list_new (context, "handover.list"));
  mh_record_table_setup (pane->table, "handovers", &mh_handover_type, columns,
                         G_LIST_MODEL (pane->past), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_MONEY_LEAST_WIDTH);
  g_signal_connect_object (pane->drawn, "items-changed", G_CALLBACK (show_expected_cb), pane,
                           G_CONNECT_SWAPPED);
  mh_record_list_set_args (pane->drawn, args);
  mh_record_list_set_args (pane->past, NULL);
  handover_pane_show_count (pane);
}

static void
handover_pane_shown (MhPane *parent)
{
  MhHandoverPane *pane = MH_HANDOVER_PANE (parent);
  mh_record_list_reload (pane->drawn);
  gtk_widget_grab_focus (
      GTK_WIDGET (*gtk_editable_get_text (pane->giver) == '\0' ? pane->giver : pane->scan));
}

static gboolean
handover_pane_scan (MhPane *parent, int kind, const char *code)
{
  return (kind == MH_SCAN_ACCESSION || kind == MH_SCAN_BAD_CHECK)
         && handover_pane_take (MH_HANDOVER_PANE (parent), code);
}

static void
mh_handover_pane_finalize (GObject *object)
{
  mh_scan_list_free (MH_HANDOVER_PANE (object)->scans);
  G_OBJECT_CLASS (mh_handover_pane_parent_class)->finalize (object);
}

static void
mh_handover_pane_class_init (MhHandoverPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_handover_pane_finalize;
  MH_PANE_CLASS (klass)->begin = handover_pane_begin;
  MH_PANE_CLASS (klass)->shown = handover_pane_shown;
  MH_PANE_CLASS (klass)->scan = handover_pane_scan;

  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/samples/mh-handover-pane"));

  gtk_widget_class_bind_template_child (widget, MhHandoverPane, table);
  gtk_widget_class_bind_template_child (widget, MhHandoverPane, giver);
  gtk_widget_class_bind_template_child (widget, MhHandoverPane, receiver);
  gtk_widget_class_bind_template_child (widget, MhHandoverPane, place);
  gtk_widget_class_bind_template_child (widget, MhHandoverPane, temperature);
  gtk_widget_class_bind_template_child (widget, MhHandoverPane, scan);
  gtk_widget_class_bind_template_child (widget, MhHandoverPane, tubes);
  gtk_widget_class_bind_template_child (widget, MhHandoverPane, count);
  gtk_widget_class_bind_template_child (widget, MhHandoverPane, facts);
  gtk_widget_class_bind_template_child (widget, MhHandoverPane, details);

  gtk_widget_class_bind_template_callback (widget, handover_pane_scanned_cb);
  gtk_widget_class_bind_template_callback (widget, giver_cb);
  gtk_widget_class_bind_template_callback (widget, receiver_cb);
  gtk_widget_class_bind_template_callback (widget, handover_pane_chosen_cb);

  gtk_widget_class_install_action (widget, "handover.done", NULL, done_action);
  gtk_widget_class_install_action (widget, "handover.clear", NULL, handover_pane_clear_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "handover.done", NULL);
}

static void
mh_handover_pane_init (MhHandoverPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
  pane->scans = mh_scan_list_new (pane->tubes);
}
