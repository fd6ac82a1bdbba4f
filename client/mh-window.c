/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-window.h"

#include "client/compat/mh-compat.h"
#include "client/mh-header.h"
#include "client/mh-pages.h"
#include "client/models/mh-record-list.h"
#include "client/pages/login/mh-login-page.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-page.h"
#include "client/widgets/mh-search-entry.h"
#include "client/widgets/mh-shell.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/records/mh-permissions.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define IDLE_SECONDS (10 * 60)
#define SCAN_GAP_MS 35 /* no hand types this fast */
#define SCAN_LEAST 6   /* characters */

struct _MhWindow
{
  AdwApplicationWindow parent_instance;
  MhContext *context;
  GSettings *settings;
  GtkWidget *toasts;
  GtkWidget *stack; /* "login", "shell" */
  GtkWidget *login;
  GtkWidget *shell; /* NULL: nobody has signed in */
  GtkWidget *flap;
  GtkWidget *sidebar;
  GtkWidget *pages;
  GtkWidget *search;
  GtkWidget *net;
  GtkWidget *bell;
  GtkWidget *person;
  GString *burst; /* keys that may come from a scanner */
  gint64 last_key;
  gint64 last_touch;
  guint idle;
  gboolean locked;
};

static void mh_window_shell_init (MhShellInterface *iface);
static void show_page (MhWindow *window, const MhPageInfo *info, const char *what);

G_DEFINE_FINAL_TYPE_WITH_CODE (MhWindow,
                               mh_window,
                               ADW_TYPE_APPLICATION_WINDOW,
                               G_IMPLEMENT_INTERFACE (MH_TYPE_SHELL, mh_window_shell_init))

/* --- the shell interface --- */

static void
window_go (MhShell *shell, const char *page, const char *what)
{
  MhWindow *window = MH_WINDOW (shell);
  const MhPageInfo *info = mh_page_find (page);
  if (info != NULL && window->shell != NULL && mh_context_may (window->context, info->permission))
    show_page (window, info, what != NULL && *what != '\0' ? what : NULL);
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
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;
  if (undo->free_data != NULL)
    undo->free_data (undo->data);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast, Undo *undo)
{
  undo->undo (undo->data);
}

static void
window_toast (MhShell *shell,
              const char *text,
              MhUndo func,
              gpointer data,
              GDestroyNotify free_data)
{
  g_autofree char *safe = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (safe);
  if (func != NULL)
    {
      Undo *undo = g_new0 (Undo, 1);
      *undo = (Undo){ func, data, free_data };
      adw_toast_set_button_label (toast, _ ("Undo"));
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, undo_free, 0);
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (MH_WINDOW (shell)->toasts), toast);
}

static void
window_notify (MhShell *shell,
               const char *title,
               const char *text,
               const char *page,
               const char *what)
{
  MhWindow *window = MH_WINDOW (shell);
  g_autoptr (GNotification) note = g_notification_new (title);
  g_notification_set_body (note, text);
  g_application_send_notification (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))),
                                   NULL, note);
  if (window->bell != NULL)
    mh_header_bell_add (window->bell, title, text, page, what);
}

static void
mh_window_shell_init (MhShellInterface *iface)
{
  iface->go = window_go;
  iface->open = window_open;
  iface->toast = window_toast;
  iface->notify = window_notify;
}

/* --- pages --- */

static GtkWidget *
page_made (MhWindow *window, const MhPageInfo *info)
{
  GtkWidget *page = gtk_stack_get_child_by_name (GTK_STACK (window->pages), info->id);
  if (page == NULL)
    {
      page = info->make (window->context);
      gtk_stack_add_named (GTK_STACK (window->pages), page, info->id);
    }
  return page;
}

static void
mark_row (MhWindow *window, const MhPageInfo *info)
{
  GtkWidget *row = gtk_widget_get_first_child (window->sidebar);
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (g_object_get_data (G_OBJECT (row), "page") == info)
      gtk_list_box_select_row (GTK_LIST_BOX (window->sidebar), GTK_LIST_BOX_ROW (row));
}

