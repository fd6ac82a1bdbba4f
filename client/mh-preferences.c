/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-preferences.h"

#include "client/mh-text-size.h"
#include "client/widgets/base/mh-pane.h"

#include <adwaita.h>

#define MH_TYPE_PREFERENCES (mh_preferences_get_type ())
G_DECLARE_FINAL_TYPE (MhPreferences, mh_preferences, MH, PREFERENCES, AdwPreferencesWindow)

struct _MhPreferences
{
  AdwPreferencesWindow parent_instance;
  AdwComboRow *colours, *language, *text_size;
  GSettings *settings;
  char *person; /* whose text size it is; "": the sign-in page's */
  GtkSwitch *compact, *critical, *server_labels;
  GtkEditable *server, *desk, *label_printer, *receipt_printer, *kiosk_printer, *gpsd;
};

G_DEFINE_FINAL_TYPE (MhPreferences, mh_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
mh_preferences_dispose (GObject *object)
{
  MhPreferences *window = MH_PREFERENCES (object);
  gtk_widget_dispose_template (GTK_WIDGET (object), MH_TYPE_PREFERENCES);
  g_clear_object (&window->settings);
  g_clear_pointer (&window->person, g_free);
  G_OBJECT_CLASS (mh_preferences_parent_class)->dispose (object);
}

static void
mh_preferences_class_init (MhPreferencesClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("platform/shell/mh-preferences"));
  gtk_widget_class_bind_template_child (widget, MhPreferences, colours);
  gtk_widget_class_bind_template_child (widget, MhPreferences, language);
  gtk_widget_class_bind_template_child (widget, MhPreferences, text_size);
  gtk_widget_class_bind_template_child (widget, MhPreferences, compact);
  gtk_widget_class_bind_template_child (widget, MhPreferences, critical);
  gtk_widget_class_bind_template_child (widget, MhPreferences, server);
  gtk_widget_class_bind_template_child (widget, MhPreferences, desk);
  gtk_widget_class_bind_template_child (widget, MhPreferences, label_printer);
  gtk_widget_class_bind_template_child (widget, MhPreferences, server_labels);
  gtk_widget_class_bind_template_child (widget, MhPreferences, receipt_printer);
  gtk_widget_class_bind_template_child (widget, MhPreferences, kiosk_printer);
  gtk_widget_class_bind_template_child (widget, MhPreferences, gpsd);
}

static void
mh_preferences_init (MhPreferences *preferences)
{
  gtk_widget_init_template (GTK_WIDGET (preferences));
}

/* --- choices as the settings keep them; in the order of the rows of the template --- */

static const char *const schemes[] = { "system", "light", "dark", NULL };
static const char *const languages[] = { "", "en_GB", "hi_IN", NULL };

static gboolean
to_position (GValue *position, GVariant *setting, gpointer data)
{
  const char *const *names = data;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], g_variant_get_string (setting, NULL)))
      g_value_set_uint (position, i);
  return TRUE;
}

static GVariant *
from_position (const GValue *position, const GVariantType *type, gpointer data)
{
  const char *const *names = data;
  guint chosen = g_value_get_uint (position);
  return chosen < g_strv_length ((char **)names) ? g_variant_new_string (names[chosen]) : NULL;
}

static void
bind_choice (GSettings *settings, const char *key, AdwComboRow *row, const char *const *names)
{
  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                to_position, from_position, (gpointer)names, NULL);
}

/* The rows of the template go up by a quarter. */
static void
preferences_size_cb (MhPreferences *window)
{
  guint percent = 100 + 25 * adw_combo_row_get_selected (window->text_size);
  mh_text_size_set (window->settings, window->person, percent);
  mh_text_size_apply (window->settings, window->person);
}

static void
preferences_begin_size (MhPreferences *window, MhContext *context, GSettings *settings)
{
  gboolean signed_in = mh_context_user (context) != NULL;
  window->settings = g_object_ref (settings);
  window->person = g_strdup (signed_in ? mh_context_username (context) : "");
  adw_combo_row_set_selected (window->text_size,
                              (mh_text_size (settings, window->person) - 100) / 25);
  g_signal_connect_swapped (window->text_size, "notify::selected", G_CALLBACK (preferences_size_cb),
                            window);
}

void
mh_preferences_show (GtkWindow *parent, MhContext *context, GSettings *settings)
{
  MhPreferences *window = g_object_new (MH_TYPE_PREFERENCES, "transient-for", parent, NULL);
  GSettingsBindFlags both = G_SETTINGS_BIND_DEFAULT;
  if (settings != NULL)
    {
      bind_choice (settings, "color-scheme", window->colours, schemes);
      bind_choice (settings, "language", window->language, languages);
      preferences_begin_size (window, context, settings);
      g_settings_bind (settings, "compact", window->compact, "active", both);
      g_settings_bind (settings, "critical-sound", window->critical, "active", both);
      g_settings_bind (settings, "server-url", window->server, "text", both);
      g_settings_bind (settings, "desk", window->desk, "text", both);
      g_settings_bind (settings, "server-labels", window->server_labels, "active", both);
      g_settings_bind (settings, "label-printer", window->label_printer, "text", both);
      g_settings_bind (settings, "receipt-printer", window->receipt_printer, "text", both);
      g_settings_bind (settings, "kiosk-printer", window->kiosk_printer, "text", both);
      g_settings_bind (settings, "gpsd", window->gpsd, "text", both);
    }

  gtk_window_present (GTK_WINDOW (window));
}
