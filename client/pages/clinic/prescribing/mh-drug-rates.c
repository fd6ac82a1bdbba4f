/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-drug-rates.h"

#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-date.h"
#include "shared/records/clinic/mh-drug.h"

#include <glib/gi18n-lib.h>

#define DAYS 30
/* Rows that are told; the rest are rare. */
#define MOST 12

struct _MhDrugRates
{
  MhPane parent_instance;
  GtkLabel *sums;
  GtkWidget *rows;
};

G_DEFINE_FINAL_TYPE (MhDrugRates, mh_drug_rates, MH_TYPE_PANE)

static void
drug_rates_show_sums (MhDrugRates *rates, MhRecord *rate)
{
  const char *interrupting = mh_record_text (rate, MH_DRUG_RATE_INTERRUPTING_PERCENT);
  const char *overridden = mh_record_text (rate, MH_DRUG_RATE_OVERRIDE_PERCENT);
  g_autofree char *text = g_strdup_printf (_ ("%d prescriptions with %d lines in 30 days. Alerts "
                                              "that interrupt: %s in 100 lines (should "
                                              "stay below 5). Overridden of those: %s %%."),
                                           (int)mh_record_int (rate, MH_DRUG_RATE_PRESCRIPTIONS),
                                           (int)mh_record_int (rate, MH_DRUG_RATE_LINES),
                                           interrupting != NULL ? interrupting : "0",
                                           overridden != NULL ? overridden : "0");
  gtk_label_set_text (rates->sums, text);
}

static void
drug_rates_add_row (MhDrugRates *rates, MhRecord *row)
{
  GtkWidget *box = mh_hbox (MH_GAP);
  const char *rule = mh_record_text (row, MH_DRUG_RATE_ROW_RULE);
  g_autofree char *code = mh_words_value (row, MH_DRUG_RATE_ROW_CODE);
  g_autofree char *reason = mh_words_value (row, MH_DRUG_RATE_ROW_REASON);
  g_autofree char *what = g_strdup_printf ("%s%s%s · %s", code, rule != NULL ? " " : "",
                                           rule != NULL ? rule : "", reason);
  g_autofree char *times
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (row, MH_DRUG_RATE_ROW_N));
  GtkWidget *words = mh_label (what, NULL), *n = gtk_label_new (times);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (n, "numeric");
  mh_box_append (box, words);
  mh_box_append (box, n);
  mh_box_append (rates->rows, box);
}

static void
drug_rates_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDrugRates) rates = data;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, NULL);
  if (mh_pane_context (MH_PANE (rates)) == NULL)
    return;

  mh_box_clear (rates->rows);
  if (answer == NULL)
    {
      gtk_label_set_text (rates->sums, _ ("Not known without the server"));
      return;
    }

  GPtrArray *rows = mh_record_records (answer, MH_DRUG_RATE_ROWS);
  drug_rates_show_sums (rates, answer);
  for (guint i = 0; rows != NULL && i < MIN (rows->len, MOST); i++)
    drug_rates_add_row (rates, g_ptr_array_index (rows, i));
}

static void
drug_rates_load_cb (MhDrugRates *rates)
{
  char from[MH_INSTANT_LENGTH + 1];
  MhContext *context = mh_pane_context (MH_PANE (rates));
  if (context == NULL)
    return;
  mh_instant_format (mh_when_now () - DAYS * MH_DAY, from);
  const char *args[] = { "from", from, NULL };
  mh_fetch_async (context, &(MhFetch){ .route = "drug_rate.read", .args = args },
                  mh_pane_cancellable (MH_PANE (rates)), drug_rates_answered_cb,
                  g_object_ref (rates));
}

static void
mh_drug_rates_class_init (MhDrugRatesClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/prescribing/mh-drug-rates"));
  gtk_widget_class_bind_template_child (widget, MhDrugRates, sums);
  gtk_widget_class_bind_template_child (widget, MhDrugRates, rows);
}

static void
mh_drug_rates_init (MhDrugRates *rates)
{
  gtk_widget_init_template (GTK_WIDGET (rates));
  g_signal_connect (rates, "map", G_CALLBACK (drug_rates_load_cb), NULL);
}
