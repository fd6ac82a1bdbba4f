/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/platform/login/mh-login-page.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/people/mh-user.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define DEMO_PASSWORD "mahima-demo"

struct _MhLoginPage
{
  MhPane parent_instance;
  GtkLabel *reason, *problem, *server;
  GtkWidget *username, *password, *code, *fresh, *again, *button, *spinner, *help, *other, *demo;
  GtkFlowBox *people;
  GtkListBox *hospitals;
  char *hospital_id; /* that was chosen just now, or NULL */
  gboolean locked;
  gboolean typed;   /* something else, since the server was asked */
  gboolean entered; /* and Enter after it */
};

G_DEFINE_FINAL_TYPE (MhLoginPage, mh_login_page, MH_TYPE_PANE)

static guint signed_in;

static void sign_in_cb (MhLoginPage *page);

static const struct
{
  const char *username;
  const char *label;
} demo_people[] = {
  { "reception", N_ ("Reception") },
  { "cashier", N_ ("Cashier") },
  { "doctor", N_ ("Doctor") },
  { "nurse", N_ ("Nurse") },
  { "technician", N_ ("Technician") },
  { "technician2", N_ ("Technician 2") },
  { "pathologist", N_ ("Pathologist") },
  { "pharmacist", N_ ("Pharmacist") },
  { "manager", N_ ("Manager") },
  { "admin", N_ ("Administrator") },
  { "dispatcher", N_ ("Dispatcher") },
  { "crew", N_ ("Crew") },
  { "kiosk", N_ ("Kiosk") },
};

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
login_page_tell (MhLoginPage *page, const char *words, gboolean wrong)
{
  mh_pane_complain (MH_PANE (page), words);
  (wrong ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (page->problem),
                                                                    "error");
  gtk_widget_set_visible (GTK_WIDGET (page->problem), TRUE);
}

/* The password was right: now the app's figures. */
static void
ask_code (MhLoginPage *page)
{
  login_page_tell (
      page,
      _ ("Type the six figures that your authenticator app shows, or one of your recovery "
         "codes."),
      FALSE);
  gtk_widget_set_visible (page->code, TRUE);
  gtk_widget_grab_focus (page->code);
}

/* Several hospitals are theirs: Enter on one of them goes in there. */
static void
login_page_ask_hospital (MhLoginPage *page, const MhIssues *issues)
{
  GtkListBoxRow *old;
  login_page_tell (page, _ ("Choose the hospital where you work now."), FALSE);
  while ((old = gtk_list_box_get_row_at_index (page->hospitals, 0)) != NULL)
    gtk_list_box_remove (page->hospitals, GTK_WIDGET (old));

  for (guint i = 1; i < mh_issues_count (issues); i++)
    {
      const MhIssue *hospital = mh_issues_nth (issues, i);
      g_autofree char *name = g_markup_escape_text (hospital->message, -1);
      GtkWidget *row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      mh_accessible_name (row, hospital->message);
      g_object_set_data_full (G_OBJECT (row), "id", g_strdup (hospital->code), g_free);
      gtk_list_box_append (page->hospitals, row);
    }

  gtk_widget_set_visible (GTK_WIDGET (page->hospitals), TRUE);
  gtk_widget_set_visible (page->button, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (page->hospitals, 0)));
}

/* Somebody else knows this password: the person chooses their own before anything else. */
static void
ask_password (MhLoginPage *page)
{
  const char *giver = mh_context_password_giver (mh_pane_context (MH_PANE (page)));

  /* Translators: %s is a person's name */
  g_autofree char *words
      = giver != NULL
            ? g_strdup_printf (_ ("%s gave you this password. Choose one that only you know. If "
                                  "you did not ask for it, tell somebody you trust."),
                               giver)
            : g_strdup (_ ("Somebody else gave you this password. Choose one that only you know."));

  login_page_tell (page, words, FALSE);
  mh_sensitive_set (page->username, FALSE);
  mh_sensitive_set (page->password, FALSE);
  gtk_widget_set_visible (page->code, FALSE);
  gtk_widget_set_visible (page->demo, FALSE);
  gtk_widget_set_visible (page->other, TRUE);
  gtk_widget_set_visible (page->fresh, TRUE);
  gtk_widget_set_visible (page->again, TRUE);
  gtk_widget_grab_focus (page->fresh);
}