static void
show_page (MhWindow *window, const MhPageInfo *info, const char *what)
{
  GtkWidget *page = page_made (window, info);
  g_autofree char *title = g_strdup_printf ("%s — %s", _ (info->label), _ ("Mahima"));
  gtk_stack_set_visible_child (GTK_STACK (window->pages), page);
  gtk_window_set_title (GTK_WINDOW (window), title);
  mark_row (window, info);
  if (mh_flap_is_folded (window->flap))
    mh_flap_set_revealed (window->flap, FALSE);
  if (!MH_IS_PAGE (page))
    return;
  if (what != NULL)
    mh_page_open (MH_PAGE (page), what);
  mh_page_shown (MH_PAGE (page));
}

static void
row_activated_cb (GtkListBox *box, GtkListBoxRow *row, MhWindow *window)
{
  const MhPageInfo *info = g_object_get_data (G_OBJECT (row), "page");
  if (info != NULL)
    show_page (window, info, NULL);
}

static GtkWidget *
page_row (const MhPageInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (_ (info->label));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (info->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  mh_accessible_name (row, _ (info->label));
  g_object_set_data (G_OBJECT (row), "page", (gpointer)info);
  if (info->accel != NULL)
    {
      guint key = 0;
      GdkModifierType mods = 0;
      gtk_accelerator_parse (info->accel, &key, &mods);
      g_autofree char *words = gtk_accelerator_get_label (key, mods);
      g_autofree char *tip = g_strdup_printf ("%s (%s)", _ (info->label), words);
      gtk_widget_set_tooltip_text (row, tip);
    }
  return row;
}

static void
group_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const MhPageInfo *info = g_object_get_data (G_OBJECT (row), "page");
  const MhPageInfo *above = before != NULL ? g_object_get_data (G_OBJECT (before), "page") : NULL;
  GtkWidget *label = NULL;
  if (above == NULL || g_strcmp0 (above->group, info->group) != 0)
    {
      label = gtk_label_new (_ (info->group));
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "mh-group");
      gtk_widget_add_css_class (label, "dim-label");
    }
  gtk_list_box_row_set_header (row, label);
}

static GtkWidget *
make_sidebar (MhWindow *window)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  window->sidebar = gtk_list_box_new ();
  gtk_widget_add_css_class (window->sidebar, "mh-sidebar");
  gtk_widget_add_css_class (scroller, "background");
  gtk_list_box_set_header_func (GTK_LIST_BOX (window->sidebar), group_header, NULL, NULL);
  mh_accessible_name (window->sidebar, _ ("Workspaces"));
  for (const MhPageInfo *info = mh_pages; info->id != NULL; info++)
    if (mh_context_may (window->context, info->permission))
      gtk_list_box_append (GTK_LIST_BOX (window->sidebar), page_row (info));
  g_signal_connect (window->sidebar, "row-activated", G_CALLBACK (row_activated_cb), window);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), window->sidebar);
  gtk_widget_set_size_request (scroller, 190, -1);
  return scroller;
}

/* --- finding and scanning --- */

static char *
patient_words (MhRecord *patient, char **out_detail)
{
  char today[MH_DATE_LENGTH + 1];
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  mh_date_format ((MhDate){ g_date_time_get_year (now), g_date_time_get_month (now),
                            g_date_time_get_day_of_month (now) },
                  today);
  g_autofree char *age = mh_words_age_sex (mh_record_text (patient, MH_PATIENT_BIRTH_DATE),
                                           mh_record_text (patient, MH_PATIENT_SEX), today);
  const char *mrn = mh_record_text (patient, MH_PATIENT_MRN);
  *out_detail = g_strjoin (" · ", age, mrn != NULL ? mrn : "", NULL);
  return mh_words_patient (patient);
}

static char *
order_words (MhRecord *order, char **out_detail)
{
  const char *name = mh_record_text (order, MH_ORDER_PATIENT_NAME);
  const char *number = mh_record_text (order, MH_ORDER_NUMBER);
  *out_detail = g_strdup (number != NULL ? number : "");
  return g_strdup (name != NULL ? name : "");
}

