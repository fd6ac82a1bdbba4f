/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-app.h"

#include "client/compat/mh-compat.h"
#include "client/mh-kiosk-window.h"
#include "client/mh-locale.h"
#include "client/mh-preferences.h"
#include "client/mh-shortcuts.h"
#include "client/mh-window.h"
#include "client/widgets/base/mh-shell.h"
#include "shared/records/mh-records.h"

#include <glib-unix.h>
#include <stdlib.h>

#include <glib/gi18n-lib.h>

struct _MhApp
{
  AdwApplication parent_instance;
  MhContext *context;
  GSettings *settings;
  gboolean kiosk;
};

G_DEFINE_FINAL_TYPE (MhApp, mh_app, ADW_TYPE_APPLICATION)

static void
colour_scheme_cb (MhApp *app)
{
  static const AdwColorScheme schemes[]
      = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };
  int chosen = app->settings != NULL ? g_settings_get_enum (app->settings, "color-scheme") : 0;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[CLAMP (chosen, 0, 2)]);
}

/* For looking at the screens as others see them; it is the system's setting otherwise. */
static void
look_of_others (void)
{
  const char *text = g_getenv ("MAHIMA_TEXT_SCALE");
  int dpi = 0;
  if (text == NULL || g_ascii_strtod (text, NULL) < 0.5)
    return;
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi",
                (int)((dpi > 0 ? dpi : 96 * 1024) * g_ascii_strtod (text, NULL)), NULL);
}

static char *
server_address (MhApp *app)
{
  const char *given = g_getenv ("MAHIMA_SERVER");
  if (given != NULL && *given != '\0')
    return g_strdup (given);
  return app->settings != NULL ? g_settings_get_string (app->settings, "server-url")
                               : g_strdup ("http://127.0.0.1:8080");
}

/* The computer's own name where nobody has given the desk a code. */
static void
desk_cb (MhApp *app)
{
  g_autofree char *code
      = app->settings != NULL ? g_settings_get_string (app->settings, "desk") : NULL;
  mh_context_set_desk (app->context, code != NULL && *code != '\0' ? code : g_get_host_name ());
}

static void
preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MhApp *app = data;
  mh_preferences_show (gtk_application_get_active_window (GTK_APPLICATION (app)), app->context,
                       app->settings);
}

static void
about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mh_about_show (gtk_application_get_active_window (data), MAHIMA_VERSION);
}

static void
shortcuts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mh_shortcuts_show (gtk_application_get_active_window (data));
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (data);
  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (data);
}

/* Ending by the session manager or Ctrl+C is no crash: what was typed last is kept. */
static gboolean
app_ended_cb (gpointer data)
{
  g_application_quit (data);
  return G_SOURCE_CONTINUE;
}

static void
mh_app_startup (GApplication *application)
{
  static const GActionEntry actions[] = { { "preferences", preferences, NULL, NULL, NULL },
                                          { "about", about, NULL, NULL, NULL },
                                          { "shortcuts", shortcuts, NULL, NULL, NULL },
                                          { "quit", quit, NULL, NULL, NULL } };
  MhApp *app = MH_APP (application);

  G_APPLICATION_CLASS (mh_app_parent_class)->startup (application);
  mh_accessible_keep_names ();
  mh_tab_leaves_lists ();
  mh_drop_downs_open_at_rows ();
  mh_records_register ();

  app->settings = mh_shell_settings ();
  g_autofree char *server = server_address (app);
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "mahima", NULL);

  app->context = mh_context_new (server, folder);
  desk_cb (app);

  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/org/mahima/Mahima/icons");
  gtk_window_set_default_icon_name ("org.mahima.Mahima");

  /* at a kiosk nothing leads out */
  if (!app->kiosk)
    {
      g_action_map_add_action_entries (G_ACTION_MAP (app), actions, G_N_ELEMENTS (actions), app);
      mh_shortcuts_apply (GTK_APPLICATION (app));
    }

  mh_locale_direct ();
  look_of_others ();
  if (app->settings != NULL)
    {
      g_signal_connect_swapped (app->settings, "changed::color-scheme",
                                G_CALLBACK (colour_scheme_cb), app);
      g_signal_connect_swapped (app->settings, "changed::desk", G_CALLBACK (desk_cb), app);
    }

  colour_scheme_cb (app);

  g_unix_signal_add (SIGTERM, app_ended_cb, app);
  g_unix_signal_add (SIGINT, app_ended_cb, app);
}

static void
mh_app_activate (GApplication *application)
{
  MhApp *app = MH_APP (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (app));
  if (window == NULL && app->kiosk)
    window = mh_kiosk_window_new (GTK_APPLICATION (app), app->context);
  else if (window == NULL)
    window = mh_window_new (GTK_APPLICATION (app), app->context, app->settings);
  gtk_window_present (window);
}

static void
mh_app_shutdown (GApplication *application)
{
  mh_context_leave (MH_APP (application)->context);
  G_APPLICATION_CLASS (mh_app_parent_class)->shutdown (application);
}

static void
mh_app_finalize (GObject *object)
{
  MhApp *app = MH_APP (object);
  g_clear_object (&app->context);
  g_clear_object (&app->settings);
  G_OBJECT_CLASS (mh_app_parent_class)->finalize (object);
}

/* Answered before a display is looked for. */
static int
mh_app_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "kiosk"))
    {
      MH_APP (application)->kiosk = TRUE;
      /* beside a desk's window, not a second one of it */
      g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
    }
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("mahima %s\n", MAHIMA_VERSION);
  return 0;
}

static void
mh_app_class_init (MhAppClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_app_finalize;
  G_APPLICATION_CLASS (klass)->startup = mh_app_startup;
  G_APPLICATION_CLASS (klass)->shutdown = mh_app_shutdown;
  G_APPLICATION_CLASS (klass)->activate = mh_app_activate;
  G_APPLICATION_CLASS (klass)->handle_local_options = mh_app_handle_local_options;
}

static void
mh_app_init (MhApp *app)
{
  g_application_add_main_option (G_APPLICATION (app), "version", 0, G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_NONE, _ ("Print the version"), NULL);
  g_application_add_main_option (G_APPLICATION (app), "kiosk", 0, G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_NONE, _ ("Fill the screen with a kiosk for patients"),
                                 NULL);
}

MhApp *
mh_app_new (void)
{
  /* Each demonstration or kiosk run is its own program, not a second window of the first. */
  GApplicationFlags flags
      = g_getenv ("MAHIMA_SERVER") != NULL ? G_APPLICATION_NON_UNIQUE : G_APPLICATION_DEFAULT_FLAGS;
  return g_object_new (MH_TYPE_APP, "application-id", "org.mahima.Mahima", "flags", flags,
                       "resource-base-path", "/org/mahima/Mahima", NULL);
}