static char *
login_page_problem_in_words (const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  return issues != NULL && mh_issues_count (issues) > 0
             ? mh_words_issue (mh_issues_nth (issues, 0), NULL)
             : mh_words_error (error);
}

/* What is typed next takes the place of what was wrong. */
static void
login_page_begin_anew (MhLoginPage *page)
{
  GtkWidget *again = gtk_widget_get_visible (page->code) ? page->code : page->password;
  gtk_widget_grab_focus (again);
  gtk_editable_select_region (GTK_EDITABLE (again), 0, -1);
}

/* Who has noticed the mistake by themselves and types on is not disturbed. */
static void
show_problem (MhLoginPage *page, const GError *error)
{
  gboolean offline = g_error_matches (error, MH_ERROR, MH_ERROR_OFFLINE);
  g_autofree char *words = NULL;
  if (g_error_matches (error, MH_ERROR, MH_ERROR_UNAUTHORIZED))
    words = g_strdup (gtk_widget_get_visible (page->code)
                          ? _ ("User name, password or code is wrong. A code works once; wait for "
                               "the next one.")
                          : _ ("User name or password is wrong."));
  else if (offline)
    words
        = g_strdup (_ ("The server does not answer, and you have not worked at this desk before."));
  else
    words = login_page_problem_in_words (error);

  login_page_tell (page, words, TRUE);
  gtk_widget_set_visible (page->help, offline);
  if (gtk_widget_get_visible (page->fresh))
    {
      gtk_widget_grab_focus (page->fresh);
      return;
    }

  if (!page->typed)
    login_page_begin_anew (page);
  else if (page->entered)
    sign_in_cb (page);
}

static void
forget_code (MhLoginPage *page)
{
  gtk_editable_set_text (GTK_EDITABLE (page->fresh), "");
  gtk_editable_set_text (GTK_EDITABLE (page->again), "");
  gtk_widget_set_visible (page->fresh, FALSE);
  gtk_widget_set_visible (page->again, FALSE);
  mh_sensitive_set (page->password, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (page->code), "");
  gtk_widget_set_visible (page->code, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (page->hospitals), FALSE);
  gtk_widget_set_visible (page->button, TRUE);
  g_clear_pointer (&page->hospital_id, g_free);
}

static gboolean
has_issue (const MhIssues *issues, const char *field, const char *code)
{
  const MhIssue *issue = issues != NULL ? mh_issues_find (issues, field) : NULL;
  return issue != NULL && g_strcmp0 (issue->code, code) == 0;
}

static void
login_page_signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhLoginPage) page = data;
  g_autoptr (GError) error = NULL;
  gboolean offline = FALSE;
  gboolean ok = mh_context_sign_in_finish (MH_CONTEXT (source), result, &offline, &error);

  if (mh_pane_context (MH_PANE (page)) == NULL
      || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_busy (page, FALSE);
  if (!ok)
    {
      const MhIssues *issues = mh_error_get_issues (error);
      if (issues != NULL && mh_issues_find (issues, "totp") != NULL)
        ask_code (page);
      else if (has_issue (issues, "hospital_id", MH_ISSUE_CHOOSE_HOSPITAL))
        login_page_ask_hospital (page, issues);
      else if (has_issue (issues, "password", MH_ISSUE_PASSWORD_DUE))
        ask_password (page);
      else
        show_problem (page, error);
      return;
    }

  g_autoptr (GSettings) settings = mh_shell_settings ();
  if (settings != NULL)
    g_settings_set_string (settings, "last-user",
                           gtk_editable_get_text (GTK_EDITABLE (page->username)));
  if (settings != NULL && page->hospital_id != NULL)
    g_settings_set_string (settings, "last-hospital", page->hospital_id);
  gtk_editable_set_text (GTK_EDITABLE (page->password), "");
  forget_code (page);
  gtk_widget_set_visible (GTK_WIDGET (page->problem), FALSE);
  g_signal_emit (page, signed_in, 0);
}