static void
chosen_cb (MhSearchEntry *entry, MhRecord *record, MhWindow *window)
{
  window_open (MH_SHELL (window), mh_record_type (record)->code, mh_record_id (record));
}

static void
found_scanned_cb (MhRecordList *list, guint position, guint removed, guint added, MhWindow *window)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    return;
  g_autoptr (MhRecord) record = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_signal_handlers_disconnect_by_func (list, found_scanned_cb, window);
  if (mh_record_type (record) == &mh_sample_type)
    window_open (MH_SHELL (window), "order", mh_record_text (record, MH_SAMPLE_ORDER_ID));
  else
    window_open (MH_SHELL (window), "patient", mh_record_id (record));
}

static void
scanned (MhWindow *window, int kind, const char *code)
{
  GtkWidget *page = gtk_stack_get_visible_child (GTK_STACK (window->pages));
  if (kind == MH_SCAN_BAD_CHECK)
    {
      mh_shell_toast (
          GTK_WIDGET (window),
          _ ("This code was read wrongly: its check character does not fit. Scan it again."));
      return;
    }
  if (MH_IS_PAGE (page) && mh_page_scan (MH_PAGE (page), kind, code))
    return;
  MhRecordList *list
      = mh_record_list_new (window->context, kind == MH_SCAN_MRN ? "patient.list" : "sample.list");
  const char *args[] = { kind == MH_SCAN_MRN ? "mrn" : "accession", code, NULL };
  g_object_set_data_full (G_OBJECT (window), "scan", list, g_object_unref);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (found_scanned_cb), window, 0);
  mh_record_list_set_args (list, args);
}

static void
scanned_cb (MhSearchEntry *entry, int kind, const char *code, MhWindow *window)
{
  scanned (window, kind, code);
}

static gboolean
end_of_burst (MhWindow *window)
{
  g_autofree char *code = NULL;
  MhScanKind kind = window->burst->len >= SCAN_LEAST ? mh_scan_classify (window->burst->str, &code)
                                                     : MH_SCAN_NONE;
  if (kind == MH_SCAN_NONE)
    return FALSE;
  scanned (window, (int)kind, code != NULL ? code : window->burst->str);
  g_string_truncate (window->burst, 0);
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *keys,
        guint key,
        guint keycode,
        GdkModifierType state,
        MhWindow *window)
{
  gint64 now = g_get_monotonic_time ();
  gunichar letter = gdk_keyval_to_unicode (key);
  GtkWidget *page
      = window->shell != NULL ? gtk_stack_get_visible_child (GTK_STACK (window->pages)) : NULL;
  gboolean shell = page != NULL && !window->locked;
  if (now - window->last_key > SCAN_GAP_MS * 1000)
    g_string_truncate (window->burst, 0);
  window->last_key = now;
  if (!shell || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter)
    return end_of_burst (window);
  if (letter < 0x20 || !g_unichar_isprint (letter))
    return FALSE;
  g_string_append_unichar (window->burst, letter);
  char text[7] = { 0 };
  g_unichar_to_utf8 (letter, text);
  return letter != ' ' && MH_IS_PAGE (page) && mh_page_type_ahead (MH_PAGE (page), text);
}

static GtkWidget *
make_search (MhWindow *window)
{
  MhSearchEntry *entry;
  window->search = mh_search_entry_new (_ ("Find anything (Ctrl+K)"));
  entry = MH_SEARCH_ENTRY (window->search);
  if (mh_context_may (window->context, MH_MAY_READ_PATIENT))
    {
      g_autoptr (MhRecordList) patients = mh_record_list_new (window->context, "patient.list");
      mh_search_entry_add (entry, "avatar-default-symbolic", patients, patient_words);
    }
  if (mh_context_may (window->context, MH_MAY_READ_ORDER))
    {
      g_autoptr (MhRecordList) orders = mh_record_list_new (window->context, "order.list");
      mh_search_entry_add (entry, "mh-order-symbolic", orders, order_words);
    }
  for (const MhPageInfo *info = mh_pages; info->id != NULL; info++)
    {
      g_autofree char *action = g_strdup_printf ("win.go(('%s',''))", info->id);
      if (mh_context_may (window->context, info->permission))
        mh_search_entry_add_command (entry, _ (info->label), info->icon, action);
    }
  g_signal_connect (entry, "chosen", G_CALLBACK (chosen_cb), window);
  g_signal_connect (entry, "scanned", G_CALLBACK (scanned_cb), window);
  return window->search;
}

