/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-window.h"

#include "client/compat/mh-burst.h"
#include "client/compat/mh-compat.h"
#include "client/mh-kiosk-window.h"
#include "client/mh-pages.h"
#include "client/mh-text-size.h"
#include "client/mh-workspaces.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-scan-find.h"
#include "client/pages/platform/login/mh-factor-dialog.h"
#include "client/pages/platform/login/mh-keys-dialog.h"
#include "client/pages/platform/login/mh-login-page.h"
#include "client/pages/platform/login/mh-password-dialog.h"
#include "client/pages/platform/login/mh-pin-dialog.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/base/mh-scan.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-check-digit.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"

#include <glib/gi18n-lib.h>

/* So long after the last key or touch somebody counts as being at the desk. */
#define ATTENDED_US (60 * G_USEC_PER_SEC)
/* Shorter than any session lasts. */
#define TOLD_EVERY_US (5 * 60 * G_USEC_PER_SEC)

struct _MhWindow
{
  AdwApplicationWindow parent_instance;
  MhContext *context;
  GSettings *settings;
  AdwToastOverlay *toasts;
  AdwToast *toast;    /* weak: the message on show */
  AdwToast *undoable; /* weak: the newest message that offers Undo */
  GtkStack *stack;    /* "login", then the workspaces */
  MhLoginPage *login;
  MhWorkspaces *workspaces; /* NULL: nobody has signed in */
  GCancellable *scanning;   /* what was scanned last is looked for; NULL: nothing was */
  GPtrArray *hidden;        /* GtkWindow: dialogs that stand behind the lock; or NULL */
  gint64 last_touch;
  gint64 last_told; /* monotonic µs: the server, that somebody is at work here */
  guint idle;
  gboolean locked;
};

static void mh_window_shell_init (MhShellInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MhWindow,
                               mh_window,
                               ADW_TYPE_APPLICATION_WINDOW,
                               G_IMPLEMENT_INTERFACE (MH_TYPE_SHELL, mh_window_shell_init))

/* --- the shell interface --- */

static void
window_go (MhShell *shell, const char *page, const char *what)
{
  MhWindow *window = MH_WINDOW (shell);
  if (window->workspaces != NULL && !window->locked)
    mh_workspaces_go (window->workspaces, page, what);
}

static void
window_open (MhShell *shell, const char *type_code, const char *id)
{
  const MhPageInfo *info = mh_page_for_type (type_code);
  if (info != NULL)
    window_go (shell, info->id, id);
}

typedef struct
{
  MhUndo undo;
  gpointer data;
  GDestroyNotify free_data;
} Undo;

static void
window_undo_free_cb (gpointer data, GClosure *closure)
{
  Undo *undo = data;
  if (undo->free_data != NULL)
    undo->free_data (undo->data);
  g_free (undo);
}

static void
window_undo_cb (AdwToast *toast, Undo *undo)
{
  undo->undo (undo->data);
}

/* What was done last is what is said: a message that waited behind another one would offer the Undo
 * of the older act after the newer one was done. The older message goes, and its Undo with it. */
static void
window_toast (MhShell *shell,
              const char *text,
              MhUndo func,
              gpointer data,
              GDestroyNotify free_data)
{
  g_autofree char *safe = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (safe);

  g_clear_weak_pointer (&MH_WINDOW (shell)->undoable);
  if (func != NULL)
    {
      Undo *undo = g_new0 (Undo, 1);
      *undo = (Undo){ func, data, free_data };
      adw_toast_set_button_label (toast, _ ("Undo"));
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (window_undo_cb), undo,
                             window_undo_free_cb, 0);
      g_set_weak_pointer (&MH_WINDOW (shell)->undoable, toast);
    }

  if (MH_WINDOW (shell)->toast != NULL)
    adw_toast_dismiss (MH_WINDOW (shell)->toast);
  g_set_weak_pointer (&MH_WINDOW (shell)->toast, toast);
  mh_toast_add (MH_WINDOW (shell)->toasts, toast);
}

