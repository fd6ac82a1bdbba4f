/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-kiosk-window.h"

#include "client/compat/mh-compat.h"
#include "client/mh-locale.h"
#include "client/models/mh-fetch.h"
#include "client/pages/front/kiosk/mh-kiosk-keys.h"
#include "client/pages/front/kiosk/mh-kiosk-visit.h"
#include "client/pages/platform/login/mh-login-page.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/front/mh-kiosk.h"

#include "client/pages/front/kiosk/mh-kiosk-words.h"

/* Before the server has said more. */
#define IDLE_SECONDS 90
/* Whoever pays looks at a telephone, not at the kiosk. */
#define IDLE_PAYING_SECONDS 300
#define WARN_SECONDS 15
#define RETRY_SECONDS 10
/* From this width on everything is larger, if there is the height for a keyboard of such keys. */
#define WIDE 700
#define LOW 760
/* From this height on there is room for each entry below the other, and a keyboard. */
#define TALL 1000
#define MAY_BE_KIOSK "kiosk.use"

struct _MhKioskWindow
{
  AdwApplicationWindow parent_instance;
  MhContext *context;
  GCancellable *cancellable;
  MhRecord *state;     /* kiosk_state; NULL: the server has not answered yet */
  MhKioskVisit *visit; /* NULL: nobody is there */
  GtkStack *stack;
  MhLoginPage *login;
  GtkWidget *languages, *staff, *leave, *stay, *pin;
  GtkLabel *hospital, *greeting, *away, *pin_title, *pin_problem, *countdown_text;
  GtkRevealer *countdown;
  gint64 last_touch, asked_at;
  guint tick;
  gboolean guarded; /* closes by the PIN alone */
};

G_DEFINE_FINAL_TYPE (MhKioskWindow, mh_kiosk_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
shows (MhKioskWindow *window, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (window->stack), name) == 0;
}

/* --- words --- */

static void
reword (MhKioskWindow *window)
{
  gtk_window_set_title (GTK_WINDOW (window), _ ("Kiosk"));
  gtk_button_set_label (GTK_BUTTON (window->staff), _ ("Staff"));
  gtk_button_set_label (GTK_BUTTON (window->leave), _ ("Close the kiosk"));
  gtk_button_set_label (GTK_BUTTON (window->stay), _ ("Back"));
  gtk_label_set_label (window->pin_title, _ ("PIN of the staff"));
  mh_accessible_name (window->pin, _ ("PIN of the staff"));
  gtk_label_set_label (window->away,
                       _ ("The kiosk has no connection just now. Please ask at the desk."));
}

static void
speak (MhKioskWindow *window, const char *language)
{
  mh_locale_speak (language);
  reword (window);
}

/* --- what the server says of the kiosk --- */

