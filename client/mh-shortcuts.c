/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-shortcuts.h"

#include "client/mh-pages.h"
#include "client/widgets/base/mh-pane.h"

/* The window of data/ui/platform/shell/mh-shortcuts.ui lists them, and the keys of pages and
 * widgets. */
static const struct
{
  const char *accel;
  const char *action;
} shortcuts[] = {
  { "<Control>k", "win.search" },
  { "F11", "win.fullscreen" },
  { "<Control>l", "win.lock" },
  { "<Control>m", "win.menu" },
  { "<Control>b", "win.bell" },
  { "<Control>comma", "app.preferences" },
  { "<Control>question", "app.shortcuts" },
  { "<Control>q", "app.quit" },
};

void
mh_shortcuts_apply (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
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

void
mh_shortcuts_show (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource (MH_TEMPLATE ("platform/shell/mh-shortcuts"));
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "mh_shortcuts"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