static void
window_announce (MhShell *shell, const char *title, const char *text)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (shell));
  g_autoptr (GNotification) note = g_notification_new (title);
  g_notification_set_body (note, text);
  if (application != NULL)
    g_application_send_notification (G_APPLICATION (application), NULL, note);
}

static void
window_notify (MhShell *shell,
               const char *title,
               const char *text,
               const char *page,
               const char *what)
{
  MhWindow *window = MH_WINDOW (shell);
  window_announce (shell, title, text);
  if (window->workspaces != NULL)
    mh_header_notice (mh_workspaces_header (window->workspaces), title, text, page, what);
}

static void
window_ask_chart (MhShell *shell, const char *patient_id, const char *kind)
{
  MhWindow *window = MH_WINDOW (shell);
  if (window->workspaces != NULL && !window->locked)
    mh_workspaces_ask_chart (window->workspaces, patient_id, kind);
}

static void
mh_window_shell_init (MhShellInterface *iface)
{
  iface->go = window_go;
  iface->open = window_open;
  iface->toast = window_toast;
  iface->notify = window_notify;
  iface->announce = window_announce;
  iface->ask_chart = window_ask_chart;
}

/* The page on show, NULL while nobody may see one. */
static MhPage *
page_on_show (MhWindow *window)
{
  GtkWidget *page = window->workspaces != NULL && !window->locked
                        ? mh_workspaces_page (window->workspaces)
                        : NULL;
  return MH_IS_PAGE (page) ? MH_PAGE (page) : NULL;
}

/* --- scanning --- */

typedef struct
{
  MhWindow *window;
  char *on;   /* the page that was on show */
  char *code; /* as it is told */
  gboolean of_paper;
} Scan;

static void
scan_free (Scan *scan)
{
  g_object_unref (scan->window);
  g_free (scan->on);
  g_free (scan->code);
  g_free (scan);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scan, scan_free)

static void
scan_found (MhWindow *window, const Scan *scan, MhRecord *record)
{
  static const struct
  {
    const MhRecordType *type;
    guint field;      /* of the record, that tells what is opened */
    const char *what; /* as mh_page_for_scan() has it */
  } opened[] = {
    { &mh_patient_type, MH_ID, "patient" },
    { &mh_order_type, MH_ID, "order" },
    { &mh_sample_type, MH_SAMPLE_ORDER_ID, "order" },
    { &mh_report_type, MH_REPORT_ORDER_ID, "report" },
    { &mh_prescription_type, MH_PRESCRIPTION_PATIENT_ID, "patient" },
  };
  const MhPageInfo *to = NULL;
  const char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (opened) && id == NULL; i++)
    if (opened[i].type == mh_record_type (record))
      {
        id = mh_record_text (record, opened[i].field);
        to = mh_page_for_scan (scan->on, opened[i].what, window->context);
      }

  if (to != NULL)
    window_go (MH_SHELL (window), to->id, id);
  else
    mh_shell_toast (GTK_WIDGET (window), _ ("Your role may not open what was scanned."));
}

static void
scan_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Scan) scan = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record = mh_scan_find_finish (result, &error);
  if (g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED) || page_on_show (scan->window) == NULL)
    return;

  if (record != NULL)
    scan_found (scan->window, scan, record);
  else if (error != NULL)
    mh_shell_fail (GTK_WIDGET (scan->window), error);
  else
    {
      g_autofree char *text
          = scan->of_paper
                ? g_strdup (_ ("This paper is not one of this hospital's. Nothing was changed."))
                /* Translators: %s is a number that was scanned */
                : g_strdup_printf (_ ("There is no %s here. Nothing was changed."), scan->code);
      mh_shell_toast (GTK_WIDGET (scan->window), text);
    }
}

