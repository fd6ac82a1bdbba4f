/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-shortcuts.h"

#include "client/mh-pages.h"

#include <glib/gi18n-lib.h>

/* Rows without an action are keys of a page or a widget, listed for the person. */
static const struct
{
  const char *group;
  const char *accel;
  const char *action;
  const char *title;
} shortcuts[] = {
  { N_ ("Everywhere"), "<Control>k", "win.search", N_ ("Find anything") },
  { N_ ("Everywhere"), "F9", NULL, N_ ("The main button of the screen") },
  { N_ ("Everywhere"), "F11", "win.fullscreen", N_ ("Full screen") },
  { N_ ("Everywhere"), "<Control>l", "win.lock", N_ ("Lock the screen") },
  { N_ ("Everywhere"), "F10", "win.menu", N_ ("Menu") },
  { N_ ("Everywhere"), "<Control>comma", "app.preferences", N_ ("Preferences") },
  { N_ ("Everywhere"), "<Control>question", "app.shortcuts", N_ ("Keyboard shortcuts") },
  { N_ ("Everywhere"), "<Control>q", "app.quit", N_ ("Quit") },
  { N_ ("Lists and tables"), "space", NULL, N_ ("Select or unselect the row") },
  { N_ ("Lists and tables"), "<Control>a", NULL, N_ ("Select all rows") },
  { N_ ("Lists and tables"), "Return", NULL, N_ ("Open the row") },
  { N_ ("Forms"), "Return", NULL, N_ ("Go to the next field") },
  { N_ ("Forms"), "<Control>Return", NULL, N_ ("Save") },
  { N_ ("Forms"), "Escape", NULL, N_ ("Close; what was typed is kept") },
};

void
mh_shortcuts_apply (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].action != NULL)
      gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                             (const char *[]){ shortcuts[i].accel, NULL });
  for (const MhPageInfo *page = mh_pages; page->id != NULL; page++)
    {
      g_autofree char *action = g_strdup_printf ("win.go(('%s',''))", page->id);
      if (page->accel != NULL)
        gtk_application_set_accels_for_action (application, action,
                                               (const char *[]){ page->accel, NULL });
    }
}

static void
add_key (GString *ui, const char *title, const char *accel)
{
  g_autofree char *escaped = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsShortcut'><property name='title'>%s</property>"
      "<property name='accelerator'>%s</property></object></child>",
      title, accel);
  g_string_append (ui, escaped);
}

static void
open_group (GString *ui, const char *title)
{
  g_autofree char *escaped = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", title);
  g_string_append (ui, escaped);
}

void
mh_shortcuts_show (GtkWindow *parent)
{
  static const char end[] = "</object></child>";
  g_autoptr (GString) ui = g_string_new (
      "<interface><object class='GtkShortcutsWindow' id='window'><property "
      "name='modal'>1</property>"
      "<child><object class='GtkShortcutsSection'><property name='section-name'>all</property>");
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      gboolean first = i == 0 || !g_str_equal (shortcuts[i].group, shortcuts[i - 1].group);
      if (first && i > 0)
        g_string_append (ui, end);
      if (first)
        open_group (ui, _ (shortcuts[i].group));
      add_key (ui, _ (shortcuts[i].title), shortcuts[i].accel);
    }
  g_string_append (ui, end);
  open_group (ui, _ ("Workspaces"));
  for (const MhPageInfo *page = mh_pages; page->id != NULL; page++)
    if (page->accel != NULL)
      add_key (ui, _ (page->label), page->accel);
  g_string_append (ui, end);
  g_string_append (ui, "</object></child></object></interface>");
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (ui->str, -1);
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
