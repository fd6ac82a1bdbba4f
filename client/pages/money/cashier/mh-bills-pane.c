/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-bills-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-counted-paper.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-debit-dialog.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-detail.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/form/mh-typed-day.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-date.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhBillsPane
{
  MhPane parent_instance;
  MhRecordList *bills;
  MhRecord *chosen; /* with its lines once they are read */
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  GtkEditable *search, *day;
  GtkDropDown *which;
  MhDetail *detail;
  GtkWidget *actions, *debit;
};

G_DEFINE_FINAL_TYPE (MhBillsPane, mh_bills_pane, MH_TYPE_PANE)

/* In the order of the choice in the template. */
static const char *const kinds[] = { NULL, MH_INVOICE_KIND_INVOICE, MH_INVOICE_KIND_BILL,
                                     MH_INVOICE_KIND_CREDIT, MH_INVOICE_KIND_DEBIT };

static const MhTableColumn columns[] = {
  { .field = "number", .width = 130 },
  { .field = "issued_on", .width = 100 },
  { .field = "patient_name", .expand = TRUE, .line = MH_LINE_TITLE },
  { .field = "order_number", .width = 100, .line = MH_LINE_NONE },
  { .field = "kind", .width = 110 },
  { .field = "total", .width = 100, .line = MH_LINE_TRAILING },
  { NULL },
};

/* --- the chosen one --- */

static gboolean
bills_pane_is_kind (MhRecord *bill, const char *kind)
{
  return g_strcmp0 (mh_record_text (bill, MH_INVOICE_KIND), kind) == 0;
}

/* An invoice or a bill, of which notes can follow. */
static gboolean
is_first (MhRecord *bill)
{
  return bills_pane_is_kind (bill, MH_INVOICE_KIND_INVOICE)
         || bills_pane_is_kind (bill, MH_INVOICE_KIND_BILL);
}

static void
bills_pane_show_head (MhBillsPane *pane, MhRecord *bill)
{
  const char *number = mh_record_text (bill, MH_INVOICE_NUMBER);
  g_autofree char *kind = mh_words_value (bill, MH_INVOICE_KIND);
  g_autofree char *day = mh_words_value (bill, MH_INVOICE_ISSUED_ON);
  g_autofree char *what = g_strdup_printf ("%s %s · %s", kind, number, day);
  g_autofree char *total = mh_words_value (bill, MH_INVOICE_TOTAL);
  g_autofree char *under = mh_words_mrn_and_order (mh_record_text (bill, MH_INVOICE_PATIENT_MRN),
                                                   mh_record_text (bill, MH_INVOICE_ORDER_NUMBER));
  mh_detail_head (pane->detail, what, total, mh_record_text (bill, MH_INVOICE_PATIENT_NAME), under);
}

/* How it stands: whole, credited in part or wholly, or a note to another one. */
static void
bills_pane_show_state (MhBillsPane *pane, MhRecord *bill)
{
  const char *currency = mh_record_text (bill, MH_INVOICE_CURRENCY);
  const char *cites = mh_record_text (bill, MH_INVOICE_CITES_NUMBER);
  gint64 total = mh_record_int (bill, MH_INVOICE_TOTAL);
  gint64 credited = mh_record_int (bill, MH_INVOICE_CREDITED);
  g_autofree char *back = mh_words_money (credited, currency);
  g_autofree char *left
      = mh_words_money (total + mh_record_int (bill, MH_INVOICE_DEBITED) - credited, currency);
  g_autofree char *next
      = !is_first (bill) && cites != NULL ? g_strdup_printf (_ ("It belongs to %s."), cites)
        : credited >= total && credited > 0
            ? g_strdup (_ ("All of it was credited. It stays as it was issued."))
        : credited > 0 ? g_strdup_printf (_ ("Credited: %s. Remaining: %s."), back, left)
                       : NULL;

  mh_detail_state (pane->detail,
                   !is_first (bill)                    ? _ ("● Note")
                   : credited >= total && credited > 0 ? _ ("✕ Credited")
                   : credited > 0                      ? _ ("◐ Partly credited")
                                                       : _ ("✓ Issued"),
                   credited > 0 ? "mh-warm" : "mh-good", next);
}

static void
show_items (MhBillsPane *pane, MhRecord *bill)
{
  GPtrArray *lines = mh_record_records (bill, MH_INVOICE_LINES);
  const char *currency = mh_record_text (bill, MH_INVOICE_CURRENCY);
  if (lines == NULL)
    return;

  mh_detail_heading (pane->detail, _ ("Items"));
  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      g_autofree char *amount
          = mh_words_money (mh_record_int (line, MH_INVOICE_LINE_AMOUNT), currency);
      mh_detail_amount (pane->detail, mh_record_text (line, MH_INVOICE_LINE_DESCRIPTION), amount,
                        NULL, FALSE);
    }
}