/* The next scan is meant, not the one before. */
static void
scan_look_for (MhWindow *window, int kind, const char *code)
{
  Scan *scan = g_new0 (Scan, 1);
  scan->window = g_object_ref (window);
  scan->on = g_strdup (mh_workspaces_page_id (window->workspaces));
  scan->code = g_strdup (code);
  scan->of_paper = kind == MH_SCAN_REPORT || kind == MH_SCAN_PRESCRIPTION;
  g_cancellable_cancel (window->scanning);
  g_clear_object (&window->scanning);
  window->scanning = g_cancellable_new ();
  mh_scan_find_async (window->context, kind, code, window->scanning, scan_found_cb, scan);
}

/* What cannot be read or is nobody's code is told, and leaves nothing chosen that keys act on: they
 * are pressed for what was scanned. */
static void
scan_refuse (MhWindow *window, MhPage *page, const char *words)
{
  mh_page_let_go (page);
  mh_shell_toast (GTK_WIDGET (window), words);
}

static void
scanned (MhWindow *window, int kind, const char *code)
{
  MhPage *page = page_on_show (window);
  if (page == NULL || mh_page_scan (page, kind, code))
    return;

  switch ((MhScanKind)kind)
    {
    case MH_SCAN_BAD_CHECK:
      scan_refuse (
          window, page,
          _ ("This code was read wrongly: its check character does not fit. Scan it again."));
      break;
    case MH_SCAN_MRN:
    case MH_SCAN_ACCESSION:
    case MH_SCAN_ORDER:
    case MH_SCAN_REPORT:
    case MH_SCAN_PRESCRIPTION:
      if (mh_scan_fill (GTK_WIDGET (page), kind, code))
        return;
      mh_page_let_go (page);
      scan_look_for (window, kind, code);
      break;
    case MH_SCAN_BOX:
    case MH_SCAN_UNIT:
    case MH_SCAN_NONE:
    default:
      scan_refuse (window, page, _ ("This code does nothing on this page. Nothing was changed."));
      break;
    }
}

static void
window_scanned_cb (MhWorkspaces *workspaces, int kind, const char *code, MhWindow *window)
{
  scanned (window, kind, code);
}

/* A menu that is open would stand over what the scan opens. */
static void
scan_close_menu (MhWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  GtkWidget *popover = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) : NULL;
  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

/* What is no code of the house may be meant for the field it is scanned into; a page that takes
 * typing anywhere takes it too (an identity card). */
static gboolean
burst_cb (GtkWindow *gtk_window, const char *text)
{
  MhWindow *window = MH_WINDOW (gtk_window);
  MhPage *page = page_on_show (window);
  g_autofree char *code = NULL;
  MhScanKind kind = mh_scan_classify (text, &code);
  gboolean types = mh_burst_types_text (gtk_window)
                   || (MH_IS_PANE (page) && MH_PANE_GET_CLASS (page)->type_ahead != NULL);
  if (page == NULL || (kind == MH_SCAN_NONE && (types || g_utf8_strlen (text, -1) < MH_BURST_CODE)))
    return FALSE;
  scan_close_menu (window);
  scanned (window, (int)kind, code != NULL ? code : text);
  return TRUE;
}

/* --- typing anywhere --- */

/* The keys that a page's buttons show, while the focus is in the header or among the pages. */
static gboolean
window_forward_key (MhWindow *window, guint key, GdkModifierType state, GtkEventControllerKey *keys)
{
  GtkWidget *page = GTK_WIDGET (page_on_show (window));
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  gboolean shown = (key >= GDK_KEY_F1 && key <= GDK_KEY_F12) || (state & GDK_CONTROL_MASK) != 0;
  gboolean elsewhere = focus == NULL
                       || (!gtk_widget_is_ancestor (focus, page)
                           && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) == NULL);
  return shown && elsewhere && gtk_event_controller_key_forward (keys, page);
}

static gboolean
window_key_cb (GtkEventControllerKey *keys,
               guint key,
               guint keycode,
               GdkModifierType state,
               MhWindow *window)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  MhPage *page = page_on_show (window);
  char text[7] = { 0 };
  if (page != NULL && window_forward_key (window, key, state, keys))
    return TRUE;
  if (page == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || letter <= 0x20
      || !g_unichar_isprint (letter))
    return FALSE;
  g_unichar_to_utf8 (letter, text);
  return mh_page_type_ahead (page, text);
}

