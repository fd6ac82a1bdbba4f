/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/login/mh-login-page.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"

#include <glib/gi18n-lib.h>

#define DEMO_PASSWORD "mahima-demo"

struct _MhLoginPage
{
  GtkWidget parent_instance;
  MhContext *context;
  GCancellable *cancellable;
  GtkWidget *scroller;
  GtkWidget *reason;
  GtkWidget *username;
  GtkWidget *password;
  GtkWidget *button;
  GtkWidget *spinner;
  GtkWidget *problem;
  GtkWidget *server;
  GtkWidget *help;
  GtkWidget *demo;
  gboolean locked;
};

G_DEFINE_FINAL_TYPE (MhLoginPage, mh_login_page, GTK_TYPE_WIDGET)

static guint signed_in;

static const struct
{
  const char *username;
  const char *label;
} demo_people[] = {
  { "reception", N_ ("Reception") },     { "cashier", N_ ("Cashier") },
  { "doctor", N_ ("Doctor") },           { "nurse", N_ ("Nurse") },
  { "technician", N_ ("Technician") },   { "technician2", N_ ("Technician 2") },
  { "pathologist", N_ ("Pathologist") }, { "pharmacist", N_ ("Pharmacist") },
  { "manager", N_ ("Manager") },         { "admin", N_ ("Administrator") },
};

static void
mh_login_page_dispose (GObject *object)
{
  MhLoginPage *page = MH_LOGIN_PAGE (object);
  g_cancellable_cancel (page->cancellable);
  g_clear_object (&page->cancellable);
  g_clear_pointer (&page->scroller, gtk_widget_unparent);
  g_clear_object (&page->context);
  G_OBJECT_CLASS (mh_login_page_parent_class)->dispose (object);
}

static gboolean
mh_login_page_grab_focus (GtkWidget *widget)
{
  MhLoginPage *page = MH_LOGIN_PAGE (widget);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (page->username));
  return gtk_widget_grab_focus (page->locked || *name != '\0' ? page->password : page->username);
}

static void
mh_login_page_class_init (MhLoginPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_login_page_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = mh_login_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signed_in = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                            NULL, NULL, G_TYPE_NONE, 0);
}

/* --- signing in --- */

static void
set_busy (MhLoginPage *page, gboolean busy)
{
  gtk_widget_set_sensitive (page->button, !busy);
  gtk_widget_set_sensitive (page->demo, !busy);
  gtk_widget_set_visible (page->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (page->spinner), busy);
}

static void
show_problem (MhLoginPage *page, const GError *error)
{
  gboolean offline = g_error_matches (error, MH_ERROR, MH_ERROR_OFFLINE);
  g_autofree char *words = NULL;
  if (g_error_matches (error, MH_ERROR, MH_ERROR_UNAUTHORIZED))
    words = g_strdup (_ ("User name or password is wrong."));
  else if (offline)
    words
        = g_strdup (_ ("The server does not answer, and you have not worked at this desk before."));
  else
    words = mh_words_error (error);
  gtk_label_set_label (GTK_LABEL (page->problem), words);
  gtk_widget_set_visible (page->problem, TRUE);
  gtk_widget_set_visible (page->help, offline);
  gtk_editable_select_region (GTK_EDITABLE (page->password), 0, -1);
  gtk_widget_grab_focus (page->password);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhLoginPage) page = data;
  g_autoptr (GError) error = NULL;
  gboolean offline = FALSE;
  gboolean ok = mh_context_sign_in_finish (MH_CONTEXT (source), result, &offline, &error);
  if (page->cancellable == NULL || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (page, FALSE);
  if (!ok)
    {
      show_problem (page, error);
      return;
    }
  g_autoptr (GSettings) settings = mh_shell_settings ();
  if (settings != NULL)
    g_settings_set_string (settings, "last-user",
                           gtk_editable_get_text (GTK_EDITABLE (page->username)));
  gtk_editable_set_text (GTK_EDITABLE (page->password), "");
  gtk_widget_set_visible (page->problem, FALSE);
  g_signal_emit (page, signed_in, 0);
}

static void
sign_in (MhLoginPage *page)
{
  g_autofree char *name
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (page->username))));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (page->password));
  if (!gtk_widget_get_sensitive (page->button))
    return;
  if (*name == '\0' || *password == '\0')
    {
      gtk_widget_grab_focus (*name == '\0' ? page->username : page->password);
      return;
    }
  set_busy (page, TRUE);
  gtk_widget_set_visible (page->problem, FALSE);
  mh_context_sign_in_async (page->context, name, password, page->cancellable, signed_in_cb,
                            g_object_ref (page));
}

static void
demo_cb (GtkButton *button, MhLoginPage *page)
{
  gtk_editable_set_text (GTK_EDITABLE (page->username),
                         g_object_get_data (G_OBJECT (button), "username"));
  gtk_editable_set_text (GTK_EDITABLE (page->password), DEMO_PASSWORD);
  sign_in (page);
}

/* --- layout --- */

