/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-attempt-view.h"

#include "client/models/mh-fetch.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-code-area.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/media/mh-picture-file.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/money/mh-gateway.h"

#include <glib/gi18n-lib.h>

#define QR_SIZE 220

struct _MhAttemptView
{
  MhPane parent_instance;
  MhRecord *attempt;
  gboolean code;
  GdkTexture *picture; /* the provider's own, where the content is not told */
  GtkWidget *paper, *stop;
  GtkLabel *state, *detail, *address;
};

G_DEFINE_FINAL_TYPE (MhAttemptView, mh_attempt_view, MH_TYPE_PANE)

enum
{
  STOP,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static gboolean
attempt_view_is (MhAttemptView *view, const char *status)
{
  return view->attempt != NULL
         && g_strcmp0 (mh_record_text (view->attempt, MH_ATTEMPT_STATUS), status) == 0;
}

static gboolean
attempt_view_is_open (MhAttemptView *view)
{
  return attempt_view_is (view, MH_ATTEMPT_ASKED) || attempt_view_is (view, MH_ATTEMPT_OPEN)
         || attempt_view_is (view, MH_ATTEMPT_AUTHORIZED);
}

/* --- the code --- */

/* A picture that was asked for: another attempt may be on show when it comes. */
typedef struct
{
  MhAttemptView *view;
  MhRecord *attempt;
} Wanted;

static void
attempt_view_wanted_free (Wanted *wanted)
{
  g_object_unref (wanted->view);
  g_object_unref (wanted->attempt);
  g_free (wanted);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wanted, attempt_view_wanted_free)

static Wanted *
attempt_view_wanted_new (MhAttemptView *view)
{
  Wanted *wanted = g_new (Wanted, 1);
  *wanted = (Wanted){ g_object_ref (view), g_object_ref (view->attempt) };
  return wanted;
}

static gboolean
is_on_show (const Wanted *wanted)
{
  return wanted->view->attempt != NULL
         && g_strcmp0 (mh_record_id (wanted->view->attempt), mh_record_id (wanted->attempt)) == 0;
}

static void
attempt_view_picture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wanted) wanted = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = mh_fetch_finish_file (result, &error);
  MhAttemptView *view = wanted->view;

  if (mh_pane_context (MH_PANE (view)) == NULL || answer == NULL || !is_on_show (wanted))
    return;

  g_clear_object (&view->picture);
  view->picture = mh_picture_file_texture (answer, NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (view->paper), "picture");
  GtkWidget *picture = gtk_stack_get_child_by_name (GTK_STACK (view->paper), "picture");

  gtk_picture_set_paintable (GTK_PICTURE (picture), GDK_PAINTABLE (view->picture));
}

static void
show_code (MhAttemptView *view)
{
  const char *content = mh_record_text (view->attempt, MH_ATTEMPT_QR_CONTENT);
  const char *args[] = { "id", mh_record_id (view->attempt), NULL };
  const char *url = mh_record_text (view->attempt, MH_ATTEMPT_URL);

  if (content == NULL && !mh_record_bool (view->attempt, MH_ATTEMPT_QR_IMAGE))
    content = url;
  GtkWidget *area = gtk_stack_get_child_by_name (GTK_STACK (view->paper), "code");

  view->code = mh_code_area_show (GTK_DRAWING_AREA (area), content) && content != NULL;
  gtk_widget_set_visible (view->paper,
                          attempt_view_is_open (view)
                              && (view->code || view->picture != NULL
                                  || mh_record_bool (view->attempt, MH_ATTEMPT_QR_IMAGE)));
  gtk_stack_set_visible_child_name (GTK_STACK (view->paper),
                                    !view->code && view->picture != NULL ? "picture" : "code");
  if (!view->code && view->picture == NULL && mh_record_bool (view->attempt, MH_ATTEMPT_QR_IMAGE)
      && mh_pane_context (MH_PANE (view)) != NULL)
    mh_fetch_async (mh_pane_context (MH_PANE (view)),
                    &(MhFetch){ .route = "attempt.image", .args = args },
                    mh_pane_cancellable (MH_PANE (view)), attempt_view_picture_cb,
                    attempt_view_wanted_new (view));
}

/* --- how it stands --- */