/* --- signing in and locking --- */

/* A dialog shows patients too, and a modal one would keep the keys from the password. */
static void
mh_window_hide_dialogs (MhWindow *window)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();
  window->hidden = g_ptr_array_new_with_free_func (g_object_unref);
  for (GList *other = all; other != NULL; other = other->next)
    if (other->data != window && gtk_window_get_transient_for (other->data) != NULL
        && gtk_widget_get_visible (other->data))
      g_ptr_array_add (window->hidden, g_object_ref (other->data));
  for (guint i = 0; i < window->hidden->len; i++)
    gtk_widget_set_visible (window->hidden->pdata[i], FALSE);
}

/* @back: to whoever opened them; else they are closed for good. */
static void
mh_window_settle_dialogs (MhWindow *window, gboolean back)
{
  g_autoptr (GPtrArray) hidden = g_steal_pointer (&window->hidden);
  g_autoptr (GList) all = gtk_window_list_toplevels ();
  for (guint i = 0; hidden != NULL && i < hidden->len; i++)
    if (g_list_find (all, hidden->pdata[i]) == NULL)
      continue; /* it went away meanwhile */
    else if (back)
      gtk_window_present (hidden->pdata[i]);
    else
      gtk_window_destroy (hidden->pdata[i]);
}

static void
drop_workspaces (MhWindow *window)
{
  mh_window_settle_dialogs (window, FALSE);
  if (window->workspaces != NULL)
    gtk_stack_remove (window->stack, GTK_WIDGET (window->workspaces));
  window->workspaces = NULL;
}

/* A kiosk's account has no desk: its visitors' window takes the place of this one. */
static void
become_kiosk (MhWindow *window)
{
  GtkWindow *kiosk
      = mh_kiosk_window_new (gtk_window_get_application (GTK_WINDOW (window)), window->context);
  gtk_window_present (kiosk);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who works in several has chosen one at this desk. */
static gboolean
may_change_hospital (MhWindow *window)
{
  MhRecord *user = mh_context_user (window->context);
  const char *const *others = user != NULL ? mh_record_list (user, MH_USER_HOSPITAL_IDS) : NULL;
  g_autofree char *last
      = window->settings != NULL ? g_settings_get_string (window->settings, "last-hospital") : NULL;
  return last != NULL && *last != '\0'
         && ((others != NULL && others[0] != NULL)
             || mh_context_may (window->context, MH_MAY_SEE_ALL_HOSPITALS));
}

static void
window_signed_in_cb (MhWindow *window)
{
  mh_api_set_unattended (mh_context_api (window->context), FALSE);
  if (mh_context_may (window->context, MH_MAY_BE_KIOSK))
    {
      become_kiosk (window);
      return;
    }

  window->locked = FALSE;
  window->last_touch = g_get_monotonic_time ();

  g_autoptr (GTimeZone) zone = mh_context_zone (window->context);
  mh_words_set_currency (mh_context_currency (window->context));
  mh_when_set_zone (zone);
  mh_when_set_clock (mh_context_clock (window->context));

  gboolean kiosks = mh_context_may (window->context, MH_MAY_WRITE_DEVICE);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.hospital", may_change_hospital (window));
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.kiosk", kiosks);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.kiosk-pin", kiosks);
  mh_text_size_apply (window->settings, mh_context_username (window->context));

  if (window->workspaces == NULL)
    {
      window->workspaces = MH_WORKSPACES (mh_workspaces_new (window->context));
      g_signal_connect (window->workspaces, "scanned", G_CALLBACK (window_scanned_cb), window);
      gtk_stack_add_child (window->stack, GTK_WIDGET (window->workspaces));
    }

  mh_sensitive_set (GTK_WIDGET (window->workspaces), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (window->workspaces), TRUE);
  gtk_stack_set_visible_child (window->stack, GTK_WIDGET (window->workspaces));

  if (page_on_show (window) != NULL)
    mh_page_shown (page_on_show (window));
  mh_window_settle_dialogs (window, TRUE);
  mh_keys_dialog_ask (GTK_WIDGET (window->workspaces), window->context);
}

