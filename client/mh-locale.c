/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-locale.h"

#include "client/widgets/base/mh-shell.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

/* The C library's own name of a locale by which it translates nothing: it heeds LANGUAGE in every
 * locale but "C", since glibc 2.41 also but "C.UTF-8". */
static gboolean
locale_is_untranslated (void)
{
  const char *name = setlocale (LC_MESSAGES, NULL);

  return name == NULL || g_str_equal (name, "C") || g_str_equal (name, "POSIX")
         || g_str_has_prefix (name, "C.");
}

/* A system without any other locale still has the files of "C.UTF-8"; they are as good under
 * another name. FALSE where even they are missing. */
static gboolean
locale_set_renamed (void)
{
  static const char *const places[] = { "/usr/lib/locale/C.utf8", "/usr/lib/locale/C.UTF-8" };
  g_autofree char *before = g_strdup (g_getenv ("LOCPATH"));
  g_autofree char *folder = g_dir_make_tmp ("mahima-locale-XXXXXX", NULL);
  gboolean set = FALSE;

  if (folder == NULL)
    return FALSE;

  g_autofree char *link = g_build_filename (folder, "en.utf8", NULL);

  g_setenv ("LOCPATH", folder, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (places) && !set; i++)
    if (symlink (places[i], link) == 0)
      {
        set = setlocale (LC_MESSAGES, "en.UTF-8") != NULL;
        g_unlink (link);
      }

  /* what is loaded stays loaded */
  if (before != NULL)
    g_setenv ("LOCPATH", before, TRUE);
  else
    g_unsetenv ("LOCPATH");

  g_rmdir (folder);
  return set;
}

/* Makes the C library heed LANGUAGE. */
static void
locale_set_translated (void)
{
  static const char *const names[] = { "en_US.UTF-8", "en_GB.UTF-8", "en_IN.UTF-8" };

  for (guint i = 0; i < G_N_ELEMENTS (names) && locale_is_untranslated (); i++)
    setlocale (LC_MESSAGES, names[i]);
  if (locale_is_untranslated () && !locale_set_renamed ())
    setlocale (LC_MESSAGES, "C.UTF-8");
}

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
  if (g_getenv ("LANGUAGE") != NULL)
    locale_set_translated ();
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
  locale_set_translated ();

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