static const struct
{
  const char *status, *words, *style;
} states[] = {
  { MH_ATTEMPT_ASKED, N_ ("⟳ Asking the bank for a code"), "mh-warm" },
  { MH_ATTEMPT_OPEN, N_ ("⟳ Waiting for the bank"), "mh-warm" },
  { MH_ATTEMPT_AUTHORIZED, N_ ("⟳ The bank holds the money"), "mh-warm" },
  { MH_ATTEMPT_PAID, N_ ("✓ Paid"), "mh-good" },
  { MH_ATTEMPT_FAILED, N_ ("✕ It could not be made"), "mh-late" },
  { MH_ATTEMPT_EXPIRED, N_ ("✕ Not paid in time"), "mh-late" },
  { MH_ATTEMPT_CLOSING, N_ ("⟳ Asking the bank whether it was paid"), "mh-warm" },
  { MH_ATTEMPT_CLOSED, N_ ("Stopped; nothing was paid"), "dim-label" },
};

static void
attempt_view_show_state (MhAttemptView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (view->state), states[i].style);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (attempt_view_is (view, states[i].status))
      {
        gtk_label_set_text (view->state, g_dgettext (GETTEXT_PACKAGE, states[i].words));
        gtk_widget_add_css_class (GTK_WIDGET (view->state), states[i].style);
      }
}

static void
attempt_view_show_detail (MhAttemptView *view)
{
  gint64 close_by = mh_record_int (view->attempt, MH_ATTEMPT_CLOSE_BY);
  const char *failure = mh_record_text (view->attempt, MH_ATTEMPT_FAILURE);
  g_autofree char *amount = mh_money_display (mh_record_int (view->attempt, MH_ATTEMPT_AMOUNT),
                                              mh_record_text (view->attempt, MH_ATTEMPT_CURRENCY));
  g_autofree char *until = mh_words_time (close_by);
  g_autofree char *text = failure != NULL ? g_strdup_printf ("%s · %s", amount, failure)
                          : attempt_view_is_open (view) && close_by > 0
                              ? g_strdup_printf (_ ("%s, to be paid until %s"), amount, until)
                              : g_strdup (amount);

  gtk_label_set_text (view->detail, text);
  const char *url = mh_record_text (view->attempt, MH_ATTEMPT_URL);
  gtk_label_set_text (view->address, url != NULL && attempt_view_is_open (view) ? url : "");
}

void
mh_attempt_view_show (MhAttemptView *view, MhRecord *attempt)
{
  gboolean other = attempt == NULL || view->attempt == NULL
                   || g_strcmp0 (mh_record_id (attempt), mh_record_id (view->attempt)) != 0;
  if (other)
    g_clear_object (&view->picture);
  g_set_object (&view->attempt, attempt);
  gtk_widget_set_visible (GTK_WIDGET (view), attempt != NULL);
  if (attempt == NULL)
    return;

  show_code (view);
  attempt_view_show_state (view);
  attempt_view_show_detail (view);
  gtk_widget_set_visible (view->stop, attempt_view_is (view, MH_ATTEMPT_ASKED)
                                          || attempt_view_is (view, MH_ATTEMPT_OPEN));
}

static void
attempt_view_stop_cb (MhAttemptView *view)
{
  g_signal_emit (view, signals[STOP], 0);
}

/* --- making it --- */

static void
mh_attempt_view_finalize (GObject *object)
{
  MhAttemptView *view = MH_ATTEMPT_VIEW (object);
  g_clear_object (&view->attempt);
  g_clear_object (&view->picture);
  G_OBJECT_CLASS (mh_attempt_view_parent_class)->finalize (object);
}

static void
mh_attempt_view_class_init (MhAttemptViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_attempt_view_finalize;
  signals[STOP] = g_signal_new ("stop", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-attempt-view"));
  gtk_widget_class_bind_template_child (widget, MhAttemptView, paper);
  gtk_widget_class_bind_template_child (widget, MhAttemptView, stop);
  gtk_widget_class_bind_template_child (widget, MhAttemptView, state);
  gtk_widget_class_bind_template_child (widget, MhAttemptView, detail);
  gtk_widget_class_bind_template_child (widget, MhAttemptView, address);
  gtk_widget_class_bind_template_callback (widget, attempt_view_stop_cb);
  mh_closures_bind (widget);
}

static void
mh_attempt_view_init (MhAttemptView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  GtkWidget *area = gtk_drawing_area_new (), *picture = gtk_picture_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), QR_SIZE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), QR_SIZE);
  gtk_widget_set_size_request (picture, QR_SIZE, QR_SIZE);
  gtk_stack_add_named (GTK_STACK (view->paper), area, "code");
  gtk_stack_add_named (GTK_STACK (view->paper), picture, "picture");
  gtk_widget_set_visible (GTK_WIDGET (view), FALSE);
}