/* The waiting room's screen is there for those who wait, not for who opened it. */
static gboolean
mh_window_shows_queue (void)
{
  g_autoptr (GListModel) toplevels = g_object_ref (gtk_window_get_toplevels ());
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (toplevels, i);
      GtkWidget *child = gtk_window_get_child (other);
      if (child != NULL && gtk_widget_has_css_class (child, "mh-waiting-room"))
        return TRUE;
    }
  return FALSE;
}

static void
lock (MhWindow *window, const char *reason)
{
  if (window->workspaces == NULL || window->locked)
    return;
  window->locked = TRUE;
  mh_api_set_unattended (mh_context_api (window->context), !mh_window_shows_queue ());
  mh_window_hide_dialogs (window);
  gtk_stack_set_visible_child_name (window->stack, "login");
  /* nothing of it takes the focus from the password, and no screen reader reads it */
  mh_sensitive_set (GTK_WIDGET (window->workspaces), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (window->workspaces), FALSE);
  mh_login_page_ask (window->login, mh_context_username (window->context), reason);
}

static void
window_expired_cb (MhContext *context, MhWindow *window)
{
  lock (window, _ ("Your session has ended. Sign in again; everything is as you left it."));
}

/* --- actions --- */

static void
action_go (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *page, *what;
  g_variant_get (parameter, "(&s&s)", &page, &what);
  window_go (MH_SHELL (widget), page, what);
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *type, *id;
  g_variant_get (parameter, "(&s&s)", &type, &id);
  window_open (MH_SHELL (widget), type, id);
}

static void
action_toast (GtkWidget *widget, const char *name, GVariant *parameter)
{
  window_toast (MH_SHELL (widget), g_variant_get_string (parameter, NULL), NULL, NULL, NULL);
}

static void
action_patient_changed (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  if (window->workspaces != NULL)
    mh_workspaces_patient_changed (window->workspaces);
}

/* By keys what the newest message's button does. */
static void
action_undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  if (window->undoable == NULL || window->locked)
    return;
  g_autoptr (AdwToast) toast = g_object_ref (window->undoable);
  g_clear_weak_pointer (&window->undoable);
  g_signal_emit_by_name (toast, "button-clicked");
  adw_toast_dismiss (toast);
}

static void
action_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  if (window->workspaces != NULL && !window->locked)
    mh_header_search (mh_workspaces_header (window->workspaces));
}

static void
action_lock (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lock (MH_WINDOW (widget), _ ("Locked. Everything is as you left it."));
}

static void
action_sign_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  gtk_stack_set_visible_child_name (window->stack, "login");
  drop_workspaces (window);
  window->locked = FALSE;
  mh_context_sign_out (window->context);
  mh_text_size_apply (window->settings, NULL);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Mahima"));
  mh_login_page_ask (window->login, NULL, NULL);
}

/* By the password again: each hospital has a local copy of its own, which it opens. */
static void
action_hospital (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_settings_reset (MH_WINDOW (widget)->settings, "last-hospital");
  action_sign_out (widget, name, parameter);
}

static void
action_password (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  if (window->workspaces != NULL && !window->locked)
    mh_password_dialog_show (GTK_WIDGET (window->workspaces), window->context);
}

static void
action_factor (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  if (window->workspaces != NULL && !window->locked)
    mh_factor_dialog_show (GTK_WIDGET (window->workspaces), window->context);
}

/* Another program beside this one: it signs in by an account of its own, and closes by the PIN. */
static void
action_kiosk (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *self = g_file_read_link ("/proc/self/exe", &error);
  const char *const argv[] = { self, "--kiosk", NULL };
  g_autoptr (GSubprocess) kiosk
      = self != NULL ? g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error) : NULL;
  if (kiosk == NULL)
    window_toast (MH_SHELL (widget), _ ("The kiosk could not be started."), NULL, NULL, NULL);
}

