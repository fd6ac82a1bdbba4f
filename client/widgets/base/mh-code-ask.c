/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-code-ask.h"

#include "client/compat/mh-compat.h"

#include <glib/gi18n-lib.h>

/* The code that says nothing without words. */
#define OTHER "other"

typedef struct
{
  const MhCode *codes;
  GtkEditable *note; /* NULL: no line */
  MhCodeAnswered then;
  gpointer data;
} Asking;

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autofree Asking *asking = data;
  const char *code = NULL;
  g_autofree char *note
      = asking->note != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (asking->note))) : NULL;
  for (const MhCode *row = asking->codes; row->code != NULL; row++)
    if (g_strcmp0 (row->code, response) == 0)
      code = row->code;
  asking->then (code, note != NULL && *note != '\0' ? note : NULL, asking->data);
}

static void
code_ask_note_cb (AdwMessageDialog *dialog, GtkEditable *entry)
{
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  if (adw_message_dialog_has_response (dialog, OTHER))
    adw_message_dialog_set_response_enabled (dialog, OTHER, *note != '\0');
}

/* To the reasons, of which one is to be chosen still. */
static void
go_on_cb (GtkWidget *entry)
{
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (entry)), GTK_DIR_TAB_FORWARD);
}

static void
code_ask_add_note (AdwMessageDialog *dialog, GtkWidget *entry, const char *label)
{
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (code_ask_note_cb), dialog);
  g_signal_connect (entry, "activate", G_CALLBACK (go_on_cb), NULL);
  code_ask_note_cb (dialog, GTK_EDITABLE (entry));
}

void
mh_code_ask (GtkWidget *parent,
             const char *heading,
             const char *body,
             const MhCode *codes,
             const char *note_label,
             MhCodeAnswered then,
             gpointer data)
{
  GtkWidget *dialog = mh_ask_new (parent, heading, body);
  Asking *asking = g_new0 (Asking, 1);
  guint n = 0;

  *asking = (Asking){ codes, NULL, then, data };

  /* The last that is added stands at the top. */
  while (codes[n].code != NULL)
    n++;
  while (n-- > 0)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), codes[n].code,
                                     g_dgettext (GETTEXT_PACKAGE, codes[n].label));

  if (note_label != NULL)
    {
      GtkWidget *entry = gtk_entry_new ();
      asking->note = GTK_EDITABLE (entry);
      code_ask_add_note (ADW_MESSAGE_DIALOG (dialog), entry, note_label);
    }

  if (note_label == NULL) /* Enter, pressed once too often, chooses none */
    adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), asking);
  gtk_window_present (GTK_WINDOW (dialog));
}
