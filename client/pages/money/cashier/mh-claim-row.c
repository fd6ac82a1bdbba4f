/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-claim-row.h"

#include "client/compat/mh-compat.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-remittance.h"

#include <glib/gi18n-lib.h>

struct _MhClaimRow
{
  GtkBox parent_instance;
  MhRecord *claim;
  GtkWidget *paid, *rest, *note;
};

G_DEFINE_FINAL_TYPE (MhClaimRow, mh_claim_row, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* What becomes of the rest, in the order of the list; the last for those who may. */
static const char *const outcomes[] = { NULL, MH_DENIED_PATIENT, MH_DENIED_WRITE_OFF };

static gboolean
read_paid (MhClaimRow *row, gint64 *out_paid)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row->paid));
  *out_paid = 0;
  return *text == '\0' || (mh_money_parse (text, out_paid) && *out_paid >= 0);
}

static const char *
claim_row_outcome_of (MhClaimRow *row)
{
  return outcomes[gtk_drop_down_get_selected (GTK_DROP_DOWN (row->rest))];
}

gint64
mh_claim_row_paid (MhClaimRow *row)
{
  gint64 paid = 0;
  return read_paid (row, &paid) ? paid : 0;
}

gint64
mh_claim_row_denied (MhClaimRow *row)
{
  return claim_row_outcome_of (row) != NULL
             ? MAX (0, mh_claim_owed (row->claim) - mh_claim_row_paid (row))
             : 0;
}

void
mh_claim_row_refuse (MhClaimRow *row, const char *words)
{
  gtk_label_set_text (GTK_LABEL (row->note), words != NULL ? words : "");
  gtk_widget_set_visible (row->note, words != NULL);
  if (words == NULL)
    gtk_widget_remove_css_class (row->paid, "error");
  else
    {
      gtk_widget_add_css_class (row->paid, "error");
      gtk_widget_grab_focus (row->paid);
    }
}

gboolean
mh_claim_row_check (MhClaimRow *row)
{
  gint64 owed = mh_claim_owed (row->claim), paid = 0;
  if (!read_paid (row, &paid))
    {
      mh_claim_row_refuse (row, _ ("Write the amount as 500 or 500.50."));
      return FALSE;
    }

  if (paid <= owed)
    return TRUE;

  g_autofree char *most = mh_words_money (owed, mh_record_text (row->claim, MH_PAYMENT_CURRENCY));
  g_autofree char *words = g_strdup_printf (_ ("At most %s is owed."), most);
  mh_claim_row_refuse (row, words);
  return FALSE;
}

void
mh_claim_row_pay_all (MhClaimRow *row)
{
  g_autofree char *plain = mh_money_entry (mh_claim_owed (row->claim));
  gtk_editable_set_text (GTK_EDITABLE (row->paid), plain);
}

MhRecord *
mh_claim_row_line (MhClaimRow *row, const char *reason)
{
  gint64 paid = mh_claim_row_paid (row), denied = mh_claim_row_denied (row);
  if (paid + denied == 0)
    return NULL;

  MhRecord *line = mh_record_new (&mh_remittance_line_type);
  mh_record_set_text (line, MH_REMITTANCE_LINE_PAYMENT_ID, mh_record_id (row->claim));
  mh_record_set_int (line, MH_REMITTANCE_LINE_PAID, paid);
  mh_record_set_int (line, MH_REMITTANCE_LINE_DENIED, denied);

  if (denied > 0)
    {
      mh_record_set_text (line, MH_REMITTANCE_LINE_OUTCOME, claim_row_outcome_of (row));
      mh_record_set_text (line, MH_REMITTANCE_LINE_REASON, reason);
    }

  return line;
}

/* --- making it --- */

static void
claim_row_changed_cb (MhClaimRow *row)
{
  mh_claim_row_refuse (row, NULL);
  g_signal_emit (row, signals[CHANGED], 0);
}

static void
claim_row_add_head (MhClaimRow *row)
{
  MhRecord *claim = row->claim;
  GtkWidget *head = mh_hbox (MH_GAP), *words = mh_vbox (0);
  g_autofree char *day = mh_when_day (mh_record_int (claim, MH_PAYMENT_RECEIVED_AT));
  g_autofree char *owed
      = mh_words_money (mh_claim_owed (claim), mh_record_text (claim, MH_PAYMENT_CURRENCY));
  const char *policy = mh_record_text (claim, MH_PAYMENT_REFERENCE);
  g_autofree char *order = mh_words_order (mh_record_text (claim, MH_PAYMENT_ORDER_NUMBER));
  g_autofree char *detail
      = g_strdup_printf ("%s · %s · %s", order, day, policy != NULL ? policy : "–");
  GtkWidget *amount = mh_label (owed, "numeric");

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (amount, "heading");
  gtk_widget_set_valign (amount, GTK_ALIGN_START);
  mh_box_append (words, mh_label (mh_record_text (claim, MH_PAYMENT_PATIENT_NAME), "heading"));
  mh_box_append (words, mh_label (detail, "dim-label"));
  mh_box_append (head, words);
  mh_box_append (head, amount);
  mh_box_append (GTK_WIDGET (row), head);
}

static void
claim_row_add_fields (MhClaimRow *row, gboolean may_write_off)
{
  GtkWidget *fields = mh_hbox (MH_GAP);
  const char *words[] = { _ ("The rest stays open"), _ ("The patient pays the rest"),
                          _ ("The rest is written off"), NULL };
  const char *number = mh_record_text (row->claim, MH_PAYMENT_ORDER_NUMBER);
  g_autofree char *paid = g_strdup_printf (_ ("Paid for %s"), number);
  g_autofree char *rest = g_strdup_printf (_ ("What becomes of the rest of %s"), number);

  if (!may_write_off)
    words[2] = NULL;
  row->paid = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (row->paid), _ ("Paid"));
  gtk_editable_set_max_width_chars (GTK_EDITABLE (row->paid), 10);
  gtk_widget_add_css_class (row->paid, "numeric");
  mh_accessible_name (row->paid, paid);
  row->rest = gtk_drop_down_new_from_strings (words);
  gtk_widget_set_hexpand (row->rest, TRUE);
  mh_accessible_name (row->rest, rest);
  g_signal_connect_swapped (row->paid, "changed", G_CALLBACK (claim_row_changed_cb), row);
  g_signal_connect_swapped (row->rest, "notify::selected", G_CALLBACK (claim_row_changed_cb), row);
  mh_box_append (fields, row->paid);
  mh_box_append (fields, row->rest);
  mh_box_append (GTK_WIDGET (row), fields);
  row->note = mh_label ("", "error");
  gtk_widget_set_visible (row->note, FALSE);
  mh_box_append (GTK_WIDGET (row), row->note);
}

static void
mh_claim_row_dispose (GObject *object)
{
  g_clear_object (&MH_CLAIM_ROW (object)->claim);
  G_OBJECT_CLASS (mh_claim_row_parent_class)->dispose (object);
}

static void
mh_claim_row_class_init (MhClaimRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_claim_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_claim_row_init (MhClaimRow *row)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (row), 6);
  gtk_widget_add_css_class (GTK_WIDGET (row), "mh-inset");
}

GtkWidget *
mh_claim_row_new (MhRecord *claim, gboolean may_write_off)
{
  MhClaimRow *row = g_object_new (MH_TYPE_CLAIM_ROW, NULL);
  row->claim = g_object_ref (claim);
  claim_row_add_head (row);
  claim_row_add_fields (row, may_write_off);
  return GTK_WIDGET (row);
}