/* --- shell --- */

static GtkWidget *
make_header (MhWindow *window)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *toggle = mh_icon_button_new ("sidebar-show-symbolic", _ ("Workspaces"), "win.sidebar");
  window->net = mh_header_net_new (window->context);
  window->bell = mh_header_bell_new ();
  window->person = mh_header_person_new (window->context);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), toggle);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   mh_clamp_new (make_search (window), 460));
  adw_header_bar_set_centering_policy (ADW_HEADER_BAR (header), ADW_CENTERING_POLICY_LOOSE);
  gtk_widget_set_hexpand (window->search, TRUE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), window->person);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), window->bell);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), window->net);
  return header;
}

/* A phone's width: the words go, the signs stay. */
static gboolean
fold_header (gpointer data)
{
  MhWindow *window = data;
  if (window->flap == NULL)
    return G_SOURCE_REMOVE;
  gboolean folded = mh_flap_is_folded (window->flap);
  mh_header_net_set_short (window->net, window->context, folded);
  gtk_widget_set_visible (window->bell, !folded);
  return G_SOURCE_REMOVE;
}

/* It comes in the middle of a layout, when nothing may be shown or hidden. */
static void
folded_cb (MhWindow *window)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, fold_header, g_object_ref (window), g_object_unref);
}

static void
make_shell (MhWindow *window)
{
  const MhPageInfo *first = NULL;
  window->shell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  window->pages = gtk_stack_new ();
  gtk_widget_set_hexpand (window->pages, TRUE);
  gtk_widget_set_vexpand (window->pages, TRUE);
  gtk_stack_set_hhomogeneous (GTK_STACK (window->pages), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (window->pages), FALSE);
  gtk_box_append (GTK_BOX (window->shell), make_header (window));
  window->flap = mh_flap_new (make_sidebar (window), window->pages);
  gtk_box_append (GTK_BOX (window->shell), window->flap);
  g_signal_connect_object (window->flap, "notify::folded", G_CALLBACK (folded_cb), window,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_named (GTK_STACK (window->stack), window->shell, "shell");
  for (const MhPageInfo *info = mh_pages; info->id != NULL && first == NULL; info++)
    if (mh_context_may (window->context, info->permission))
      first = info;
  if (first != NULL)
    show_page (window, first, NULL);
}

static void
drop_shell (MhWindow *window)
{
  if (window->shell != NULL)
    gtk_stack_remove (GTK_STACK (window->stack), window->shell);
  window->shell = window->flap = window->sidebar = window->pages = NULL;
  window->search = window->net = window->bell = window->person = NULL;
}

static void
signed_in_cb (MhLoginPage *login, MhWindow *window)
{
  window->locked = FALSE;
  window->last_touch = g_get_monotonic_time ();
  if (window->shell == NULL)
    make_shell (window);
  gtk_stack_set_visible_child (GTK_STACK (window->stack), window->shell);
  GtkWidget *page = gtk_stack_get_visible_child (GTK_STACK (window->pages));
  if (MH_IS_PAGE (page))
    mh_page_shown (MH_PAGE (page));
}

static void
lock (MhWindow *window, const char *reason)
{
  if (window->shell == NULL || window->locked)
    return;
  window->locked = TRUE;
  gtk_stack_set_visible_child_name (GTK_STACK (window->stack), "login");
  mh_login_page_ask (MH_LOGIN_PAGE (window->login), mh_context_username (window->context), reason);
}

static void
expired_cb (MhContext *context, MhWindow *window)
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
action_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  if (window->search != NULL && !window->locked)
    gtk_widget_grab_focus (window->search);
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
  gtk_stack_set_visible_child_name (GTK_STACK (window->stack), "login");
  drop_shell (window);
  window->locked = FALSE;
  mh_context_sign_out (window->context);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Mahima"));
  mh_login_page_ask (MH_LOGIN_PAGE (window->login), NULL, NULL);
}