static void
action_kiosk_pin (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  if (window->workspaces != NULL && !window->locked)
    mh_pin_dialog_show (GTK_WIDGET (window->workspaces), window->context);
}

static void
action_sidebar (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  if (window->workspaces != NULL)
    mh_workspaces_toggle_side_bar (window->workspaces);
}

static void
action_fullscreen (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

static void
action_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  if (window->workspaces != NULL && !window->locked)
    mh_header_popup_menu (mh_workspaces_header (window->workspaces));
}

static void
action_bell (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  if (window->workspaces != NULL && !window->locked)
    mh_header_popup_bell (mh_workspaces_header (window->workspaces));
}

/* --- idle --- */

/* A session ends when nobody did anything for so long; that the desk keeps its copy fresh does not
 * count. Who only types, without the server, is told of now and then. */
static void
mh_window_attend (MhWindow *window)
{
  gint64 now = g_get_monotonic_time ();
  gboolean touched = !window->locked && now - window->last_touch < ATTENDED_US;
  mh_api_set_unattended (mh_context_api (window->context), !touched && !mh_window_shows_queue ());
  if (!touched || !mh_context_is_signed_in (window->context)
      || now - window->last_told < TOLD_EVERY_US)
    return;
  window->last_told = now;
  mh_fetch_async (window->context, &(MhFetch){ .route = "session.read" }, NULL, NULL, NULL);
}

static gboolean
idle_cb (gpointer data)
{
  MhWindow *window = data;
  mh_window_attend (window);
  if (g_get_monotonic_time () - window->last_touch
      > (gint64)mh_context_lock_minutes (window->context) * 60 * G_USEC_PER_SEC)
    lock (window, _ ("Locked, since nobody was at work here. Everything is as you left it."));
  return G_SOURCE_CONTINUE;
}

/* Letters of a search are no work that is lost: while a message offers Undo, the keys mean that. */
static gboolean
undo_key_cb (GtkEventControllerKey *keys,
             guint key,
             guint code,
             GdkModifierType state,
             MhWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  if (key != GDK_KEY_z || (state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK
      || window->undoable == NULL || focus == NULL
      || gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY) == NULL)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
}

static gboolean
window_event_cb (GtkEventController *controller, GdkEvent *event, MhWindow *window)
{
  window->last_touch = g_get_monotonic_time ();
  if (!window->locked)
    mh_api_set_unattended (mh_context_api (window->context), FALSE);
  if (window->workspaces != NULL)
    mh_sync_nudge (mh_context_sync (window->context));
  return FALSE;
}

/* Whoever types in a dialog is at work, too. */
static void
toplevels_cb (GListModel *toplevels, guint at, guint removed, guint added, MhWindow *window)
{
  for (guint i = at; i < at + added; i++)
    {
      g_autoptr (GtkWidget) other = g_list_model_get_item (toplevels, i);
      if (other == GTK_WIDGET (window))
        continue; /* its template watches it */
      GtkEventController *watch = gtk_event_controller_legacy_new ();
      gtk_event_controller_set_propagation_phase (watch, GTK_PHASE_CAPTURE);
      g_signal_connect_object (watch, "event", G_CALLBACK (window_event_cb), window, 0);
      gtk_widget_add_controller (other, watch);
    }
}

/* --- class --- */

static gboolean
mh_window_close_request (GtkWindow *gtk_window)
{
  MhWindow *window = MH_WINDOW (gtk_window);
  int width, height;
  gtk_window_get_default_size (gtk_window, &width, &height);
  if (window->settings != NULL)
    {
      g_settings_set_int (window->settings, "window-width", MAX (width, 360));
      g_settings_set_int (window->settings, "window-height", MAX (height, 294));
      g_settings_set_boolean (window->settings, "window-maximized",
                              gtk_window_is_maximized (gtk_window));
    }
  return GTK_WINDOW_CLASS (mh_window_parent_class)->close_request (gtk_window);
}