static void
bills_pane_show_sums (MhBillsPane *pane, MhRecord *bill)
{
  static const guint sums[] = { MH_INVOICE_SUBTOTAL, MH_INVOICE_DISCOUNT, MH_INVOICE_TAX,
                                MH_INVOICE_TAX_INCLUDED, MH_INVOICE_ROUND_OFF };
  GPtrArray *notes = mh_record_records (bill, MH_INVOICE_NOTES);
  const char *currency = mh_record_text (bill, MH_INVOICE_CURRENCY);
  g_autofree char *total = mh_words_value (bill, MH_INVOICE_TOTAL);

  mh_detail_heading (pane->detail, _ ("Amounts"));
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    mh_detail_amount_of (pane->detail, bill, sums[i], currency);
  mh_detail_amount (pane->detail, _ ("Total"), total, NULL, TRUE);

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      MhRecord *note = g_ptr_array_index (notes, i);
      g_autofree char *kind = mh_words_value (note, MH_INVOICE_KIND);
      g_autofree char *day = mh_words_value (note, MH_INVOICE_ISSUED_ON);
      g_autofree char *amount = mh_words_value (note, MH_INVOICE_TOTAL);
      g_autofree char *under
          = g_strdup_printf ("%s · %s", mh_record_text (note, MH_INVOICE_NUMBER), day);
      if (i == 0)
        mh_detail_heading (pane->detail, _ ("Credit and debit notes"));
      mh_detail_amount (pane->detail, kind, amount, under, FALSE);
    }
}

static void
bills_pane_show (MhBillsPane *pane)
{
  static const guint facts[] = { MH_INVOICE_PAYER,
                                 MH_INVOICE_PRICE_LIST,
                                 MH_INVOICE_DISCOUNT_REASON,
                                 MH_INVOICE_FINANCIAL_YEAR,
                                 MH_INVOICE_COPIES,
                                 MH_INVOICE_HASH,
                                 0 };
  MhRecord *bill = pane->chosen;

  gtk_widget_set_visible (pane->actions, bill != NULL);
  gtk_widget_set_visible (
      pane->debit, bill != NULL && is_first (bill)
                       && mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_WRITE_INVOICE));
  mh_detail_clear (pane->detail, bill == NULL ? _ ("Choose a document") : NULL);
  if (bill == NULL)
    return;

  bills_pane_show_head (pane, bill);
  bills_pane_show_state (pane, bill);
  show_items (pane, bill);
  bills_pane_show_sums (pane, bill);
  mh_detail_event (pane->detail, mh_record_int (bill, MH_INVOICE_ISSUED_AT), _ ("Issued"),
                   mh_record_text (bill, MH_INVOICE_ISSUED_NAME),
                   mh_record_text (bill, MH_INVOICE_NOTE), NULL);
  mh_detail_facts (pane->detail, bill, facts);
}

static void
bills_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhBillsPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) bill = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  if (bill == NULL)
    mh_shell_fail (GTK_WIDGET (pane), error);
  else if (pane->chosen != NULL
           && g_strcmp0 (mh_record_id (pane->chosen), mh_record_id (bill)) == 0)
    {
      g_set_object (&pane->chosen, bill);
      bills_pane_show (pane);
    }
}

static void
bills_pane_choose (MhBillsPane *pane, MhRecord *bill)
{
  g_set_object (&pane->chosen, bill);
  bills_pane_show (pane);
  if (bill != NULL)
    mh_read_async (mh_pane_context (MH_PANE (pane)), "invoice.read", mh_record_id (bill),
                   mh_pane_cancellable (MH_PANE (pane)), bills_pane_read_cb, g_object_ref (pane));
}

static const char *
bills_pane_shown_id (MhPane *base)
{
  MhRecord *chosen = MH_BILLS_PANE (base)->chosen;
  return chosen != NULL ? mh_record_id (chosen) : NULL;
}

static void
bills_pane_show_one (MhPane *base, const char *id)
{
  MhBillsPane *pane = MH_BILLS_PANE (base);
  bills_pane_choose (pane, mh_master_detail_row (&pane->master_detail, id));
}

/* --- the list --- */

static void
bills_pane_filter_cb (MhBillsPane *pane)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint at = gtk_drop_down_get_selected (pane->which);
  const char *words = gtk_editable_get_text (pane->search);
  char day[MH_DATE_LENGTH + 1];
  if (pane->bills == NULL || !mh_typed_day (MH_PANE (pane), pane->day, day))
    return;

  g_strv_builder_add_many (builder, "limit", "100", NULL);
  if (at < G_N_ELEMENTS (kinds) && kinds[at] != NULL)
    g_strv_builder_add_many (builder, "kind", kinds[at], NULL);
  if (*words != '\0')
    g_strv_builder_add_many (builder, "q", words, NULL);
  if (*day != 0)
    g_strv_builder_add_many (builder, "from", day, "to", day, NULL);

  g_auto (GStrv) args = g_strv_builder_end (builder);
  mh_record_list_set_args (pane->bills, (const char *const *)args);
}

/* --- what can be done --- */

