/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/mh-shell.h"

#include "shared/base/mh-error.h"

void
mh_shell_go (GtkWidget *from, const char *page, const char *what)
{
  gtk_widget_activate_action (from, "win.go", "(ss)", page, what != NULL ? what : "");
}

void
mh_shell_toast (GtkWidget *from, const char *text)
{
  gtk_widget_activate_action (from, "win.toast", "s", text);
}

void
mh_shell_fail (GtkWidget *from, const GError *error)
{
  if (error == NULL || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return;
  gtk_widget_activate_action (from, "win.fail", "s", error->message);
}
