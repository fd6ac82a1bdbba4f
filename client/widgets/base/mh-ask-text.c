/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-ask-text.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/form/mh-typed.h"

#include <adwaita.h>

/* What the line is called in a draft. */
#define LINE "line"
#define REFUSALS "mh-ask-text-refusals"

typedef struct
{
  GtkEditable *entry;
  MhTyped *typed;     /* NULL: nothing is kept */
  MhContext *context; /* that it is kept in */
  char *form;         /* and under which name */
} Parts;

static void
ask_text_parts_free (gpointer data)
{
  Parts *parts = data;
  g_clear_object (&parts->context);
  g_free (parts->form);
  g_free (parts);
}

/* What was said of each question that was refused, of whom it was said to; until it is accepted. */
static GHashTable *
ask_text_refusals (MhContext *context)
{
  GHashTable *refusals = g_object_get_data (G_OBJECT (context), REFUSALS);
  if (refusals == NULL)
    {
      refusals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_object_set_data_full (G_OBJECT (context), REFUSALS, refusals,
                              (GDestroyNotify)g_hash_table_unref);
    }
  return refusals;
}

/* Caller frees. */
static char *
ask_text_key (const Parts *parts)
{
  return g_strdup_printf ("%s/%s", mh_context_username (parts->context), parts->form);
}

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

  /* What was sent, too: until the act is done its words are unsent. */
  if (parts->typed != NULL)
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

/* Why it was refused the last time. */
static GtkWidget *
ask_text_refusal (const char *words)
{
  GtkWidget *label = gtk_label_new (words);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "error");
  return label;
}

/* The line, and above it what was begun before and not sent; what was refused stands there again.
 */
static GtkWidget *
ask_text_line (Parts *parts, const char *label)
{
  g_autofree char *key = parts->context != NULL ? ask_text_key (parts) : NULL;
  const char *refused
      = key != NULL ? g_hash_table_lookup (ask_text_refusals (parts->context), key) : NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *entry = gtk_entry_new ();
  GtkWidget *typed = g_object_new (MH_TYPE_TYPED, "at-once", refused != NULL, NULL);

  gtk_widget_set_name (entry, LINE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  mh_accessible_name (entry, label);
  if (refused != NULL)
    gtk_box_append (GTK_BOX (box), ask_text_refusal (refused));
  gtk_box_append (GTK_BOX (box), typed);
  gtk_box_append (GTK_BOX (box), entry);
  parts->entry = GTK_EDITABLE (entry);
  parts->typed = parts->context != NULL ? MH_TYPED (typed) : NULL;

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

  if (context != NULL)
    {
      parts->context = g_object_ref (context);
      parts->form = g_strdup_printf ("%s/%s/", drafts, id);
    }

  GtkWidget *line = ask_text_line (parts, label);
  g_task_set_task_data (task, parts, ask_text_parts_free);
  adw_message_dialog_add_response (dialog, "act", action);
  adw_message_dialog_set_response_appearance (dialog, "act", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "act");
  adw_message_dialog_set_extra_child (dialog, line);
  adw_message_dialog_set_response_enabled (dialog, "act", FALSE);
  g_signal_connect (parts->entry, "changed", G_CALLBACK (ask_text_changed_cb), dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (ask_text_response_cb), task);

  if (parts->typed != NULL)
    mh_typed_watch (parts->typed, context, line, parts->form);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (parts->entry));
}

char *
mh_ask_text_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

void
mh_ask_text_answered (GAsyncResult *asked, const GError *error)
{
  const Parts *parts = g_task_get_task_data (G_TASK (asked));
  if (parts->context == NULL || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return;

  if (error != NULL)
    g_hash_table_replace (ask_text_refusals (parts->context), ask_text_key (parts),
                          mh_words_error (error));
  else
    {
      g_autofree char *key = ask_text_key (parts);
      g_hash_table_remove (ask_text_refusals (parts->context), key);
      mh_typed_forget (parts->context, parts->form);
    }
}

static void
ask_text_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  MhOutcome *outcome = mh_command_finish (result, &error);

  mh_ask_text_answered (g_task_get_task_data (task), error);
  if (outcome != NULL)
    g_task_return_pointer (task, outcome, (GDestroyNotify)mh_outcome_free);
  else
    g_task_return_error (task, error);
}

void
mh_ask_text_command_async (GAsyncResult *asked,
                           MhContext *context,
                           const MhCommand *command,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  if (asked == NULL)
    {
      mh_command_async (context, command, NULL, callback, data);
      return;
    }

  GTask *task = g_task_new (mh_context_sync (context), NULL, callback, data);
  g_task_set_task_data (task, g_object_ref (asked), g_object_unref);
  mh_command_async (context, command, NULL, ask_text_done_cb, task);
}
