/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-app.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("MAHIMA_LOCALE_DIR") != NULL
                                       ? g_getenv ("MAHIMA_LOCALE_DIR")
                                       : LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Mahima");
  g_autoptr (MhApp) app = mh_app_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