static GtkWidget *
label (const char *text, const char *style)
{
  GtkWidget *widget = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
  gtk_label_set_justify (GTK_LABEL (widget), GTK_JUSTIFY_CENTER);
  if (style != NULL)
    gtk_widget_add_css_class (widget, style);
  return widget;
}

static GtkWidget *
demo_accounts (MhLoginPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 3);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (demo_people); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (demo_people[i].label));
      g_object_set_data (G_OBJECT (button), "username", (gpointer)demo_people[i].username);
      g_signal_connect (button, "clicked", G_CALLBACK (demo_cb), page);
      gtk_flow_box_insert (GTK_FLOW_BOX (flow), button, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  gtk_box_append (GTK_BOX (box), label (_ ("Demonstration: choose who you are"), "dim-label"));
  gtk_box_append (GTK_BOX (box), flow);
  return box;
}

static GtkWidget *
entries (MhLoginPage *page)
{
  GtkWidget *group = adw_preferences_group_new ();
  page->username = adw_entry_row_new ();
  page->password = adw_password_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (page->username), _ ("User name"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (page->password), _ ("Password"));
  mh_accessible_name (page->username, _ ("User name"));
  mh_accessible_name (page->password, _ ("Password"));
  g_signal_connect_swapped (page->password, "entry-activated", G_CALLBACK (sign_in), page);
  g_signal_connect_swapped (page->username, "entry-activated", G_CALLBACK (gtk_widget_grab_focus),
                            page->password);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), page->username);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), page->password);
  return group;
}

static GtkWidget *
sign_in_button (MhLoginPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  page->button = gtk_button_new ();
  page->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (box), page->spinner);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Sign in")));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (page->spinner, FALSE);
  gtk_button_set_child (GTK_BUTTON (page->button), box);
  mh_accessible_name (page->button, _ ("Sign in"));
  gtk_widget_add_css_class (page->button, "suggested-action");
  gtk_widget_add_css_class (page->button, "mh-primary");
  g_signal_connect_swapped (page->button, "clicked", G_CALLBACK (sign_in), page);
  return page->button;
}

static void
mh_login_page_init (MhLoginPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  page->cancellable = g_cancellable_new ();
  page->scroller = gtk_scrolled_window_new ();
  page->reason = label (NULL, "heading");
  page->problem = label (NULL, "error");
  page->server = label (NULL, "dim-label");
  page->help = label (_ ("Ask your administrator for the server’s address and set it in "
                         "Preferences (Ctrl+,), or start "
                         "“make run” to try a demonstration hospital on this computer."),
                      NULL);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 24);
  GtkWidget *icon = gtk_image_new_from_icon_name ("org.mahima.Mahima");
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 96);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label (_ ("Mahima"), "mh-login-title"));
  gtk_box_append (GTK_BOX (box), page->reason);
  gtk_box_append (GTK_BOX (box), entries (page));
  gtk_box_append (GTK_BOX (box), page->problem);
  gtk_box_append (GTK_BOX (box), sign_in_button (page));
  gtk_box_append (GTK_BOX (box), page->help);
  page->demo = demo_accounts (page);
  gtk_box_append (GTK_BOX (box), page->demo);
  gtk_box_append (GTK_BOX (box), page->server);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (page->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page->scroller), mh_clamp_new (box, 420));
  gtk_widget_set_parent (page->scroller, GTK_WIDGET (page));
  gtk_widget_set_visible (page->problem, FALSE);
  gtk_widget_set_visible (page->help, FALSE);
}

GtkWidget *
mh_login_page_new (MhContext *context)
{
  MhLoginPage *page = g_object_new (MH_TYPE_LOGIN_PAGE, NULL);
  page->context = g_object_ref (context);
  mh_login_page_ask (page, NULL, NULL);
  return GTK_WIDGET (page);
}

void
mh_login_page_ask (MhLoginPage *page, const char *username, const char *reason)
{
  g_return_if_fail (MH_IS_LOGIN_PAGE (page));
  g_autoptr (GSettings) settings = mh_shell_settings ();
  g_autofree char *last = settings != NULL ? g_settings_get_string (settings, "last-user") : NULL;
  /* Translators: %s is the address of a server */
  g_autofree char *server = g_strdup_printf (_ ("Server: %s"), mh_context_server (page->context));
  page->locked = username != NULL;
  gtk_editable_set_text (GTK_EDITABLE (page->username), username != NULL ? username
                                                        : last != NULL   ? last
                                                                         : "");
  gtk_editable_set_text (GTK_EDITABLE (page->password), "");
  gtk_widget_set_sensitive (page->username, username == NULL);
  gtk_label_set_label (GTK_LABEL (page->reason), reason != NULL ? reason : "");
  gtk_widget_set_visible (page->reason, reason != NULL);
  gtk_widget_set_visible (page->demo, g_getenv ("MAHIMA_DEMO") != NULL && username == NULL);
  gtk_label_set_label (GTK_LABEL (page->server), server);
  gtk_widget_set_visible (page->problem, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (page));
}
