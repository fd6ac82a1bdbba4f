/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-app.h"
#include "client/mh-locale.h"

int
main (int argc, char **argv)
{
  mh_locale_start ();
  if (g_strv_contains ((const char *const *)argv, "--kiosk"))
    mh_locale_start_many ();
  g_set_application_name ("Mahima");
  g_autoptr (MhApp) app = mh_app_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