static void
kiosk_window_show_state (MhKioskWindow *window)
{
  gboolean there = window->state != NULL;
  gtk_label_set_label (window->hospital,
                       there ? mh_record_text (window->state, MH_KIOSK_STATE_HOSPITAL) : "");
  gtk_widget_set_visible (GTK_WIDGET (window->away), !there);
  for (GtkWidget *child = gtk_widget_get_first_child (window->languages); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      gtk_widget_set_sensitive (child, there);
}

static void
kiosk_window_state_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhKioskWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (window->context == NULL)
    return;
  if (answer != NULL)
    g_set_object (&window->state, answer);
  else if (!g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    g_clear_object (&window->state);
  kiosk_window_show_state (window);
}

static void
ask_state (MhKioskWindow *window)
{
  window->asked_at = g_get_monotonic_time ();
  mh_fetch_async (window->context, &(MhFetch){ .route = "kiosk.state" }, window->cancellable,
                  kiosk_window_state_cb, g_object_ref (window));
}

/* --- what there is room for --- */

static void
set_class (MhKioskWindow *window, const char *name, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (GTK_WIDGET (window), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (window), name);
}

/* Lists and forms fit a telephone's width too, but a screen in the hall is read from a step away.
 */
static void
kiosk_window_fit (MhKioskWindow *window)
{
  int width = gtk_widget_get_width (GTK_WIDGET (window));
  int height = gtk_widget_get_height (GTK_WIDGET (window));
  gboolean low = height < LOW;
  if (width <= 0)
    return;
  set_class (window, "mh-kiosk-wide", width >= WIDE && !low);
  set_class (window, "mh-kiosk-low", low);
  if (window->visit != NULL)
    mh_kiosk_visit_set_beside (window->visit, height < TALL && width >= WIDE);
}

/* --- visits --- */

/* Nothing of a visitor stays: not their words on the screen, not what they copied. */
static void
kiosk_window_clear (MhKioskWindow *window)
{
  MhKioskVisit *visit = g_steal_pointer (&window->visit);
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  if (visit != NULL)
    {
      mh_kiosk_visit_end (visit);
      gtk_stack_remove (window->stack, GTK_WIDGET (visit));
    }

  gdk_clipboard_set_content (gdk_display_get_clipboard (display), NULL);
  gdk_clipboard_set_content (gdk_display_get_primary_clipboard (display), NULL);
  gtk_editable_set_text (GTK_EDITABLE (window->pin), "");
  gtk_widget_set_visible (GTK_WIDGET (window->pin_problem), FALSE);
  gtk_revealer_set_reveal_child (window->countdown, FALSE);
}

static void
home_cb (MhKioskWindow *window)
{
  gtk_stack_set_visible_child_name (window->stack, "welcome");
  kiosk_window_clear (window);
  speak (window, mh_kiosk_languages[0].code);
  gtk_widget_set_visible (window->staff, TRUE);
  gtk_widget_child_focus (window->languages, GTK_DIR_TAB_FORWARD);
  ask_state (window);
}

static void
language_cb (GtkButton *button, MhKioskWindow *window)
{
  const char *language = g_object_get_data (G_OBJECT (button), "language");
  if (window->state == NULL)
    return;
  kiosk_window_clear (window);
  speak (window, language);
  window->visit = MH_KIOSK_VISIT (mh_kiosk_visit_new (window->context, window->state, language));
  g_signal_connect_swapped (window->visit, "over", G_CALLBACK (home_cb), window);
  gtk_stack_add_child (window->stack, GTK_WIDGET (window->visit));
  kiosk_window_fit (window);
  gtk_stack_set_visible_child (window->stack, GTK_WIDGET (window->visit));
  gtk_widget_child_focus (GTK_WIDGET (window->visit), GTK_DIR_TAB_FORWARD);
}

static void
fill_languages (MhKioskWindow *window)
{
  gtk_label_set_label (window->greeting, "Welcome · स्वागत है · स्वागत आहे · خوش آمدید");
  for (const MhKioskLanguage *language = mh_kiosk_languages; language->code != NULL; language++)
    {
      GtkWidget *button = gtk_button_new_with_label (language->name);
      gtk_widget_add_css_class (button, "mh-kiosk-button");
      gtk_widget_add_css_class (button, "suggested-action");
      g_object_set_data (G_OBJECT (button), "language", (gpointer)language->code);
      g_signal_connect (button, "clicked", G_CALLBACK (language_cb), window);
      gtk_box_append (GTK_BOX (window->languages), button);
    }
}

/* --- signing in --- */

static void
kiosk_window_signed_in_cb (MhKioskWindow *window)
{
  if (!mh_context_may (window->context, MAY_BE_KIOSK))
    {
      mh_context_sign_out (window->context);
      mh_login_page_ask (window->login, NULL, _ ("This account is not that of a kiosk."));
      return;
    }
  window->guarded = TRUE;
  g_autoptr (GTimeZone) zone = mh_context_zone (window->context);
  mh_words_set_currency (mh_context_currency (window->context));
  mh_when_set_zone (zone);
  mh_when_set_clock (mh_context_clock (window->context));
  home_cb (window);
}

static void
kiosk_window_expired_cb (MhContext *context, MhKioskWindow *window)
{
  kiosk_window_clear (window);
  gtk_widget_set_visible (window->staff, FALSE);
  gtk_stack_set_visible_child_name (window->stack, "login");
  mh_login_page_ask (window->login, mh_context_username (context),
                     _ ("The kiosk must sign in again."));
}

/* --- leaving --- */

static void
staff_cb (MhKioskWindow *window)
{
  kiosk_window_clear (window);
  gtk_stack_set_visible_child_name (window->stack, "staff");
  gtk_widget_grab_focus (window->pin);
}

static void
kiosk_window_left_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhKioskWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);
  if (window->context == NULL || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return;

  if (answer != NULL)
    {
      window->guarded = FALSE;
      mh_context_sign_out (window->context);
      gtk_window_destroy (GTK_WINDOW (window));
      return;
    }

  g_autofree char *words = g_error_matches (error, MH_ERROR, MH_ERROR_CONFLICT)
                               ? g_strdup (_ ("No PIN is set yet: a manager sets one."))
                               : mh_kiosk_words_of_error (error, TRUE);

  gtk_editable_set_text (GTK_EDITABLE (window->pin), "");
  gtk_label_set_label (window->pin_problem, words);
  gtk_widget_set_visible (GTK_WIDGET (window->pin_problem), TRUE);
  gtk_widget_grab_focus (window->pin);
}

static void
kiosk_window_leave_cb (MhKioskWindow *window)
{
  g_autoptr (MhRecord) pin = mh_record_new (&mh_kiosk_pin_type);
  g_autofree char *key = mh_id_new ();
  mh_record_set_text (pin, MH_KIOSK_PIN_PIN, gtk_editable_get_text (GTK_EDITABLE (window->pin)));
  g_autofree char *json = mh_record_to_json (pin, MH_JSON_AS_INPUT);
  mh_fetch_async (window->context, &(MhFetch){ .route = "kiosk.leave", .body = json, .key = key },
                  window->cancellable, kiosk_window_left_cb, g_object_ref (window));
}

