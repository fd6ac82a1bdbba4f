/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's own reports, after a code that came to one's own telephone. */
#include "client/pages/front/kiosk/mh-kiosk-visit-private.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/media/mh-document-print.h"

#include "client/pages/front/kiosk/mh-kiosk-words.h"
#include "shared/records/front/mh-kiosk.h"

/* --- the code --- */

static void
kiosk_reports_sent_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  const char *masked = mh_record_text (answer->record, MH_KIOSK_CODE_MASKED);
  g_autofree char *figures = mh_words_figures (masked != NULL ? masked : "");
  gtk_editable_set_text (visit->code, "");
  gtk_label_set_label (visit->code_to, figures);
  mh_kiosk_step (visit, "code", GTK_WIDGET (visit->code));
}

void
mh_kiosk_reports_send_code (MhKioskVisit *visit)
{
  g_autoptr (MhRecord) body = mh_kiosk_ask_new (visit);
  mh_kiosk_ask (visit, "kiosk.code", NULL, body, NULL, kiosk_reports_sent_cb);
}

void
mh_kiosk_reports_begin (MhKioskVisit *visit)
{
  mh_kiosk_reports_send_code (visit);
}

/* --- the reports --- */

static void
shown_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&visit->report, g_bytes_unref);
  if (answer->bytes == NULL || !mh_document_view_show_pdf (visit->paper, answer->bytes, &error))
    {
      mh_kiosk_problem (visit, _ ("This did not work. Please ask at the desk."));
      return;
    }
  visit->report = g_bytes_ref (answer->bytes);
  gtk_widget_set_visible (visit->paper_print, mh_document_may_print_alone ());
  mh_kiosk_step (visit, "paper", NULL);
}

static void
kiosk_reports_open_cb (GtkButton *button, MhKioskVisit *visit)
{
  g_autoptr (MhRecord) body = mh_kiosk_ask_new (visit);
  mh_kiosk_ask (visit, "kiosk.report", g_object_get_data (G_OBJECT (button), "order"), body, NULL,
                shown_cb);
}

static GtkWidget *
report_row_new (MhKioskVisit *visit, MhRecord *report)
{
  const char *const *tests = mh_record_list (report, MH_KIOSK_REPORT_TESTS);
  g_autofree char *day = mh_when_day (mh_record_int (report, MH_KIOSK_REPORT_ISSUED_AT));
  g_autofree char *title
      = g_strdup_printf ("%s · %s", day, mh_record_text (report, MH_KIOSK_REPORT_NUMBER));
  g_autofree char *words = tests != NULL ? g_strjoinv (", ", (char **)tests) : NULL;
  GtkWidget *row = mh_kiosk_line_new (title, words);
  GtkWidget *button = gtk_button_new_with_label (_ ("Read"));

  gtk_widget_add_css_class (button, "mh-kiosk-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "order",
                          g_strdup (mh_record_text (report, MH_KIOSK_REPORT_ORDER_ID)), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (kiosk_reports_open_cb), visit);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  /* the row's title says which one it reads, also to a screen reader */
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

static void
kiosk_reports_listed_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  guint n = answer->items != NULL ? answer->items->len : 0;
  mh_kiosk_clear_list (visit->reports);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (visit->reports,
                         report_row_new (visit, g_ptr_array_index (answer->items, i)));
  gtk_widget_set_visible (GTK_WIDGET (visit->reports), n > 0);
  gtk_widget_set_visible (visit->reports_none, n == 0);
  mh_kiosk_step (visit, "reports", n == 0 ? visit->reports_finish : NULL);
}

static void
verified_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  g_autoptr (MhRecord) body = mh_kiosk_ask_new (visit);
  mh_kiosk_ask (visit, "kiosk.reports", NULL, body, NULL, kiosk_reports_listed_cb);
}

void
mh_kiosk_reports_code (MhKioskVisit *visit)
{
  g_autoptr (MhRecord) body = mh_kiosk_ask_new (visit);
  mh_record_set_text (body, MH_KIOSK_ASK_CODE, gtk_editable_get_text (visit->code));
  mh_kiosk_ask (visit, "kiosk.verify", NULL, body, NULL, verified_cb);
}

void
mh_kiosk_reports_paper_back (MhKioskVisit *visit)
{
  g_clear_pointer (&visit->report, g_bytes_unref);
  mh_document_view_show (visit->paper, NULL);
  mh_kiosk_step (visit, "reports", NULL);
}

void
mh_kiosk_printed (gboolean printed, gpointer data)
{
  g_autoptr (MhKioskVisit) visit = data;
  if (mh_pane_context (MH_PANE (visit)) != NULL && !printed)
    mh_kiosk_problem (visit, _ ("It could not be printed. Please ask at the desk."));
}

void
mh_kiosk_reports_print (MhKioskVisit *visit)
{
  if (visit->report != NULL)
    mh_document_print_pdf (GTK_WIDGET (visit),
                           &(MhPrintWanted){ .printer = MH_PRINTER_ALONE,
                                             .name = _ ("Report"),
                                             .then = mh_kiosk_printed,
                                             .data = g_object_ref (visit) },
                           visit->report);
}

/* --- making it --- */

void
mh_kiosk_reports_end (MhKioskVisit *visit)
{
  g_clear_pointer (&visit->report, g_bytes_unref);
}

void
mh_kiosk_reports_class_init (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, code);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, code_to);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, reports);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, reports_none);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, reports_finish);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, paper);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, paper_print);
}
