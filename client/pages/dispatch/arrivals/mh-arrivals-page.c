/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/arrivals/mh-arrivals-page.h"

#include "client/models/mh-record-list.h"
#include "client/pages/dispatch/arrivals/mh-arrival-acts.h"
#include "client/pages/dispatch/arrivals/mh-arrival-words.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-detail.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/dispatch/mh-arrival.h"
#include "shared/rules/dispatch/mh-arrival-steps.h"

#include <glib/gi18n-lib.h>

#define LEAST_WIDTH 640
#define TICK_SECONDS 10

struct _MhArrivalsPage
{
  MhPane parent_instance;
  MhRecordList *arrivals;
  MhRecord *shown; /* NULL: none */
  char *wanted;    /* id of what is shown or will be when its row comes */
  guint ticks;
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  MhDetail *detail;
};

G_DEFINE_FINAL_TYPE (MhArrivalsPage, mh_arrivals_page, MH_TYPE_PANE)

/* --- the list --- */

static const MhTableColumn columns[] = {
  { .title = N_ ("Expected"),
    .text = mh_arrival_due_text,
    .style = mh_arrival_due_style,
    .width = 95,
    .line = MH_LINE_TRAILING },
  { .title = N_ ("Priority"),
    .text = mh_arrival_priority_text,
    .style = mh_arrival_priority_style,
    .width = 150,
    .line = MH_LINE_TITLE },
  { .title = N_ ("Patient"), .text = mh_arrival_patient_text, .expand = TRUE, .width = 105 },
  { .title = N_ ("State"),
    .text = mh_arrival_state_text,
    .style = mh_arrival_state_style,
    .width = 172,
    .line = MH_LINE_MARK },
  { .field = "site_name", .expand = TRUE, .width = 95 },
  { NULL },
};

/* Who comes first; whose time nobody knows comes last. */
static int
arrivals_page_compare (gconstpointer a, gconstpointer b)
{
  const gint64 one = mh_record_int ((MhRecord *)a, MH_ARRIVAL_DUE_AT);
  const gint64 other = mh_record_int ((MhRecord *)b, MH_ARRIVAL_DUE_AT);
  if (one == other)
    return g_strcmp0 (mh_record_id ((MhRecord *)a), mh_record_id ((MhRecord *)b));
  return one == 0 ? 1 : other == 0 ? -1 : one < other ? -1 : 1;
}

static gboolean
arrivals_page_belongs (MhRecord *arrival, gpointer data)
{
  return mh_arrival_is_open (mh_record_text (arrival, MH_ARRIVAL_STATE));
}

/* --- one of them --- */

static char *
arrivals_page_title_cb (MhArrivalsPage *page)
{
  return page->shown != NULL ? g_strdup (mh_record_text (page->shown, MH_ARRIVAL_CALL_NUMBER))
                             : NULL;
}

static gboolean
arrivals_page_may (MhArrivalsPage *page, const char *step)
{
  return mh_arrival_may (mh_pane_context (MH_PANE (page)), page->shown, step);
}

static gboolean
arrivals_page_may_accept_cb (MhArrivalsPage *page)
{
  return arrivals_page_may (page, MH_ARRIVAL_ACCEPT);
}

static gboolean
arrivals_page_may_arrive_cb (MhArrivalsPage *page)
{
  return arrivals_page_may (page, MH_ARRIVAL_ARRIVE);
}

static gboolean
arrivals_page_may_hand_over_cb (MhArrivalsPage *page)
{
  return arrivals_page_may (page, MH_ARRIVAL_HAND_OVER);
}

static gboolean
arrivals_page_may_refuse_cb (MhArrivalsPage *page)
{
  return arrivals_page_may (page, MH_ARRIVAL_REFUSE);
}

static gboolean
arrivals_page_may_cancel_cb (MhArrivalsPage *page)
{
  return arrivals_page_may (page, MH_ARRIVAL_CANCEL);
}

static void
arrivals_page_tell_history (MhArrivalsPage *page)
{
  static const struct
  {
    const char *what;
    guint at, name; /* 0: nobody is named */
  } steps[] = {
    { N_ ("Taken over"), MH_ARRIVAL_HANDED_AT, MH_ARRIVAL_HANDED_NAME },
    { N_ ("Arrived"), MH_ARRIVAL_ARRIVED_AT, 0 },
    { N_ ("Answered"), MH_ARRIVAL_ANSWERED_AT, MH_ARRIVAL_ANSWERED_NAME },
    { N_ ("Told"), MH_ARRIVAL_TOLD_AT, MH_ARRIVAL_TOLD_NAME },
  };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    mh_detail_event (page->detail, mh_record_int (page->shown, steps[i].at), _ (steps[i].what),
                     steps[i].name != 0 ? mh_record_text (page->shown, steps[i].name) : NULL, NULL,
                     NULL);
}

