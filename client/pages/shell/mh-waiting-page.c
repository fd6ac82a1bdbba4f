/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/shell/mh-waiting-page.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-words.h"

#include <glib/gi18n-lib.h>

struct _MhWaitingPage
{
  GtkWidget parent_instance;
  MhContext *context;
  GtkWidget *scroller;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (MhWaitingPage, mh_waiting_page, GTK_TYPE_WIDGET)

static void
mh_waiting_page_dispose (GObject *object)
{
  MhWaitingPage *page = MH_WAITING_PAGE (object);
  g_clear_pointer (&page->scroller, gtk_widget_unparent);
  g_clear_object (&page->context);
  G_OBJECT_CLASS (mh_waiting_page_parent_class)->dispose (object);
}

static void
mh_waiting_page_class_init (MhWaitingPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_waiting_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static const struct
{
  const char *route;
  const char *words;
} routes[] = {
  { "patient.create", N_ ("Register a patient") },  { "patient.update", N_ ("Change a patient") },
  { "order.place", N_ ("Place an order") },         { "order.update", N_ ("Change an order") },
  { "payment.take", N_ ("Take a payment") },        { "custody.add", N_ ("Note a step of a tube") },
  { "result.save", N_ ("Save results") },           { "prescription.create", N_ ("Prescribe") },
  { "device.create", N_ ("Make this desk known") },
};

static const char *
words_of (const char *route)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_strcmp0 (routes[i].route, route) == 0)
      return _ (routes[i].words);
  return route;
}

static gint64
seq_of (GtkWidget *button)
{
  return *(gint64 *)g_object_get_data (G_OBJECT (button), "seq");
}

static void
again_cb (GtkWidget *button, MhWaitingPage *page)
{
  mh_sync_retry (mh_context_sync (page->context), seq_of (button));
}

static void
given_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  gint64 seq = seq_of (GTK_WIDGET (source));
  g_autoptr (MhWaitingPage) page = data;
  if (mh_ask_finish (result) && page->context != NULL)
    mh_sync_drop (mh_context_sync (page->context), seq);
}

static void
give_up_cb (GtkWidget *button, MhWaitingPage *page)
{
  mh_ask_async (button, _ ("Give this change up?"),
                _ ("It never reached the server and cannot be brought back."), _ ("Give up"), TRUE,
                given_up_cb, g_object_ref (page));
}

static GtkWidget *
row_button (MhWaitingPage *page, const char *label, gint64 seq, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_object_set_data_full (G_OBJECT (button), "seq", g_memdup2 (&seq, sizeof seq), g_free);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", callback, page);
  return button;
}

static GtkWidget *
row_of (MhWaitingPage *page, const MhOp *op)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean refused = g_strcmp0 (op->state, MH_OP_CONFLICT) == 0;
  g_autofree char *time = mh_words_time (op->made_at);
  g_autofree char *text
      = g_markup_escape_text (refused && op->problem != NULL ? op->problem : time, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words_of (op->route_id));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             mh_status_pill_new (refused ? "rejected" : "placed",
                                                 refused ? _ ("Refused") : _ ("Waiting")));
  if (refused)
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), row_button (page, _ ("Send again"), op->seq,
                                                                   G_CALLBACK (again_cb)));
      adw_action_row_add_suffix (
          ADW_ACTION_ROW (row), row_button (page, _ ("Give up"), op->seq, G_CALLBACK (give_up_cb)));
    }
  return row;
}

static void
refresh (MhWaitingPage *page)
{
  g_autoptr (GPtrArray) ops = mh_sync_list_ops (mh_context_sync (page->context));
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (page->box)) != NULL)
    gtk_box_remove (GTK_BOX (page->box), child);
  if (ops == NULL || ops->len == 0)
    {
      gtk_box_append (
          GTK_BOX (page->box),
          mh_empty_new (
              "emblem-ok-symbolic", _ ("Everything is at the server"),
              _ ("What you do while the server is away waits here and is sent by itself."), NULL,
              NULL));
      return;
    }
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Not yet at the server"));
  for (guint i = 0; i < ops->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               row_of (page, g_ptr_array_index (ops, i)));
  gtk_box_append (GTK_BOX (page->box), group);
}

static void
mh_waiting_page_init (MhWaitingPage *page)
{
  page->scroller = gtk_scrolled_window_new ();
  page->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_top (page->box, 18);
  gtk_widget_set_margin_start (page->box, 12);
  gtk_widget_set_margin_end (page->box, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (page->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page->scroller),
                                 mh_clamp_new (page->box, 760));
  gtk_widget_set_parent (page->scroller, GTK_WIDGET (page));
}

GtkWidget *
mh_waiting_page_new (MhContext *context)
{
  MhWaitingPage *page = g_object_new (MH_TYPE_WAITING_PAGE, NULL);
  MhSync *sync = mh_context_sync (context);
  page->context = g_object_ref (context);
  g_signal_connect_object (sync, "notify::waiting", G_CALLBACK (refresh), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::conflicts", G_CALLBACK (refresh), page,
                           G_CONNECT_SWAPPED);
  refresh (page);
  return GTK_WIDGET (page);
}