static gboolean
mh_kiosk_window_close_request (GtkWindow *gtk_window)
{
  return MH_KIOSK_WINDOW (gtk_window)->guarded
         || GTK_WINDOW_CLASS (mh_kiosk_window_parent_class)->close_request (gtk_window);
}

/* --- idle --- */

static gint64
idle_limit (MhKioskWindow *window)
{
  gint64 limit = window->state != NULL ? mh_record_int (window->state, MH_KIOSK_STATE_IDLE_SECONDS)
                                       : IDLE_SECONDS;
  return window->visit != NULL && mh_kiosk_visit_is_paying (window->visit)
             ? MAX (limit, IDLE_PAYING_SECONDS)
             : limit;
}

static void
count_down (MhKioskWindow *window, gint64 left)
{
  gboolean warn = left <= WARN_SECONDS;
  if (warn)
    {
      g_autofree char *words = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "Are you still there? This screen is cleared in %u second.",
                       "Are you still there? This screen is cleared in %u seconds.", (gulong)left),
          (guint)left);
      gtk_label_set_label (window->countdown_text, words);
    }
  gtk_revealer_set_reveal_child (window->countdown, warn);
}

static gboolean
kiosk_window_tick_cb (gpointer data)
{
  MhKioskWindow *window = data;
  kiosk_window_fit (window);
  gint64 now = g_get_monotonic_time ();
  gint64 left = idle_limit (window) - (now - window->last_touch) / G_USEC_PER_SEC;

  if (shows (window, "login"))
    return G_SOURCE_CONTINUE;

  if (shows (window, "welcome"))
    {
      if (window->state == NULL && now - window->asked_at > RETRY_SECONDS * G_USEC_PER_SEC)
        ask_state (window);
      return G_SOURCE_CONTINUE;
    }

  if (left > 0)
    count_down (window, left);
  else
    home_cb (window);

  return G_SOURCE_CONTINUE;
}

static gboolean
kiosk_window_event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, MhKioskWindow *window)
{
  window->last_touch = g_get_monotonic_time ();
  return FALSE;
}

/* --- class --- */

static void
mh_kiosk_window_dispose (GObject *object)
{
  MhKioskWindow *window = MH_KIOSK_WINDOW (object);
  g_clear_handle_id (&window->tick, g_source_remove);
  g_cancellable_cancel (window->cancellable);
  window->visit = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), MH_TYPE_KIOSK_WINDOW);
  g_clear_object (&window->context);
  g_clear_object (&window->state);
  G_OBJECT_CLASS (mh_kiosk_window_parent_class)->dispose (object);
}

static void
mh_kiosk_window_finalize (GObject *object)
{
  g_object_unref (MH_KIOSK_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (mh_kiosk_window_parent_class)->finalize (object);
}

static void
mh_kiosk_window_class_init (MhKioskWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_kiosk_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_kiosk_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = mh_kiosk_window_close_request;

  g_type_ensure (MH_TYPE_LOGIN_PAGE);
  g_type_ensure (MH_TYPE_KIOSK_KEYS);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("platform/shell/mh-kiosk-window"));

  gtk_widget_class_bind_template_child (widget, MhKioskWindow, stack);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, login);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, languages);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, greeting);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, away);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, hospital);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, staff);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, pin);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, pin_title);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, pin_problem);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, leave);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, stay);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, countdown);
  gtk_widget_class_bind_template_child (widget, MhKioskWindow, countdown_text);

  gtk_widget_class_bind_template_callback (widget, kiosk_window_event_cb);
  gtk_widget_class_bind_template_callback (widget, kiosk_window_signed_in_cb);
  gtk_widget_class_bind_template_callback (widget, staff_cb);
  gtk_widget_class_bind_template_callback (widget, kiosk_window_leave_cb);
  gtk_widget_class_bind_template_callback (widget, home_cb);
}

static void
mh_kiosk_window_init (MhKioskWindow *window)
{
  window->cancellable = g_cancellable_new ();
  window->last_touch = g_get_monotonic_time ();
  gtk_widget_init_template (GTK_WIDGET (window));
  gtk_widget_add_css_class (GTK_WIDGET (window), "mh-kiosk-wide");
  fill_languages (window);
  reword (window);
}

GtkWindow *
mh_kiosk_window_new (GtkApplication *application, MhContext *context)
{
  MhKioskWindow *window = g_object_new (MH_TYPE_KIOSK_WINDOW, "application", application, NULL);
  window->context = g_object_ref (context);
  g_object_set (window->login, "context", context, NULL);
  window->tick = g_timeout_add_seconds (1, kiosk_window_tick_cb, window);
  g_signal_connect_object (context, "session-expired", G_CALLBACK (kiosk_window_expired_cb), window,
                           0);
  gtk_window_fullscreen (GTK_WINDOW (window));
  mh_window_fill_browser (GTK_WINDOW (window));
  gtk_widget_grab_focus (GTK_WIDGET (window->login));
  if (mh_context_is_signed_in (context))
    kiosk_window_signed_in_cb (window);
  return GTK_WINDOW (window);
}
