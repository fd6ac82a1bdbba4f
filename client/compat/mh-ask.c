/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/compat/mh-burst.h"
#include "client/compat/mh-compat.h"

#include <glib/gi18n-lib.h>

/* libadwaita keeps the heading twice, in large letters on one line and in small ones that wrap. It
 * shows the large one where there is room, but measures both at every width, of which GTK 4.18
 * complains: the large one may be cut as far as measuring goes, and both have room for one letter
 * more than they ask for, because the widest is told narrower before the window has its style. */
static void
ask_keep_heading (GtkWidget *widget, const char *heading)
{
  GtkWidget *large = gtk_widget_get_first_child (widget);
  GtkWidget *small = large != NULL ? gtk_widget_get_next_sibling (large) : NULL;
  int letter = 0, least = 0;

  if (GTK_IS_LABEL (large) && GTK_IS_LABEL (small)
      && g_strcmp0 (gtk_label_get_text (GTK_LABEL (large)), heading) == 0)
    {
      gtk_label_set_ellipsize (GTK_LABEL (large), PANGO_ELLIPSIZE_END);
      gtk_widget_measure (small, GTK_ORIENTATION_HORIZONTAL, -1, &letter, NULL, NULL, NULL);
      gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_set_size_request (widget, least + letter, -1);
      return;
    }

  for (GtkWidget *child = large; child != NULL; child = gtk_widget_get_next_sibling (child))
    ask_keep_heading (child, heading);
}

GtkWidget *
mh_ask_new (GtkWidget *parent, const char *heading, const char *body)
{
  GtkRoot *root = parent != NULL ? gtk_widget_get_root (parent) : NULL;
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  mh_burst_ignore (GTK_WINDOW (dialog));
  ask_keep_heading (dialog, heading);
  return dialog;
}

static AdwMessageDialog *
dialog_new (GtkWidget *parent,
            const char *heading,
            const char *body,
            const char *action,
            gboolean destructive)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (mh_ask_new (parent, heading, body));
  adw_message_dialog_add_response (dialog, "act", action);
  adw_message_dialog_set_response_appearance (
      dialog, "act", destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, destructive ? "cancel" : "act");
  return dialog;
}

static void
ask_asked_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
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
  g_signal_connect (dialog, "response", G_CALLBACK (ask_asked_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
mh_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
