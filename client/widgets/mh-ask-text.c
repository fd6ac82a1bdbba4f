/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/mh-ask-text.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/mh-dialog.h"
#include "client/widgets/mh-pane.h"
#include "client/widgets/mh-typed.h"

#include <adwaita.h>

/* What the line is called in a draft. */
#define LINE "line"

typedef struct
{
  GtkEditable *entry;
  MhTyped *typed; /* NULL: nothing is kept */
} Parts;

static MhContext *
ask_text_context (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      MhContext *context = MH_IS_PANE (widget)     ? mh_pane_context (MH_PANE (widget))
                           : MH_IS_DIALOG (widget) ? mh_dialog_context (MH_DIALOG (widget))
                                                   : NULL;
      if (context != NULL)
        return context;
    }
  return NULL;
}

static void
ask_text_response_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  Parts *parts = g_task_get_task_data (task);
  gboolean act = g_str_equal (response, "act");
  char *text = act ? g_strdup (gtk_editable_get_text (parts->entry)) : NULL;

  if (parts->typed != NULL && act)
    mh_typed_done (parts->typed);
  else if (parts->typed != NULL)
    mh_typed_flush (parts->typed);

  g_task_return_pointer (task, text, g_free);
  g_object_unref (task);
}

static void
ask_text_changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  adw_message_dialog_set_response_enabled (dialog, "act", *text != '\0');
}

/* The line, and above it what was begun before and not sent. */
static GtkWidget *
ask_text_line (Parts *parts, const char *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new (), *typed = mh_typed_new ();

  gtk_widget_set_name (entry, LINE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  mh_accessible_name (entry, label);
  gtk_box_append (GTK_BOX (box), typed);
  gtk_box_append (GTK_BOX (box), entry);
  *parts = (Parts){ GTK_EDITABLE (entry), MH_TYPED (typed) };

  return box;
}

void
mh_ask_text_async (GtkWidget *parent,
                   const char *drafts,
                   const char *id,
                   const char *heading,
                   const char *body,
                   const char *label,
                   const char *action,
                   GAsyncReadyCallback callback,
                   gpointer data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (mh_ask_new (parent, heading, body));
  MhContext *context = drafts != NULL && id != NULL ? ask_text_context (parent) : NULL;
  GTask *task = g_task_new (parent, NULL, callback, data);
  Parts *parts = g_new0 (Parts, 1);
  GtkWidget *line = ask_text_line (parts, label);

  g_task_set_task_data (task, parts, g_free);
  adw_message_dialog_add_response (dialog, "act", action);
  adw_message_dialog_set_response_appearance (dialog, "act", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "act");
  adw_message_dialog_set_extra_child (dialog, line);
  adw_message_dialog_set_response_enabled (dialog, "act", FALSE);
  g_signal_connect (parts->entry, "changed", G_CALLBACK (ask_text_changed_cb), dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (ask_text_response_cb), task);

  if (context != NULL)
    {
      g_autofree char *form = g_strdup_printf ("%s/%s/", drafts, id);
      mh_typed_watch (parts->typed, context, line, form);
    }
  else
    parts->typed = NULL;

  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (parts->entry));
}

char *
mh_ask_text_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