static void
arrivals_page_tell (MhArrivalsPage *page)
{
  MhRecord *arrival = page->shown;
  mh_detail_clear (page->detail, arrival == NULL ? _ ("Choose who comes") : NULL);
  if (arrival != NULL)
    {
      const char *what = mh_record_text (arrival, MH_ARRIVAL_WHAT);
      const char *style = mh_arrival_state_style (arrival);
      g_autofree char *priority = mh_arrival_priority_text (arrival);
      g_autofree char *patient = mh_arrival_patient_text (arrival);
      g_autofree char *state = mh_arrival_state_text (arrival);
      g_autofree char *due = mh_arrival_due_text (arrival);
      g_autofree char *bed = g_strconcat (
          due, mh_record_bool (arrival, MH_ARRIVAL_KEEPS_BED) ? "\n" : "",
          mh_record_bool (arrival, MH_ARRIVAL_KEEPS_BED) ? _ ("A bed is kept.") : "", NULL);
      mh_detail_head (page->detail, priority, *patient != 0 ? patient : _ ("A patient"), what,
                      mh_record_text (arrival, MH_ARRIVAL_SITE_NAME));
      mh_detail_state (page->detail, state,
                       g_strcmp0 (style, "mh-abnormal") == 0 ? "mh-warm" : "mh-good", bed);
      arrivals_page_tell_history (page);
    }
  mh_pane_changed (MH_PANE (page));
}

/* --- which one is shown --- */

/* The row that is shown, as it is now: other desks change it, too. */
static void
arrivals_page_follow_cb (MhArrivalsPage *page)
{
  g_set_object (&page->shown, mh_master_detail_row (&page->master_detail, page->wanted));
  arrivals_page_tell (page);
}

static const char *
arrivals_page_shown_id (MhPane *pane)
{
  return MH_ARRIVALS_PAGE (pane)->wanted;
}

static void
arrivals_page_show_one (MhPane *pane, const char *id)
{
  MhArrivalsPage *page = MH_ARRIVALS_PAGE (pane);
  g_free (page->wanted);
  page->wanted = g_strdup (id);
  arrivals_page_follow_cb (page);
}

/* --- acts --- */

static void
arrivals_page_do (MhArrivalsPage *page, const char *step)
{
  mh_arrival_do (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->shown, step);
}

static void
arrivals_page_accept_cb (MhArrivalsPage *page)
{
  arrivals_page_do (page, MH_ARRIVAL_ACCEPT);
}

static void
arrivals_page_arrive_cb (MhArrivalsPage *page)
{
  arrivals_page_do (page, MH_ARRIVAL_ARRIVE);
}

static void
arrivals_page_hand_over_cb (MhArrivalsPage *page)
{
  arrivals_page_do (page, MH_ARRIVAL_HAND_OVER);
}

static void
arrivals_page_refuse_cb (MhArrivalsPage *page)
{
  arrivals_page_do (page, MH_ARRIVAL_REFUSE);
}

static void
arrivals_page_cancel_cb (MhArrivalsPage *page)
{
  arrivals_page_do (page, MH_ARRIVAL_CANCEL);
}

static const struct
{
  guint key;
  const char *action;
  void (*act) (MhArrivalsPage *page);
} acts[] = {
  { GDK_KEY_F2, "arrivals.accept", arrivals_page_accept_cb },
  { GDK_KEY_F4, "arrivals.arrive", arrivals_page_arrive_cb },
  { GDK_KEY_F6, "arrivals.hand-over", arrivals_page_hand_over_cb },
  { GDK_KEY_F8, "arrivals.refuse", arrivals_page_refuse_cb },
  { GDK_KEY_F9, "arrivals.cancel", arrivals_page_cancel_cb },
};

static void
arrivals_page_act_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].action, name))
      acts[i].act (MH_ARRIVALS_PAGE (widget));
}

/* --- the page --- */