static void
mh_window_dispose (GObject *object)
{
  MhWindow *window = MH_WINDOW (object);
  g_clear_handle_id (&window->idle, g_source_remove);
  g_clear_weak_pointer (&window->undoable);
  g_clear_weak_pointer (&window->toast);
  g_cancellable_cancel (window->scanning);
  g_clear_object (&window->scanning);
  g_clear_pointer (&window->hidden, g_ptr_array_unref);
  window->workspaces = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), MH_TYPE_WINDOW);
  g_clear_object (&window->context);
  g_clear_object (&window->settings);
  G_OBJECT_CLASS (mh_window_parent_class)->dispose (object);
}

static void
mh_window_class_init (MhWindowClass *klass)
{
  static const struct
  {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc func;
  } actions[] = {
    { "win.go", "(ss)", action_go },
    { "win.open", "(ss)", action_open },
    { "win.toast", "s", action_toast },
    { "win.fail", "s", action_toast },
    { "win.patient-changed", NULL, action_patient_changed },
    { "win.search", NULL, action_search },
    { "win.undo", NULL, action_undo },
    { "win.lock", NULL, action_lock },
    { "win.sign-out", NULL, action_sign_out },
    { "win.hospital", NULL, action_hospital },
    { "win.password", NULL, action_password },
    { "win.second-factor", NULL, action_factor },
    { "win.sidebar", NULL, action_sidebar },
    { "win.fullscreen", NULL, action_fullscreen },
    { "win.menu", NULL, action_menu },
    { "win.bell", NULL, action_bell },
    { "win.kiosk", NULL, action_kiosk },
    { "win.kiosk-pin", NULL, action_kiosk_pin },
  };
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mh_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = mh_window_close_request;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget, actions[i].name, actions[i].type, actions[i].func);

  /* last of all: a field and a page have a Ctrl+Z of their own */
  gtk_widget_class_add_binding_action (widget, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);

  g_type_ensure (MH_TYPE_LOGIN_PAGE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("platform/shell/mh-window"));
  gtk_widget_class_bind_template_child (widget, MhWindow, toasts);
  gtk_widget_class_bind_template_child (widget, MhWindow, stack);
  gtk_widget_class_bind_template_child (widget, MhWindow, login);
  gtk_widget_class_bind_template_callback (widget, window_key_cb);
  gtk_widget_class_bind_template_callback (widget, undo_key_cb);
  gtk_widget_class_bind_template_callback (widget, window_event_cb);
  gtk_widget_class_bind_template_callback (widget, window_signed_in_cb);
}

static void
mh_window_init (MhWindow *window)
{
  window->last_touch = g_get_monotonic_time ();
  window->idle = g_timeout_add_seconds (15, idle_cb, window);
  gtk_widget_init_template (GTK_WIDGET (window));
  mh_burst_watch (GTK_WINDOW (window), burst_cb);
}

GtkWindow *
mh_window_new (GtkApplication *application, MhContext *context, GSettings *settings)
{
  MhWindow *window = g_object_new (MH_TYPE_WINDOW, "application", application, NULL);
  window->context = g_object_ref (context);
  window->settings = settings != NULL ? g_object_ref (settings) : NULL;
  mh_text_size_apply (window->settings, NULL);
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (toplevels_cb),
                           window, 0);
  g_object_set (window->login, "context", context, NULL);
  gtk_window_set_default_size (
      GTK_WINDOW (window), settings != NULL ? g_settings_get_int (settings, "window-width") : 1280,
      settings != NULL ? g_settings_get_int (settings, "window-height") : 800);
  if (settings != NULL && g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (window));
  mh_window_fill_browser (GTK_WINDOW (window));
  g_signal_connect_object (context, "session-expired", G_CALLBACK (window_expired_cb), window, 0);
  gtk_widget_grab_focus (GTK_WIDGET (window->login));

  return GTK_WINDOW (window);
}
