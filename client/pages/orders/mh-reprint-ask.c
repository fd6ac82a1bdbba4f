/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/orders/mh-reprint-ask.h"

#include <adwaita.h>

#include "shared/records/mh-label.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  MhReprintWhy then;
  gpointer data;
} Asking;

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autofree Asking *asking = data;
  const char *code = NULL;
  for (const MhCode *row = mh_reprint_reason_codes; row->code != NULL; row++)
    if (g_strcmp0 (row->code, response) == 0)
      code = row->code;
  asking->then (code, asking->data);
}

void
mh_reprint_ask (GtkWidget *parent, MhReprintWhy then, gpointer data)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (
      root != NULL ? GTK_WINDOW (root) : NULL, _ ("Print the label again?"),
      _ ("A label of these tubes was printed before. Why another one?"));
  Asking *asking = g_new (Asking, 1);
  *asking = (Asking){ then, data };
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  for (const MhCode *row = mh_reprint_reason_codes; row->code != NULL; row++)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), row->code, _ (row->label));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog),
                                           mh_reprint_reason_codes[0].code);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), asking);
  gtk_window_present (GTK_WINDOW (dialog));
}
