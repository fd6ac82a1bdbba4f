/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-preferences.h"

#include "client/compat/mh-compat.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
group (GtkWidget *page, const char *title)
{
  GtkWidget *widget = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (widget), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (widget));
  return widget;
}

static void
add_switch (GtkWidget *to,
            GSettings *settings,
            const char *key,
            const char *title,
            const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  mh_accessible_name (toggle, title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  if (settings != NULL)
    g_settings_bind (settings, key, toggle, "active", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (to), row);
}

static void
add_entry (GtkWidget *to, GSettings *settings, const char *key, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  mh_accessible_name (row, title);
  if (settings != NULL)
    g_settings_bind (settings, key, row, "text", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (to), row);
}

static void
scheme_cb (AdwComboRow *row, GParamSpec *spec, GSettings *settings)
{
  g_settings_set_enum (settings, "color-scheme", (int)adw_combo_row_get_selected (row));
}

static void
add_scheme (GtkWidget *to, GSettings *settings)
{
  const char *names[] = { _ ("As the system"), _ ("Light"), _ ("Dark"), NULL };
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Colours"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  if (settings != NULL)
    {
      adw_combo_row_set_selected (ADW_COMBO_ROW (row),
                                  (guint)g_settings_get_enum (settings, "color-scheme"));
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (scheme_cb), settings, 0);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (to), row);
}

static const char *const languages[] = { "", "en_GB", "hi_IN" };

static void
language_cb (AdwComboRow *row, GParamSpec *spec, GSettings *settings)
{
  g_settings_set_string (settings, "language",
                         languages[MIN (adw_combo_row_get_selected (row), 2)]);
}

static void
add_language (GtkWidget *to, GSettings *settings)
{
  const char *names[] = { _ ("As the system"), "English", "हिन्दी", NULL };
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  g_autofree char *chosen = settings != NULL ? g_settings_get_string (settings, "language") : NULL;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Language"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("From the next start"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (chosen, languages[i]) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  if (settings != NULL)
    g_signal_connect_object (row, "notify::selected", G_CALLBACK (language_cb), settings, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (to), row);
}

void
mh_preferences_show (GtkWindow *parent, MhContext *context, GSettings *settings)
{
  GtkWidget *window = adw_preferences_window_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *to = group (page, _ ("Look"));
  gtk_window_set_title (GTK_WINDOW (window), _ ("Preferences"));
  add_scheme (to, settings);
  add_switch (to, settings, "compact", _ ("Dense tables"),
              _ ("Lower rows, so that more of them are seen at once"));
  add_language (to, settings);
  to = group (page, _ ("Server"));
  add_entry (to, settings, "server-url", _ ("Address, from the next start"));
  to = group (page, _ ("Printers"));
  add_entry (to, settings, "label-printer", _ ("Tube labels; empty: ask"));
  add_entry (to, settings, "receipt-printer", _ ("Receipts; empty: ask"));
  to = group (page, _ ("Sound"));
  add_switch (to, settings, "critical-sound", _ ("Critical results"),
              _ ("In addition to the mark on the screen"));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