/* Printing is counted: from the second on the paper says that it is a duplicate. */
static void
bills_pane_print (MhBillsPane *pane, const char *paper, MhPrinter printer)
{
  const char *id = mh_record_id (pane->chosen);
  const char *args[] = { "id", id, "paper", paper, NULL };
  const char *counted[] = { "id", id, "paper", paper, "copy", "true", NULL };
  const MhCountedPaper counted_paper = { .route = "invoice.pdf",
                                         .args = args,
                                         .counted_args = counted,
                                         .title = mh_record_text (pane->chosen, MH_INVOICE_NUMBER),
                                         .printer = printer };
  mh_counted_paper_print (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), &counted_paper, NULL,
                          NULL);
}

static void
bills_pane_print_cb (MhBillsPane *pane)
{
  bills_pane_print (pane, MH_INVOICE_PAPER_A4, MH_PRINTER_PAGES);
}

static void
roll_cb (MhBillsPane *pane)
{
  bills_pane_print (pane, MH_INVOICE_PAPER_ROLL, MH_PRINTER_RECEIPTS);
}

static void
bills_pane_save_cb (MhBillsPane *pane)
{
  const char *args[] = { "id", mh_record_id (pane->chosen), "paper", MH_INVOICE_PAPER_A4, NULL };
  g_autofree char *name
      = g_strdup_printf ("%s.pdf", mh_record_text (pane->chosen, MH_INVOICE_NUMBER));
  g_strdelimit (name, "/\\", '-');
  mh_file_answer_save (MH_PANE (pane), "invoice.pdf", args, name);
}

static void
debited_cb (MhBillsPane *pane)
{
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_record_list_reload (pane->bills);
  bills_pane_choose (pane, pane->chosen);
}

static void
debit_cb (MhBillsPane *pane)
{
  GtkWidget *dialog
      = mh_debit_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), pane->chosen);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (debited_cb), pane, G_CONNECT_SWAPPED);
}

/* --- by key --- */

static void
bills_pane_print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (MH_BILLS_PANE (widget)->chosen != NULL)
    bills_pane_print_cb (MH_BILLS_PANE (widget));
}

static void
debit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (MH_BILLS_PANE (widget)->chosen != NULL
      && gtk_widget_get_visible (MH_BILLS_PANE (widget)->debit))
    debit_cb (MH_BILLS_PANE (widget));
}

/* --- as a pane --- */

static void
bills_pane_begin (MhPane *pane)
{
  static const MhMasterDetailHow how
      = { .shown = bills_pane_shown_id, .show = bills_pane_show_one, .waits = TRUE };
  MhBillsPane *bills = MH_BILLS_PANE (pane);
  mh_pane_keep (pane, &bills->bills, mh_record_list_new (mh_pane_context (pane), "invoice.list"));
  mh_record_table_setup (bills->table, "bills", &mh_invoice_type, columns,
                         G_LIST_MODEL (bills->bills), MH_TABLE_SINGLE);
  mh_record_table_set_lines (bills->table, MH_MONEY_LEAST_WIDTH);
  mh_master_detail_begin (&bills->master_detail, pane, &how, bills->table, bills->split,
                          G_LIST_MODEL (bills->bills));
  bills_pane_show (bills);
}

static void
bills_pane_shown (MhPane *pane)
{
  bills_pane_filter_cb (MH_BILLS_PANE (pane));
  gtk_widget_grab_focus (GTK_WIDGET (MH_BILLS_PANE (pane)->search));
}

static void
mh_bills_pane_finalize (GObject *object)
{
  g_clear_object (&MH_BILLS_PANE (object)->chosen);
  G_OBJECT_CLASS (mh_bills_pane_parent_class)->finalize (object);
}

static void
mh_bills_pane_class_init (MhBillsPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_bills_pane_finalize;
  MH_PANE_CLASS (klass)->begin = bills_pane_begin;
  MH_PANE_CLASS (klass)->shown = bills_pane_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_DETAIL);
  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("money/cashier/mh-bills-pane"));

  gtk_widget_class_bind_template_child (widget, MhBillsPane, split);
  gtk_widget_class_bind_template_child (widget, MhBillsPane, table);
  gtk_widget_class_bind_template_child (widget, MhBillsPane, search);
  gtk_widget_class_bind_template_child (widget, MhBillsPane, which);
  gtk_widget_class_bind_template_child (widget, MhBillsPane, day);
  gtk_widget_class_bind_template_child (widget, MhBillsPane, detail);
  gtk_widget_class_bind_template_child (widget, MhBillsPane, actions);
  gtk_widget_class_bind_template_child (widget, MhBillsPane, debit);

  gtk_widget_class_bind_template_callback (widget, bills_pane_filter_cb);
  gtk_widget_class_bind_template_callback (widget, bills_pane_print_cb);
  gtk_widget_class_bind_template_callback (widget, roll_cb);
  gtk_widget_class_bind_template_callback (widget, bills_pane_save_cb);
  gtk_widget_class_bind_template_callback (widget, debit_cb);

  gtk_widget_class_install_action (widget, "bills.print", NULL, bills_pane_print_action);
  gtk_widget_class_install_action (widget, "bills.debit", NULL, debit_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "bills.print", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F8, 0, "bills.debit", NULL);
}

static void
mh_bills_pane_init (MhBillsPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
