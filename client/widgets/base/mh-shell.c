/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-shell.h"

#include "client/widgets/base/mh-words.h"
#include "shared/records/people/mh-access.h"

G_DEFINE_INTERFACE (MhShell, mh_shell, GTK_TYPE_WIDGET)

static void
mh_shell_default_init (MhShellInterface *iface)
{
}

static MhShell *
shell_of (GtkWidget *from)
{
  GtkWidget *shell = from != NULL ? gtk_widget_get_ancestor (from, MH_TYPE_SHELL) : NULL;
  if (shell != NULL)
    return MH_SHELL (shell);
  /* From inside a dialog: the window it belongs to. */
  GtkRoot *root = from != NULL ? gtk_widget_get_root (from) : NULL;
  GtkWindow *parent
      = GTK_IS_WINDOW (root) ? gtk_window_get_transient_for (GTK_WINDOW (root)) : NULL;
  return MH_IS_SHELL (parent) ? MH_SHELL (parent) : NULL;
}

void
mh_shell_go (GtkWidget *from, const char *page, const char *what)
{
  MhShell *shell = shell_of (from);
  if (shell != NULL)
    MH_SHELL_GET_IFACE (shell)->go (shell, page, what);
}

void
mh_shell_open (GtkWidget *from, const char *type_code, const char *id)
{
  MhShell *shell = shell_of (from);
  if (shell != NULL)
    MH_SHELL_GET_IFACE (shell)->open (shell, type_code, id);
}

void
mh_shell_toast_undo (GtkWidget *from,
                     const char *text,
                     MhUndo undo,
                     gpointer data,
                     GDestroyNotify free_data)
{
  MhShell *shell = shell_of (from);
  if (shell != NULL)
    MH_SHELL_GET_IFACE (shell)->toast (shell, text, undo, data, free_data);
  else if (free_data != NULL)
    free_data (data);
}

void
mh_shell_toast (GtkWidget *from, const char *text)
{
  mh_shell_toast_undo (from, text, NULL, NULL, NULL);
}

void
mh_shell_fail (GtkWidget *from, const GError *error)
{
  if (error == NULL || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  const char *kind = NULL;
  const char *patient = mh_access_error_patient (error, &kind);
  g_autofree char *words = mh_words_error (error);
  if (patient != NULL)
    mh_shell_ask_chart (from, patient, kind);
  else
    mh_shell_toast (from, words);
}

void
mh_shell_ask_chart (GtkWidget *from, const char *patient_id, const char *kind)
{
  MhShell *shell = shell_of (from);
  if (shell != NULL)
    MH_SHELL_GET_IFACE (shell)->ask_chart (shell, patient_id, kind);
}

void
mh_shell_notify (GtkWidget *from,
                 const char *title,
                 const char *text,
                 const char *page,
                 const char *what)
{
  MhShell *shell = shell_of (from);
  if (shell != NULL)
    MH_SHELL_GET_IFACE (shell)->notify (shell, title, text, page, what);
}

void
mh_shell_announce (GtkWidget *from, const char *title, const char *text)
{
  MhShell *shell = shell_of (from);
  if (shell != NULL)
    MH_SHELL_GET_IFACE (shell)->announce (shell, title, text);
}

GSettings *
mh_shell_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = source != NULL ? g_settings_schema_source_lookup (source, "org.mahima.Mahima", TRUE) : NULL;
  return schema != NULL ? g_settings_new ("org.mahima.Mahima") : NULL;
}

gboolean
mh_shell_is_compact (void)
{
  g_autoptr (GSettings) settings = mh_shell_settings ();
  return settings != NULL && g_settings_get_boolean (settings, "compact");
}