static void
arrivals_page_shown (MhPane *pane)
{
  MhArrivalsPage *page = MH_ARRIVALS_PAGE (pane);
  mh_record_table_enter (page->table);
}

static gboolean
arrivals_page_tick_cb (gpointer data)
{
  MhArrivalsPage *page = data;
  mh_record_table_refresh (page->table);
  if (page->shown != NULL)
    arrivals_page_tell (page);
  return G_SOURCE_CONTINUE;
}

static void
arrivals_page_begin (MhPane *pane)
{
  static const MhMasterDetailHow how = { arrivals_page_shown_id, arrivals_page_show_one };
  MhArrivalsPage *page = MH_ARRIVALS_PAGE (pane);
  mh_pane_keep (pane, &page->arrivals, mh_record_list_new (mh_pane_context (pane), "arrival.list"));
  mh_record_list_set_belongs (page->arrivals, arrivals_page_belongs, NULL);
  mh_record_list_set_compare (page->arrivals, arrivals_page_compare);
  mh_record_list_set_keep (page->arrivals, TRUE);
  mh_record_table_setup (page->table, "arrivals", &mh_arrival_type, columns,
                         G_LIST_MODEL (page->arrivals), MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->table, LEAST_WIDTH);
  mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split,
                          G_LIST_MODEL (page->arrivals));

  g_signal_connect_object (page->arrivals, "notify::n-items", G_CALLBACK (arrivals_page_follow_cb),
                           page, G_CONNECT_SWAPPED);
  page->ticks = g_timeout_add_seconds (TICK_SECONDS, arrivals_page_tick_cb, page);
  mh_record_list_set_args (page->arrivals, (const char *[]){ "open", "true", NULL });
  arrivals_page_tell (page);
}

static void
arrivals_page_open (MhPane *pane, const char *what)
{
  if (what != NULL && *what != 0)
    mh_master_detail_show (&MH_ARRIVALS_PAGE (pane)->master_detail, what, TRUE);
}

static void
mh_arrivals_page_dispose (GObject *object)
{
  MhArrivalsPage *page = MH_ARRIVALS_PAGE (object);
  g_clear_handle_id (&page->ticks, g_source_remove);
  g_clear_object (&page->shown);
  g_clear_pointer (&page->wanted, g_free);
  G_OBJECT_CLASS (mh_arrivals_page_parent_class)->dispose (object);
}

static void
mh_arrivals_page_class_init (MhArrivalsPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_arrivals_page_dispose;
  MH_PANE_CLASS (klass)->begin = arrivals_page_begin;
  MH_PANE_CLASS (klass)->open = arrivals_page_open;
  MH_PANE_CLASS (klass)->shown = arrivals_page_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_DETAIL);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("dispatch/arrivals/mh-arrivals-page"));
  gtk_widget_class_bind_template_child (widget, MhArrivalsPage, split);
  gtk_widget_class_bind_template_child (widget, MhArrivalsPage, table);
  gtk_widget_class_bind_template_child (widget, MhArrivalsPage, detail);

  gtk_widget_class_bind_template_callback (widget, arrivals_page_title_cb);
  gtk_widget_class_bind_template_callback (widget, arrivals_page_may_accept_cb);
  gtk_widget_class_bind_template_callback (widget, arrivals_page_may_arrive_cb);
  gtk_widget_class_bind_template_callback (widget, arrivals_page_may_hand_over_cb);
  gtk_widget_class_bind_template_callback (widget, arrivals_page_may_refuse_cb);
  gtk_widget_class_bind_template_callback (widget, arrivals_page_may_cancel_cb);
  gtk_widget_class_bind_template_callback (widget, arrivals_page_accept_cb);
  gtk_widget_class_bind_template_callback (widget, arrivals_page_arrive_cb);
  gtk_widget_class_bind_template_callback (widget, arrivals_page_hand_over_cb);
  gtk_widget_class_bind_template_callback (widget, arrivals_page_refuse_cb);
  gtk_widget_class_bind_template_callback (widget, arrivals_page_cancel_cb);
  mh_closures_bind (widget);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      gtk_widget_class_install_action (widget, acts[i].action, NULL, arrivals_page_act_action);
      gtk_widget_class_add_binding_action (widget, acts[i].key, 0, acts[i].action, NULL);
    }
}

static void
mh_arrivals_page_init (MhArrivalsPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_arrivals_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_ARRIVALS_PAGE, "context", context, NULL);
}