static void
action_sidebar (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWindow *window = MH_WINDOW (widget);
  if (window->flap != NULL)
    mh_flap_set_revealed (window->flap, !mh_flap_is_revealed (window->flap));
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
  if (window->person != NULL && !window->locked)
    gtk_menu_button_popup (GTK_MENU_BUTTON (window->person));
}

/* --- idle --- */

static gboolean
idle_cb (gpointer data)
{
  MhWindow *window = data;
  if (g_get_monotonic_time () - window->last_touch > (gint64)IDLE_SECONDS * G_USEC_PER_SEC)
    lock (window, _ ("Locked after ten minutes. Everything is as you left it."));
  return G_SOURCE_CONTINUE;
}

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, MhWindow *window)
{
  window->last_touch = g_get_monotonic_time ();
  return FALSE;
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
  g_clear_object (&window->context);
  g_clear_object (&window->settings);
  G_OBJECT_CLASS (mh_window_parent_class)->dispose (object);
}

static void
mh_window_finalize (GObject *object)
{
  g_string_free (MH_WINDOW (object)->burst, TRUE);
  G_OBJECT_CLASS (mh_window_parent_class)->finalize (object);
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
    { "win.search", NULL, action_search },
    { "win.lock", NULL, action_lock },
    { "win.sign-out", NULL, action_sign_out },
    { "win.sidebar", NULL, action_sidebar },
    { "win.fullscreen", NULL, action_fullscreen },
    { "win.menu", NULL, action_menu },
  };
  G_OBJECT_CLASS (klass)->dispose = mh_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = mh_window_close_request;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), actions[i].name, actions[i].type,
                                     actions[i].func);
}

static void
mh_window_init (MhWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *touch = gtk_event_controller_legacy_new ();
  window->burst = g_string_new (NULL);
  window->last_touch = g_get_monotonic_time ();
  window->idle = g_timeout_add_seconds (15, idle_cb, window);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), window);
  g_signal_connect (touch, "event", G_CALLBACK (event_cb), window);
  gtk_event_controller_set_propagation_phase (touch, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  gtk_widget_add_controller (GTK_WIDGET (window), touch);
  gtk_widget_set_size_request (GTK_WIDGET (window), 360, 294);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Mahima"));
}

static GtkWidget *
login_with_header (MhWindow *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *preferences
      = mh_icon_button_new ("emblem-system-symbolic", _ ("Preferences"), "app.preferences");
  gtk_widget_add_css_class (header, "flat");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), gtk_label_new (NULL));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), preferences);
  window->login = mh_login_page_new (window->context);
  gtk_widget_set_vexpand (window->login, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), window->login);
  return box;
}

GtkWindow *
mh_window_new (GtkApplication *application, MhContext *context, GSettings *settings)
{
  MhWindow *window = g_object_new (MH_TYPE_WINDOW, "application", application, NULL);
  window->context = g_object_ref (context);
  window->settings = settings != NULL ? g_object_ref (settings) : NULL;
  window->toasts = adw_toast_overlay_new ();
  window->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (window->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (window->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (window->stack), login_with_header (window), "login");
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (window->toasts), window->stack);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), window->toasts);
  gtk_window_set_default_size (
      GTK_WINDOW (window), settings != NULL ? g_settings_get_int (settings, "window-width") : 1280,
      settings != NULL ? g_settings_get_int (settings, "window-height") : 800);
  if (settings != NULL && g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (window));
  g_signal_connect (window->login, "signed-in", G_CALLBACK (signed_in_cb), window);
  g_signal_connect_object (context, "session-expired", G_CALLBACK (expired_cb), window, 0);
  gtk_widget_grab_focus (window->login);
  return GTK_WINDOW (window);
}
