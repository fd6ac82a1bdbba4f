/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which language the program speaks, and from which side it is read. Each row is a process of its
 * own: a language is taken up once, at the start. */
#include "client/mh-locale.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>

static const struct
{
  const char *preference; /* what is chosen in the preferences; "": the system's language */
  const char *language;   /* LANGUAGE */
  const char *locale;     /* LC_ALL */
  const char *direction;  /* MAHIMA_DIRECTION */
  const char *says;       /* "en" or "hi", "ltr" or "rtl" */
} rows[] = {
  { "", NULL, "C.UTF-8", NULL, "en ltr" },
  { "hi", NULL, "C.UTF-8", NULL, "hi ltr" },
  { "hi", NULL, "C", NULL, "hi ltr" },
  /* the preference wins over the system */
  { "hi", "ur", "C.UTF-8", NULL, "hi ltr" },
  { "en", "hi", "C.UTF-8", NULL, "en ltr" },
  { "", "hi", "C.UTF-8", NULL, "hi ltr" },
  { "", "hi", "C", NULL, "hi ltr" },
  { "", "hi_IN.UTF-8", "C.UTF-8", NULL, "hi ltr" },
  /* written from the right, though not translated yet */
  { "", "ur", "C.UTF-8", NULL, "en rtl" },
  { "", "ur_IN.UTF-8", "C.UTF-8", NULL, "en rtl" },
  { "ar", NULL, "C.UTF-8", NULL, "en rtl" },
  { "", "he", "C.UTF-8", NULL, "en rtl" },
  /* Mapudungun begins like Arabic */
  { "", "arn", "C.UTF-8", NULL, "en ltr" },
  { "", NULL, "C.UTF-8", "rtl", "en rtl" },
  { "", "ur", "C.UTF-8", "ltr", "en ltr" },
  { "hi", NULL, "C.UTF-8", "rtl", "hi rtl" },
};

/* The child: what it would say, and from which side. */
static int
say (void)
{
  mh_locale_start ();
  mh_locale_direct ();
  const char *word = _ ("Sign in");
  gunichar first = g_utf8_get_char (word);
  gboolean hindi = first >= 0x900 && first <= 0x97f;
  printf ("%s %s\n",
          hindi                           ? "hi"
          : g_str_equal (word, "Sign in") ? "en"
                                          : word,
          gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? "rtl" : "ltr");
  return 0;
}

static char *self;

static void
write_preference (const char *home, const char *language)
{
  g_autofree char *folder = g_build_filename (home, "glib-2.0", "settings", NULL);
  g_autofree char *file = g_build_filename (folder, "keyfile", NULL);
  g_autofree char *text = g_strdup_printf ("[org/mahima/Mahima]\nlanguage='%s'\n", language);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

static char **
set_or_not (char **env, const char *name, const char *value)
{
  return value != NULL ? g_environ_setenv (env, name, value, TRUE) : g_environ_unsetenv (env, name);
}

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *home = g_dir_make_tmp ("mahima-locale-XXXXXX", &error);
  g_autofree char *said = NULL;
  char *argv[] = { self, (char *)"--say", NULL };
  int status = 0;
  g_assert_no_error (error);
  write_preference (home, rows[i].preference);
  g_auto (GStrv) env = g_get_environ ();
  env = set_or_not (env, "LANGUAGE", rows[i].language);
  env = set_or_not (env, "LC_ALL", rows[i].locale);
  env = set_or_not (env, "MAHIMA_DIRECTION", rows[i].direction);
  env = set_or_not (env, "GSETTINGS_BACKEND", "keyfile");
  env = set_or_not (env, "XDG_CONFIG_HOME", home);
  g_spawn_sync (NULL, argv, env, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, &said, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpstr (g_strchomp (said), ==, rows[i].says);
  static const char *const made[]
      = { "glib-2.0/settings/keyfile", "glib-2.0/settings", "glib-2.0", "" };
  for (guint k = 0; k < G_N_ELEMENTS (made); k++)
    {
      g_autofree char *path = g_build_filename (home, made[k], NULL);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], "--say"))
    return say ();
  self = argv[0];
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/locale/%02u", i);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  return g_test_run ();
}
