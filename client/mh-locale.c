/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-locale.h"

#include "client/widgets/mh-shell.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

static void
choose_language (const char *language)
{
  g_autofree char *locale = g_strconcat (language, ".UTF-8", NULL);
  g_setenv ("LANGUAGE", language, TRUE);
  /* dates follow where the system has the locale; words need none */
  setlocale (LC_TIME, locale);
  setlocale (LC_MESSAGES, locale);
}

void
mh_locale_start (void)
{
  const char *folder = g_getenv ("MAHIMA_LOCALE_DIR");
  setlocale (LC_ALL, "");
  /* otherwise GTK sets the system's locale again and the choice below is lost */
  gtk_disable_setlocale ();
  g_autoptr (GSettings) settings = mh_shell_settings ();
  g_autofree char *language
      = settings != NULL ? g_settings_get_string (settings, "language") : g_strdup ("");
  if (*language != '\0')
    choose_language (language);
  /* gettext heeds LANGUAGE in every locale but "C" */
  if (g_getenv ("LANGUAGE") != NULL && g_strcmp0 (setlocale (LC_MESSAGES, NULL), "C") == 0)
    setlocale (LC_MESSAGES, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

void
mh_locale_start_many (void)
{
  const char *folder = g_getenv ("MAHIMA_LOCALE_DIR");
  g_autofree char *kiosk
      = folder != NULL ? g_build_filename (folder, "kiosk", NULL) : g_strdup (LOCALE_DIR);
  bindtextdomain ("mahima-kiosk", kiosk);
  bind_textdomain_codeset ("mahima-kiosk", "UTF-8");
  if (g_strcmp0 (setlocale (LC_MESSAGES, NULL), "C") == 0)
    setlocale (LC_MESSAGES, "C.UTF-8");
  /* GLib looks once, at the first text, whether there are translations at all, and translates none
   * when there are not: in a language that has them it sees some */
  g_setenv ("LANGUAGE", "hi", TRUE);
  textdomain (GETTEXT_PACKAGE);
  g_dgettext (GETTEXT_PACKAGE, "Sign in");
  g_setenv ("LANGUAGE", "en", TRUE);
  textdomain (GETTEXT_PACKAGE);
}

void
mh_locale_speak (const char *language)
{
  /* There since the start, so only its value is exchanged; libc keeps the old one for who reads it.
   */
  g_setenv ("LANGUAGE", language, TRUE);
  /* naming the domain makes gettext forget what it found in another language */
  textdomain (GETTEXT_PACKAGE);
  mh_locale_direct ();
}

static gboolean
is_right_to_left (const char *language)
{
  static const char *const codes[] = { "ar", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi" };
  gsize length = strcspn (language, "_.@-");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (length == strlen (codes[i]) && strncmp (language, codes[i], length) == 0)
      return TRUE;
  return FALSE;
}

void
mh_locale_direct (void)
{
  const char *given = g_getenv ("MAHIMA_DIRECTION");
  gboolean right_to_left
      = given != NULL ? g_str_equal (given, "rtl") : is_right_to_left (g_get_language_names ()[0]);
  gtk_widget_set_default_direction (right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}
