/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/compat/mh-burst.h"
#include "client/compat/mh-compat.h"

#include <glib/gi18n-lib.h>

static AdwMessageDialog *
dialog_new (GtkWidget *parent,
            const char *heading,
            const char *body,
            const char *action,
            gboolean destructive)
{
  GtkRoot *root = parent != NULL ? gtk_widget_get_root (parent) : NULL;
  GtkWidget *widget
      = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  adw_message_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_message_dialog_add_response (dialog, "act", action);
  adw_message_dialog_set_response_appearance (
      dialog, "act", destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, destructive ? "cancel" : "act");
  adw_message_dialog_set_close_response (dialog, "cancel");
  mh_burst_ignore (GTK_WINDOW (dialog));
  return dialog;
}

static void
asked_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  g_task_return_boolean (task, g_str_equal (response, "act"));
  g_object_unref (task);
}

void
mh_ask_async (GtkWidget *parent,
              const char *heading,
              const char *body,
              const char *action,
              gboolean destructive,
              GAsyncReadyCallback callback,
              gpointer data)
{
  AdwMessageDialog *dialog = dialog_new (parent, heading, body, action, destructive);
  GTask *task = g_task_new (parent, NULL, callback, data);
  g_signal_connect (dialog, "response", G_CALLBACK (asked_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
mh_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
asked_text_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  gboolean act = g_str_equal (response, "act");
  g_task_return_pointer (task, act ? g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))) : NULL,
                         g_free);
  g_object_unref (task);
}

static void
text_changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  adw_message_dialog_set_response_enabled (dialog, "act", *text != '\0');
}

void
mh_ask_text_async (GtkWidget *parent,
                   const char *heading,
                   const char *body,
                   const char *label,
                   const char *action,
                   GAsyncReadyCallback callback,
                   gpointer data)
{
  AdwMessageDialog *dialog = dialog_new (parent, heading, body, action, FALSE);
  GTask *task = g_task_new (parent, NULL, callback, data);
  GtkWidget *entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  mh_accessible_name (entry, label);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_set_response_enabled (dialog, "act", FALSE);
  g_signal_connect (entry, "changed", G_CALLBACK (text_changed_cb), dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (asked_text_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

char *
mh_ask_text_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
