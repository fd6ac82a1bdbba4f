/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/frontdesk/mh-today-line.h"

#include "client/models/mh-record-list.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

/* A change of a token is told by the feed; this is for what only time changes. */
#define LOOK_EVERY 30
#define AFTER_CHANGE_MS 400
#define MOST_SHOWN 4

struct _MhTodayLine
{
  MhPane parent_instance;
  MhRecordList *queues;
  GtkLabel *label;
  guint timer, soon;
};

G_DEFINE_FINAL_TYPE (MhTodayLine, mh_today_line, MH_TYPE_PANE)

/* The texts of one field of all queues that have it, "A12, B7". */
static char *
joined (GListModel *queues, guint field)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint shown = 0;
  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (MhRecord) queue = g_list_model_get_item (queues, i);
      if (!mh_record_has (queue, field))
        continue;
      if (++shown > MOST_SHOWN)
        {
          g_string_append (out, " …");
          break;
        }
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", mh_record_text (queue, field));
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
mh_today_line_text (GListModel *queues)
{
  guint waiting = 0;
  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (MhRecord) queue = g_list_model_get_item (queues, i);
      waiting += (guint)mh_record_int (queue, MH_QUEUE_N_WAITING);
    }

  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *now = joined (queues, MH_QUEUE_NOW);
  g_autofree char *next = joined (queues, MH_QUEUE_NEXT);

  g_string_printf (text, ngettext ("Today: %u waiting", "Today: %u waiting", waiting), waiting);
  if (now[0] != 0)
    {
      g_autofree char *part = g_strdup_printf (_ ("token %s now"), now);
      g_string_append_printf (text, " · %s", part);
    }

  if (next[0] != 0)
    {
      g_autofree char *part = g_strdup_printf (_ ("next %s"), next);
      g_string_append_printf (text, " · %s", part);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* While it is asked anew the line stays. */
static void
today_line_show_cb (MhTodayLine *line)
{
  if (mh_record_list_is_loading (line->queues))
    return;
  g_autofree char *text = mh_today_line_text (G_LIST_MODEL (line->queues));
  gtk_label_set_label (line->label, text);
  gtk_widget_set_visible (GTK_WIDGET (line->label), mh_record_list_problem (line->queues) == NULL);
}

static gboolean
today_line_look_cb (gpointer data)
{
  MhTodayLine *line = data;
  if (gtk_widget_get_mapped (GTK_WIDGET (line)))
    mh_record_list_reload (line->queues);
  return G_SOURCE_CONTINUE;
}

static gboolean
today_line_soon_cb (gpointer data)
{
  MhTodayLine *line = data;
  line->soon = 0;
  today_line_look_cb (line);
  return G_SOURCE_REMOVE;
}

static void
today_line_changed_cb (MhSync *sync,
                       gpointer type,
                       const char *id,
                       MhRecord *record,
                       MhTodayLine *line)
{
  if (type == &mh_token_type && line->soon == 0)
    line->soon = g_timeout_add (AFTER_CHANGE_MS, today_line_soon_cb, line);
}

static void
today_line_begin (MhPane *pane)
{
  MhTodayLine *line = MH_TODAY_LINE (pane);
  MhContext *context = mh_pane_context (pane);
  gboolean may = mh_context_may (context, MH_MAY_READ_APPOINTMENT);

  gtk_widget_set_visible (GTK_WIDGET (line), may);
  if (!may)
    return;

  mh_pane_keep (pane, &line->queues, mh_record_list_new (context, "queue.list"));
  g_signal_connect_object (line->queues, "notify::loading", G_CALLBACK (today_line_show_cb), line,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_context_sync (context), "changed", G_CALLBACK (today_line_changed_cb),
                           line, 0);
  line->timer = g_timeout_add_seconds (LOOK_EVERY, today_line_look_cb, line);
  mh_record_list_set_args (line->queues, (const char *[]){ "limit", "200", NULL });
}

static void
mh_today_line_dispose (GObject *object)
{
  MhTodayLine *line = MH_TODAY_LINE (object);
  g_clear_handle_id (&line->timer, g_source_remove);
  g_clear_handle_id (&line->soon, g_source_remove);
  G_OBJECT_CLASS (mh_today_line_parent_class)->dispose (object);
}

static void
mh_today_line_class_init (MhTodayLineClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_today_line_dispose;
  MH_PANE_CLASS (klass)->begin = today_line_begin;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/frontdesk/mh-today-line"));
  gtk_widget_class_bind_template_child (widget, MhTodayLine, label);
}

static void
mh_today_line_init (MhTodayLine *line)
{
  gtk_widget_init_template (GTK_WIDGET (line));
}