/* Behind somebody who has signed in, or is on the way, nobody else does: what belongs to one of
 * them would stand beside what belongs to the other. */
static gboolean
is_asking (MhLoginPage *page)
{
  return gtk_widget_get_mapped (GTK_WIDGET (page)) && gtk_widget_get_sensitive (page->button);
}

static void
choose_password (MhLoginPage *page)
{
  const char *fresh = gtk_editable_get_text (GTK_EDITABLE (page->fresh));
  const char *again = gtk_editable_get_text (GTK_EDITABLE (page->again));
  if (*fresh == '\0' || *again == '\0')
    gtk_widget_grab_focus (*fresh == '\0' ? page->fresh : page->again);
  else if (!g_str_equal (fresh, again))
    {
      login_page_tell (page, _ ("The two new passwords differ."), TRUE);
      gtk_widget_grab_focus (page->again);
    }
  else
    {
      set_busy (page, TRUE);
      mh_context_choose_password_async (mh_pane_context (MH_PANE (page)),
                                        gtk_editable_get_text (GTK_EDITABLE (page->password)),
                                        fresh, mh_pane_cancellable (MH_PANE (page)),
                                        login_page_signed_in_cb, g_object_ref (page));
    }
}

/* The one that was chosen; that of the locked screen; the one where this desk stands; or NULL. */
static char *
login_page_hospital_of (MhLoginPage *page)
{
  MhRecord *locked = mh_context_hospital (mh_pane_context (MH_PANE (page)));
  g_autoptr (GSettings) settings = mh_shell_settings ();
  g_autofree char *last
      = settings != NULL ? g_settings_get_string (settings, "last-hospital") : NULL;
  if (page->hospital_id != NULL)
    return g_strdup (page->hospital_id);
  if (page->locked && locked != NULL)
    return g_strdup (mh_record_id (locked));
  return last != NULL && *last != '\0' ? g_steal_pointer (&last) : NULL;
}

static void
login_page_hospital_cb (MhLoginPage *page, GtkListBoxRow *row)
{
  g_free (page->hospital_id);
  page->hospital_id = g_strdup (g_object_get_data (G_OBJECT (row), "id"));
  sign_in_cb (page);
}

static void
sign_in_cb (MhLoginPage *page)
{
  g_autofree char *name
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (page->username))));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (page->password));
  if (!is_asking (page))
    {
      page->entered = page->typed;
      return;
    }

  if (gtk_widget_get_visible (page->fresh))
    {
      choose_password (page);
      return;
    }

  if (*name == '\0' || *password == '\0')
    {
      gtk_widget_grab_focus (*name == '\0' ? page->username : page->password);
      return;
    }

  set_busy (page, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (page->problem), FALSE);
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (page->code))));
  g_autofree char *hospital = login_page_hospital_of (page);

  page->typed = page->entered = FALSE;
  mh_context_sign_in_async (
      mh_pane_context (MH_PANE (page)),
      &(MhCredentials){ name, password, *code != '\0' ? code : NULL, hospital },
      mh_pane_cancellable (MH_PANE (page)), login_page_signed_in_cb, g_object_ref (page));
  login_page_begin_anew (page);
}

static void
demo_cb (GtkButton *button, MhLoginPage *page)
{
  if (!is_asking (page))
    return;
  gtk_editable_set_text (GTK_EDITABLE (page->username),
                         g_object_get_data (G_OBJECT (button), "username"));
  gtk_editable_set_text (GTK_EDITABLE (page->password), DEMO_PASSWORD);
  sign_in_cb (page);
}

