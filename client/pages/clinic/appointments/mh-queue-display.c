/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-queue-display.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "shared/records/clinic/mh-appointment.h"

#include <glib/gi18n-lib.h>

#define MOST_SHOWN 8
#define LOOK_EVERY 30 /* seconds, should a change have been missed */

typedef struct
{
  GtkWindow *window;
  GtkFlowBox *box;
  GtkLabel *clock;
  MhRecordList *queues;
  guint timer;
} Display;

static GtkWidget *
queue_display_card_of (MhRecord *queue)
{
  GtkWidget *card = mh_vbox (0);
  const char *now = mh_record_text (queue, MH_QUEUE_NOW);
  const char *room = mh_record_text (queue, MH_QUEUE_ROOM_NAME);
  const char *next = mh_record_text (queue, MH_QUEUE_NEXT);
  g_autofree char *where = room != NULL ? g_strdup_printf (_ ("Room %s"), room) : g_strdup ("");
  g_autofree char *then = next != NULL ? g_strdup_printf (_ ("Next: %s"), next) : g_strdup ("");
  GtkWidget *number = mh_label (now != NULL ? now : "–", "mh-call-number");

  /* a number in two lines is read as two */
  gtk_label_set_wrap (GTK_LABEL (number), FALSE);
  gtk_widget_add_css_class (card, "mh-call");
  gtk_box_append (GTK_BOX (card), mh_label (mh_record_text (queue, MH_QUEUE_NAME), "title-2"));
  gtk_box_append (GTK_BOX (card), number);
  if (mh_record_has (queue, MH_QUEUE_NOW_NAME))
    gtk_box_append (GTK_BOX (card),
                    mh_label (mh_record_text (queue, MH_QUEUE_NOW_NAME), "title-2"));

  gtk_box_append (GTK_BOX (card), mh_label (where, "title-1"));
  gtk_box_append (GTK_BOX (card), mh_label (then, "title-3"));
  return card;
}

static void
queues_cb (Display *display)
{
  GListModel *queues = G_LIST_MODEL (display->queues);
  guint n = g_list_model_get_n_items (queues);
  while (gtk_widget_get_first_child (GTK_WIDGET (display->box)) != NULL)
    gtk_flow_box_remove (display->box, gtk_widget_get_first_child (GTK_WIDGET (display->box)));
  for (guint i = 0; i < MIN (n, MOST_SHOWN); i++)
    {
      g_autoptr (MhRecord) queue = g_list_model_get_item (queues, i);
      gtk_flow_box_append (display->box, queue_display_card_of (queue));
    }
  if (n == 0)
    gtk_flow_box_append (display->box, mh_label (_ ("Nobody is called yet"), "title-1"));
}

static void
show_time (Display *display)
{
  g_autofree char *text = mh_when_clock (mh_when_now ());
  gtk_label_set_text (display->clock, text);
}

static gboolean
queue_display_look_cb (gpointer data)
{
  Display *display = data;
  show_time (display);
  mh_record_list_reload (display->queues);
  return G_SOURCE_CONTINUE;
}

/* A call shows at once. */
static void
queue_display_changed_cb (MhSync *sync,
                          gpointer type,
                          const char *id,
                          MhRecord *record,
                          GtkWindow *window)
{
  Display *display = g_object_get_data (G_OBJECT (window), "display");
  if (display != NULL && type == &mh_token_type)
    mh_record_list_reload (display->queues);
}

static void
display_free (gpointer data)
{
  Display *display = data;
  g_source_remove (display->timer);
  g_signal_handlers_disconnect_by_data (display->queues, display);
  g_object_unref (display->queues);
  g_free (display);
}

/* The monitor that the program's own window is not on. */
static GdkMonitor *
other_monitor (GtkWidget *opener)
{
  GdkDisplay *display = gtk_widget_get_display (opener);
  GListModel *monitors = gdk_display_get_monitors (display);
  GtkNative *native = gtk_widget_get_native (opener);
  GdkMonitor *mine
      = native != NULL
            ? gdk_display_get_monitor_at_surface (display, gtk_native_get_surface (native))
            : NULL;

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      if (monitor != mine)
        return monitor; /* the list keeps it */
    }

  return NULL;
}

static gboolean
queue_display_key_cb (GtkWindow *window, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_window_destroy (window);
  return GDK_EVENT_STOP;
}

static GtkWidget *
queue_display_content_of (Display *display)
{
  GtkWidget *content = mh_vbox (12);

  /* a box of GTK 4.8 tells too little where letters of two scripts stand beside each other */
  GtkWidget *head = g_object_new (MH_TYPE_WRAP, "spacing", 12, NULL);
  GtkWidget *title = mh_label (_ ("Waiting room"), "title-1");

  display->clock = GTK_LABEL (mh_label ("", "title-1"));
  display->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (display->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (display->box, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (display->box), GTK_ALIGN_START);
  gtk_flow_box_set_max_children_per_line (display->box, 4);
  gtk_flow_box_set_column_spacing (display->box, 24);
  gtk_flow_box_set_row_spacing (display->box, 24);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (content, "mh-waiting-room");
  mh_wrap_append (MH_WRAP (head), title);
  mh_wrap_append (MH_WRAP (head), GTK_WIDGET (display->clock));
  gtk_box_append (GTK_BOX (content), head);
  gtk_box_append (GTK_BOX (content), mh_scrolled (GTK_WIDGET (display->box)));

  return content;
}

void
mh_queue_display_show (GtkWidget *opener, MhContext *context)
{
  Display *display = g_new0 (Display, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GdkMonitor *monitor = other_monitor (opener);

  display->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_title (display->window, _ ("Waiting room"));
  gtk_window_set_default_size (display->window, 1100, 680);
  gtk_window_set_child (display->window, queue_display_content_of (display));
  display->queues = mh_record_list_new (context, "queue.list");
  display->timer = g_timeout_add_seconds (LOOK_EVERY, queue_display_look_cb, display);
  g_object_set_data_full (G_OBJECT (display->window), "display", display, display_free);
  g_signal_connect_swapped (display->queues, "items-changed", G_CALLBACK (queues_cb), display);
  g_signal_connect_object (mh_context_sync (context), "changed",
                           G_CALLBACK (queue_display_changed_cb), display->window, 0);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (queue_display_key_cb), display->window,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (display->window), keys);
  show_time (display);
  queues_cb (display);
  mh_record_list_set_args (display->queues, (const char *[]){ "limit", "200", NULL });
  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (display->window, monitor);
  gtk_window_present (display->window);
}
