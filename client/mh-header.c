/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-header.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-text.h"

#include <glib/gi18n-lib.h>

/* --- connection --- */

static void
net_changed (GtkWidget *button, MhSync *sync)
{
  static const char *const styles[] = { "mh-net-online", "mh-net-offline", "mh-net-trouble" };
  MhSyncState state = mh_sync_state (sync);
  guint waiting = mh_sync_waiting (sync), conflicts = 0;
  const char *style = state == MH_SYNC_OFFLINE ? styles[1] : styles[0];
  g_autofree char *text = NULL;
  g_object_get (sync, "conflicts", &conflicts, NULL);
  if (conflicts > 0)
    {
      style = styles[2];
      text = g_strdup_printf (ngettext ("✕ %u refused", "✕ %u refused", conflicts), conflicts);
    }
  else if (state == MH_SYNC_OFFLINE && waiting > 0)
    /* Translators: %u is the number of changes that wait to be sent */
    text = g_strdup_printf (_ ("○ Offline, %u waiting"), waiting);
  else if (state == MH_SYNC_OFFLINE)
    text = g_strdup (_ ("○ Offline"));
  else if (state == MH_SYNC_SYNCING || waiting > 0)
    text = g_strdup (_ ("⟳ Syncing"));
  else
    text = g_strdup (_ ("● Online"));
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (button, styles[i]);
  gtk_widget_add_css_class (button, style);
  mh_accessible_name (button, text);
  if (g_object_get_data (G_OBJECT (button), "short") != NULL)
    *g_utf8_next_char (text) = '\0';
  gtk_button_set_label (GTK_BUTTON (button), text);
}

static void
net_notify_cb (MhSync *sync, GParamSpec *spec, GtkWidget *button)
{
  net_changed (button, sync);
}

static void
net_clicked_cb (GtkWidget *button, MhSync *sync)
{
  mh_sync_poke (sync);
  gtk_widget_activate_action (button, "win.go", "(ss)", "waiting", "");
}

GtkWidget *
mh_header_net_new (MhContext *context)
{
  MhSync *sync = mh_context_sync (context);
  GtkWidget *button = gtk_button_new_with_label ("");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "mh-net");
  gtk_widget_set_tooltip_text (button, _ ("Connection to the server; click to see what waits"));
  g_signal_connect_object (sync, "notify", G_CALLBACK (net_notify_cb), button, 0);
  g_signal_connect_object (button, "clicked", G_CALLBACK (net_clicked_cb), sync, 0);
  net_changed (button, sync);
  return button;
}

void
mh_header_net_set_short (GtkWidget *button, MhContext *context, gboolean is_short)
{
  g_object_set_data (G_OBJECT (button), "short", GINT_TO_POINTER (is_short));
  net_changed (button, mh_context_sync (context));
}

/* --- person --- */

GtkWidget *
mh_header_person_new (MhContext *context)
{
  g_autofree char *name = NULL;
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *avatar;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) person = g_menu_new ();
  g_autoptr (GMenu) program = g_menu_new ();
  g_object_get (context, "user-name", &name, NULL);
  g_menu_append (person, _ ("_Lock"), "win.lock");
  g_menu_append (person, _ ("_Switch user"), "win.sign-out");
  g_menu_append (program, _ ("_Preferences"), "app.preferences");
  g_menu_append (program, _ ("_Keyboard shortcuts"), "app.shortcuts");
  g_menu_append (program, _ ("_About Mahima"), "app.about");
  g_menu_append_section (menu, name, G_MENU_MODEL (person));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (program));
  avatar = adw_avatar_new (26, name, TRUE);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), avatar);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, name);
  mh_accessible_name (button, name != NULL ? name : _ ("Menu"));
  return button;
}

/* --- bell --- */

GtkWidget *
mh_header_bell_new (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *none = gtk_label_new (_ ("No notifications"));
  gtk_widget_set_margin_top (none, 12);
  gtk_widget_set_margin_bottom (none, 12);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (list), none);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 300, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), list);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button),
                                 "preferences-system-notifications-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Notifications"));
  mh_accessible_name (button, _ ("Notifications"));
  g_object_set_data (G_OBJECT (button), "list", list);
  return button;
}

void
mh_header_bell_add (GtkWidget *bell,
                    const char *title,
                    const char *text,
                    const char *page,
                    const char *what)
{
  GtkWidget *list = g_object_get_data (G_OBJECT (bell), "list");
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_text = g_markup_escape_text (text != NULL ? text : "", -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_text);
  if (page != NULL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.go");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", page,
                                        what != NULL ? what : "");
    }
  gtk_list_box_prepend (GTK_LIST_BOX (list), row);
  gtk_widget_add_css_class (bell, "accent");
}