static void
login_page_typed_cb (MhLoginPage *page)
{
  page->typed = !gtk_widget_get_sensitive (page->button);
}

/* A code belongs to the name that was asked for it. */
static void
renamed_cb (MhLoginPage *page)
{
  login_page_typed_cb (page);
  forget_code (page);
}

static void
to_password_cb (MhLoginPage *page)
{
  gtk_widget_grab_focus (page->password);
}

static void
to_again_cb (MhLoginPage *page)
{
  gtk_widget_grab_focus (page->again);
}

/* --- making it --- */

static gboolean
mh_login_page_grab_focus (GtkWidget *widget)
{
  MhLoginPage *page = MH_LOGIN_PAGE (widget);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (page->username));
  return gtk_widget_grab_focus (page->locked || *name != '\0' ? page->password : page->username);
}

static void
login_page_begin (MhPane *pane)
{
  mh_login_page_ask (MH_LOGIN_PAGE (pane), NULL, NULL);
}

static void
mh_login_page_finalize (GObject *object)
{
  g_free (MH_LOGIN_PAGE (object)->hospital_id);
  G_OBJECT_CLASS (mh_login_page_parent_class)->finalize (object);
}

static void
mh_login_page_class_init (MhLoginPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = login_page_begin;
  G_OBJECT_CLASS (klass)->finalize = mh_login_page_finalize;
  widget->grab_focus = mh_login_page_grab_focus;
  signed_in = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                            NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("platform/login/mh-login-page"));

  gtk_widget_class_bind_template_child (widget, MhLoginPage, reason);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, problem);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, server);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, username);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, password);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, code);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, fresh);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, again);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, button);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, spinner);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, help);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, other);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, demo);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, people);
  gtk_widget_class_bind_template_child (widget, MhLoginPage, hospitals);

  gtk_widget_class_bind_template_callback (widget, login_page_hospital_cb);
  gtk_widget_class_bind_template_callback (widget, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget, to_password_cb);
  gtk_widget_class_bind_template_callback (widget, renamed_cb);
  gtk_widget_class_bind_template_callback (widget, login_page_typed_cb);
  gtk_widget_class_bind_template_callback (widget, to_again_cb);
}

static void
mh_login_page_init (MhLoginPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  for (guint i = 0; i < G_N_ELEMENTS (demo_people); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (demo_people[i].label));
      g_object_set_data (G_OBJECT (button), "username", (gpointer)demo_people[i].username);
      g_signal_connect (button, "clicked", G_CALLBACK (demo_cb), page);
      gtk_flow_box_insert (page->people, button, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
}

GtkWidget *
mh_login_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_LOGIN_PAGE, "context", context, NULL);
}

void
mh_login_page_ask (MhLoginPage *page, const char *username, const char *reason)
{
  g_return_if_fail (MH_IS_LOGIN_PAGE (page) && mh_pane_context (MH_PANE (page)) != NULL);
  g_autoptr (GSettings) settings = mh_shell_settings ();
  g_autofree char *last = settings != NULL ? g_settings_get_string (settings, "last-user") : NULL;

  /* Translators: %s is the address of a server */
  g_autofree char *server
      = g_strdup_printf (_ ("Server: %s"), mh_context_server (mh_pane_context (MH_PANE (page))));

  page->locked = username != NULL;
  gtk_editable_set_text (GTK_EDITABLE (page->username), username != NULL ? username
                                                        : last != NULL   ? last
                                                                         : "");
  gtk_editable_set_text (GTK_EDITABLE (page->password), "");
  forget_code (page);
  mh_sensitive_set (page->username, username == NULL);
  gtk_label_set_label (page->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (page->reason), reason != NULL);
  gtk_widget_set_visible (page->other, page->locked);
  gtk_widget_set_visible (page->demo, g_getenv ("MAHIMA_DEMO") != NULL && username == NULL);
  gtk_label_set_label (page->server, server);
  gtk_widget_set_visible (GTK_WIDGET (page->problem), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (page));
}
