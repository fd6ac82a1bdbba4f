/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/calls/mh-calls-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/pages/dispatch/calls/mh-call-dialog.h"
#include "client/pages/dispatch/calls/mh-call-history.h"
#include "client/pages/dispatch/calls/mh-call-protocol.h"
#include "client/pages/dispatch/calls/mh-call-words.h"
#include "client/pages/dispatch/hospitals/mh-site-choice.h"
#include "client/pages/dispatch/missions/mh-call-units.h"
#include "client/pages/dispatch/missions/mh-mission-acts.h"
#include "client/pages/dispatch/missions/mh-send-dialog.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/mh-act.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-timeline.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define LEAST_WIDTH 520
#define TICK_SECONDS 1   /* who is asked, and what is sent by itself, has seconds */
#define TABLE_SECONDS 10 /* the list tells minutes */

struct _MhCallsPage
{
  MhPane parent_instance;
  MhRecordList *calls;
  MhCallProtocol *protocol; /* of what is shown */
  MhRecord *shown;          /* NULL: none */
  gint64 version;           /* of what is shown, whose history was asked for; -1: none was */
  char *wanted;             /* id of what is shown or will be when its row comes */
  GPtrArray *events;        /* MhRecord of what is shown; NULL: not there yet */
  GCancellable *asking;
  guint ticks, seconds;
  const char *style; /* of the priority */
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  MhTimeline *timeline;
  MhCallUnits *units;
  GtkStack *stack;
  GtkLabel *title, *priority, *needs, *waits, *sending, *facts, *problem;
  GtkWidget *leave, *actions, *take, *part, *callers, *callers_part;
  GtkWidget *send, *veto, *own, *step, *down, *correct; /* as the call and its units stand */
};

G_DEFINE_FINAL_TYPE (MhCallsPage, mh_calls_page, MH_TYPE_PANE)

/* --- the list --- */

static char *
calls_page_priority_text (MhRecord *call)
{
  return mh_call_priority_text (mh_call_priority (call));
}

static const char *
calls_page_priority_style (MhRecord *call)
{
  return mh_call_priority_style (mh_call_priority (call));
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Priority"),
    .text = calls_page_priority_text,
    .style = calls_page_priority_style,
    .width = 150,
    .line = MH_LINE_TITLE },
  { .title = N_ ("Waited"),
    .text = mh_call_waits_text,
    .style = mh_call_waits_style,
    .width = 150,
    .line = MH_LINE_TRAILING },
  { .field = "place", .expand = TRUE, .width = 120 },
  { .title = N_ ("Units"), .text = mh_call_units_text, .style = mh_call_units_style, .width = 130 },
  { .field = "card_title", .width = 120 },
  { NULL },
};

/* The most urgent first, then who has waited longest. What nobody has judged yet is looked at as if
 * it were the most urgent. */
static int
calls_page_compare (gconstpointer a, gconstpointer b)
{
  MhRecord *one = (MhRecord *)a, *other = (MhRecord *)b;
  const int difference = (int)mh_call_priority (one) - (int)mh_call_priority (other);
  const gint64 later = mh_record_int (one, MH_EMERGENCY_CALL_CALL_AT)
                       - mh_record_int (other, MH_EMERGENCY_CALL_CALL_AT);
  return difference != 0 ? difference : later < 0 ? -1 : later > 0;
}

static gboolean
calls_page_belongs (MhRecord *call, gpointer data)
{
  return !mh_emergency_is_over (call);
}

/* --- one call --- */

static void
calls_page_tell_events_cb (MhCallsPage *page)
{
  mh_timeline_clear (page->timeline);
  for (guint i = 0; page->events != NULL && i < page->events->len; i++)
    {
      MhRecord *event = g_ptr_array_index (page->events, i);
      g_autofree char *detail = mh_call_history_text (mh_call_protocol_get (page->protocol), event);
      mh_timeline_add (page->timeline, mh_record_int (event, MH_EMERGENCY_EVENT_AT),
                       mh_words_of_code (&mh_emergency_event_type.fields[MH_EMERGENCY_EVENT_KIND],
                                         mh_record_text (event, MH_EMERGENCY_EVENT_KIND)),
                       mh_record_text (event, MH_EMERGENCY_EVENT_BY_NAME), detail, NULL);
    }
}

static void
calls_page_say (MhCallsPage *page, const char *words, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (page->problem), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (page->problem), "error");
  gtk_label_set_text (page->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (page->problem), *words != 0);
}

static void
calls_page_events_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCallsPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = mh_fetch_finish_list (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL
      || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return;

  g_autofree char *words = error != NULL ? mh_words_error (error) : g_strdup ("");
  calls_page_say (page, words, TRUE);
  if (events == NULL)
    {
      page->version = -1;
      return;
    }
  g_clear_pointer (&page->events, g_ptr_array_unref);
  page->events = g_steal_pointer (&events);
  calls_page_tell_events_cb (page);
}

/* "98120 32145 · Asha · he has fallen, too". Caller frees. */
static char *
calls_page_caller_text (MhRecord *caller)
{
  static const guint fields[]
      = { MH_EMERGENCY_CALLER_PHONE, MH_EMERGENCY_CALLER_NAME, MH_EMERGENCY_CALLER_SAID };
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (mh_record_has (caller, fields[i]))
      g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "",
                              mh_record_text (caller, fields[i]));
  return g_string_free (out, FALSE);
}

static void
calls_page_callers_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCallsPage) page = data;
  g_autoptr (GPtrArray) callers = mh_fetch_finish_list (result, NULL);
  if (mh_pane_context (MH_PANE (page)) == NULL || callers == NULL)
    return;

  mh_box_clear (page->callers);
  for (guint i = 0; i < callers->len; i++)
    {
      g_autofree char *words = calls_page_caller_text (g_ptr_array_index (callers, i));
      mh_box_append (page->callers, mh_label (words, NULL));
    }
}

static void
calls_page_ask_callers (MhCallsPage *page)
{
  const char *args[] = { "id", mh_record_id (page->shown), "limit", "50", NULL };
  const gboolean any = mh_record_int (page->shown, MH_EMERGENCY_CALL_N_CALLERS) > 0;
  gtk_widget_set_visible (page->callers_part, any);
  mh_box_clear (page->callers);
  if (any)
    mh_fetch_async (mh_pane_context (MH_PANE (page)),
                    &(MhFetch){ .route = "call.callers", .args = args }, page->asking,
                    calls_page_callers_cb, g_object_ref (page));
}

/* What the server does not have yet has no history there. */
static void
calls_page_ask_events (MhCallsPage *page)
{
  const gint64 version = page->shown != NULL ? mh_record_version (page->shown) : 0;
  if (version == page->version)
    return;

  page->version = version;
  g_cancellable_cancel (page->asking);
  g_clear_object (&page->asking);
  const gboolean waits = page->shown != NULL && version == 0;
  calls_page_say (page, waits ? _ ("The history comes when the server has the call.") : "", FALSE);
  gtk_widget_set_visible (page->callers_part, FALSE);
  if (version == 0)
    return;

  const char *args[] = { "id", mh_record_id (page->shown), "limit", "200", NULL };
  page->asking = g_cancellable_new ();
  mh_call_protocol_want (page->protocol,
                         mh_record_text (page->shown, MH_EMERGENCY_CALL_PROTOCOL_EDITION));
  mh_fetch_async (mh_pane_context (MH_PANE (page)),
                  &(MhFetch){ .route = "call.events", .args = args }, page->asking,
                  calls_page_events_cb, g_object_ref (page));
  calls_page_ask_callers (page);
}

/* Caller frees. */
static char *
calls_page_needs_text (MhRecord *call)
{
  const char *const *codes = mh_record_list (call, MH_EMERGENCY_CALL_NEEDS);
  guint needs = 0;
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    needs |= mh_can_of (codes[i]);
  return mh_call_needs_text (needs);
}

static void
calls_page_tell_facts (MhCallsPage *page)
{
  static const guint fields[] = { MH_EMERGENCY_CALL_PLACE,       MH_EMERGENCY_CALL_PHONE,
                                  MH_EMERGENCY_CALL_CALLER_NAME, MH_EMERGENCY_CALL_SUMMARY,
                                  MH_EMERGENCY_CALL_CARD_TITLE,  MH_EMERGENCY_CALL_PRIORITY_REASON,
                                  MH_EMERGENCY_CALL_STATE,       MH_EMERGENCY_CALL_OWNER_NAME,
                                  MH_EMERGENCY_CALL_N_JOINED };
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const MhField *field = &mh_emergency_call_type.fields[fields[i]];
      g_autofree char *value = mh_words_value (page->shown, fields[i]);
      if (*value != 0 && !g_str_equal (value, "0"))
        g_string_append_printf (out, "%s%s: %s", out->len > 0 ? "\n" : "", mh_words_label (field),
                                value);
    }
  gtk_label_set_text (page->facts, out->str);
  g_string_free (out, TRUE);
}

static MhRecord *
calls_page_find (MhCallsPage *page, const char *id)
{
  int at = id != NULL ? mh_record_list_find (page->calls, id) : -1;
  return at >= 0 ? g_list_model_get_item (G_LIST_MODEL (page->calls), (guint)at) : NULL;
}

/* "MH-E000002 · joined to MH-E000001". Caller frees. */
static char *
calls_page_title (MhCallsPage *page, const char *number)
{
  g_autoptr (MhRecord) head
      = calls_page_find (page, mh_record_text (page->shown, MH_EMERGENCY_CALL_HEAD_ID));
  if (number == NULL)
    return g_strdup (_ ("Waits to be sent"));
  return head != NULL ? g_strdup_printf (_ ("%s · joined to %s"), number,
                                         mh_record_text (head, MH_EMERGENCY_CALL_NUMBER))
                      : g_strdup (number);
}

/* Whose call it is, and which of the acts with units there are. */
static void
calls_page_tell_sending (MhCallsPage *page)
{
  MhRecord *call = page->shown;
  MhRecord *mission = mh_call_units_chosen (page->units);
  MhContext *context = mh_pane_context (MH_PANE (page));
  const char *owner = mh_record_text (call, MH_EMERGENCY_CALL_OWNER_ID);
  gboolean directs = context != NULL && mh_context_may (context, MH_MAY_DIRECT_UNIT);
  gboolean on = directs && mission != NULL && mh_mission_is_open (mission);
  g_autofree char *units = mh_call_units_text (call);
  gtk_label_set_text (page->sending, units);
  gtk_widget_set_visible (GTK_WIDGET (page->sending),
                          mh_record_has (call, MH_EMERGENCY_CALL_SENDS_AT));
  gtk_widget_set_visible (page->send, directs && !mh_record_has (call, MH_EMERGENCY_CALL_HEAD_ID));
  gtk_widget_set_visible (page->veto, mh_record_has (call, MH_EMERGENCY_CALL_SENDS_AT));
  gtk_widget_set_visible (page->own,
                          context != NULL
                              && g_strcmp0 (owner, mh_record_id (mh_context_user (context))) != 0);
  gtk_widget_set_visible (page->step, on);
  gtk_widget_set_visible (page->down, on);
  gtk_widget_set_visible (page->correct, directs && mission != NULL);
}

static void
calls_page_tell (MhCallsPage *page)
{
  MhRecord *call = page->shown;
  gtk_stack_set_visible_child_name (page->stack, call != NULL ? "call" : "nothing");
  if (call == NULL)
    return;

  const char *number = mh_record_text (call, MH_EMERGENCY_CALL_NUMBER);
  const char *style = calls_page_priority_style (call);
  g_autofree char *priority = calls_page_priority_text (call);
  g_autofree char *needs = calls_page_needs_text (call);
  g_autofree char *waits = mh_call_waits_text (call);
  g_autofree char *title = calls_page_title (page, number);
  gtk_label_set_text (page->title, title);
  gtk_label_set_text (page->priority, priority);
  gtk_label_set_text (page->needs, needs);
  gtk_widget_set_visible (GTK_WIDGET (page->needs), *needs != 0);
  gtk_label_set_text (page->waits, waits);
  if (page->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (page->priority), page->style);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (page->priority), style);
  page->style = style;
  gtk_widget_set_visible (page->part, mh_record_has (call, MH_EMERGENCY_CALL_HEAD_ID));
  calls_page_tell_sending (page);
  calls_page_tell_facts (page);
}

/* The row that is shown, as it is now: other desks change it, too. */
static void
calls_page_follow_cb (MhCallsPage *page)
{
  g_autoptr (MhRecord) call = calls_page_find (page, page->wanted);
  if (call != page->shown)
    {
      g_set_object (&page->shown, call);
      g_clear_pointer (&page->events, g_ptr_array_unref);
      mh_timeline_clear (page->timeline);
      page->version = -1;
    }
  mh_call_units_show (page->units, call != NULL ? mh_record_id (call) : NULL);
  calls_page_tell (page);
  calls_page_ask_events (page);
}

static void
calls_page_units_cb (MhCallsPage *page)
{
  calls_page_tell (page);
}

static const char *
calls_page_shown_id (MhPane *pane)
{
  return MH_CALLS_PAGE (pane)->wanted;
}

static void
calls_page_show_call (MhPane *pane, const char *id)
{
  MhCallsPage *page = MH_CALLS_PAGE (pane);
  g_free (page->wanted);
  page->wanted = g_strdup (id);
  calls_page_follow_cb (page);
}

/* --- acts --- */

/* The page has the keys also while there is no call, or F2 would be for nobody. */
static void
calls_page_shown (MhPane *pane)
{
  MhCallsPage *page = MH_CALLS_PAGE (pane);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  gboolean any = page->calls != NULL && g_list_model_get_n_items (G_LIST_MODEL (page->calls)) > 0;
  mh_record_table_enter (page->table); /* also the row that comes later */
  if (!any || (root != NULL && gtk_root_get_focus (root) == NULL))
    gtk_widget_grab_focus (page->take);
}

static gboolean
calls_page_may_write (MhCallsPage *page)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  return context != NULL && mh_context_may (context, MH_MAY_WRITE_CALL);
}

/* The call that was taken is shown, and the keys go to its row. */
static void
calls_page_closed_cb (GtkWindow *dialog, MhCallsPage *page)
{
  const char *id = mh_call_dialog_id (dialog);
  if (!gtk_widget_get_mapped (GTK_WIDGET (page)))
    return;
  if (id != NULL)
    {
      mh_master_detail_show (&page->master_detail, id, FALSE);
      gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (page)), NULL); /* not the row before */
    }
  calls_page_shown (MH_PANE (page));
}

static void
calls_page_show_dialog (MhCallsPage *page, MhRecord *call)
{
  GtkWindow *dialog
      = mh_call_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), call);
  g_signal_connect_object (dialog, "unmap", G_CALLBACK (calls_page_closed_cb), page,
                           G_CONNECT_AFTER);
}

static void
calls_page_take_cb (MhCallsPage *page)
{
  if (calls_page_may_write (page))
    calls_page_show_dialog (page, NULL);
}

static void
calls_page_go_on_cb (MhCallsPage *page)
{
  if (calls_page_may_write (page) && page->shown != NULL)
    calls_page_show_dialog (page, page->shown);
}

static void
calls_page_activated_cb (MhCallsPage *page)
{
  if (!mh_split_is_folded (page->split))
    calls_page_go_on_cb (page);
}

static void
calls_page_regrade_cb (MhCallsPage *page)
{
  static const char *const fields[] = { "priority", "priority_reason", NULL };
  if (!calls_page_may_write (page) || page->shown == NULL)
    return;
  g_autoptr (MhRecord) draft = mh_record_copy (page->shown);
  mh_record_set_null (draft, MH_EMERGENCY_CALL_PRIORITY_REASON);
  const MhEntryWanted wanted = { .title = _ ("Change the priority"),
                                 .save = _ ("_Change priority"),
                                 .fields = fields,
                                 .route = "call.update",
                                 .id = mh_record_id (page->shown),
                                 .draft = draft };
  mh_entry_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), &wanted);
}

/* Somebody else about the same emergency, or the same person again. */
static void
calls_page_caller_cb (MhCallsPage *page)
{
  static const char *const fields[] = { "phone", "name", "said", NULL };
  if (!calls_page_may_write (page) || page->shown == NULL)
    return;
  g_autoptr (MhRecord) draft = mh_record_new (&mh_emergency_caller_type);
  const MhEntryWanted wanted = { .title = _ ("Further caller"),
                                 .save = _ ("_Add caller"),
                                 .hint = mh_record_text (page->shown, MH_EMERGENCY_CALL_PLACE),
                                 .fields = fields,
                                 .route = "call.add_caller",
                                 .id = mh_record_id (page->shown),
                                 .draft = draft };
  mh_entry_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), &wanted);
}

static void
calls_page_cancel_cb (MhCallsPage *page)
{
  static const char *const fields[] = { "reason", "note", NULL };
  if (!calls_page_may_write (page) || page->shown == NULL)
    return;
  g_autoptr (MhRecord) draft = mh_record_new (&mh_emergency_cancel_type);
  const MhEntryWanted wanted = { .title = _ ("Cancel the call"),
                                 .save = _ ("_Cancel call"),
                                 .hint = mh_record_text (page->shown, MH_EMERGENCY_CALL_PLACE),
                                 .fields = fields,
                                 .route = "call.cancel",
                                 .id = mh_record_id (page->shown),
                                 .draft = draft };
  mh_entry_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), &wanted);
}

/* --- its units --- */

static void
calls_page_send_cb (MhCallsPage *page)
{
  if (page->shown != NULL && gtk_widget_get_visible (page->send))
    mh_send_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->shown);
}

static void
calls_page_step_cb (MhCallsPage *page)
{
  if (gtk_widget_get_visible (page->step))
    mh_mission_tell_other (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)),
                           mh_call_units_chosen (page->units));
}

static void
calls_page_down_cb (MhCallsPage *page)
{
  if (gtk_widget_get_visible (page->down))
    mh_mission_stand_down (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)),
                           mh_call_units_chosen (page->units));
}

static void
calls_page_correct_cb (MhCallsPage *page)
{
  if (gtk_widget_get_visible (page->correct))
    mh_mission_correct (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)),
                        mh_call_units_chosen (page->units));
}

/* An act on the shown call that asks for nothing more. */
static void
calls_page_act (MhCallsPage *page, const char *route, const char *done)
{
  const char *args[] = { "id", mh_record_id (page->shown), NULL };
  mh_act (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)),
          &(MhCommand){ .route = route, .args = args }, done);
}

static void
calls_page_own_cb (MhCallsPage *page)
{
  if (calls_page_may_write (page) && page->shown != NULL && gtk_widget_get_visible (page->own))
    calls_page_act (page, "call.take", _ ("You see to this call now"));
}

static void
calls_page_veto_cb (MhCallsPage *page)
{
  if (calls_page_may_write (page) && page->shown != NULL && gtk_widget_get_visible (page->veto))
    calls_page_act (page, "call.veto", _ ("No unit is sent by itself"));
}

/* To which hospital the patient is driven, which is told. */
static void
calls_page_where_to_cb (MhCallsPage *page)
{
  if (calls_page_may_write (page) && page->shown != NULL)
    mh_site_choice_ask (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->shown);
}

static void
calls_page_part_cb (MhCallsPage *page)
{
  if (!calls_page_may_write (page) || page->shown == NULL
      || !mh_record_has (page->shown, MH_EMERGENCY_CALL_HEAD_ID))
    return;
  calls_page_act (page, "call.part", _ ("Parted: it stands for itself again"));
}

static void
calls_page_act_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const struct
  {
    const char *name;
    void (*act) (MhCallsPage *page);
  } acts[] = {
    { "calls.take", calls_page_take_cb },         { "calls.go-on", calls_page_go_on_cb },
    { "calls.regrade", calls_page_regrade_cb },   { "calls.part", calls_page_part_cb },
    { "calls.cancel", calls_page_cancel_cb },     { "calls.caller", calls_page_caller_cb },
    { "calls.where-to", calls_page_where_to_cb }, { "calls.send", calls_page_send_cb },
    { "calls.step", calls_page_step_cb },         { "calls.down", calls_page_down_cb },
    { "calls.correct", calls_page_correct_cb },   { "calls.own", calls_page_own_cb },
    { "calls.veto", calls_page_veto_cb },
  };
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      acts[i].act (MH_CALLS_PAGE (widget));
}

/* --- the page --- */

static gboolean
calls_page_tick_cb (gpointer data)
{
  MhCallsPage *page = data;
  if (++page->seconds % TABLE_SECONDS == 0)
    mh_record_table_refresh (page->table);
  mh_call_units_tick (page->units);
  if (page->shown != NULL)
    calls_page_tell (page);
  return G_SOURCE_CONTINUE;
}

static void
calls_page_begin (MhPane *pane)
{
  static const MhMasterDetailHow how = { calls_page_shown_id, calls_page_show_call };
  MhCallsPage *page = MH_CALLS_PAGE (pane);
  gboolean may = calls_page_may_write (page);
  mh_pane_keep (pane, &page->calls, mh_record_list_new (mh_pane_context (pane), "call.list"));
  mh_pane_keep (pane, &page->protocol, mh_call_protocol_new (mh_pane_context (pane)));
  mh_record_list_set_belongs (page->calls, calls_page_belongs, NULL);
  mh_record_list_set_compare (page->calls, calls_page_compare);
  mh_record_list_set_keep (page->calls, TRUE);

  mh_record_table_setup (page->table, "calls", &mh_emergency_call_type, columns,
                         G_LIST_MODEL (page->calls), MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->table, LEAST_WIDTH);
  mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split,
                          G_LIST_MODEL (page->calls));

  g_signal_connect_object (page->calls, "notify::n-items", G_CALLBACK (calls_page_follow_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->protocol, "arrived", G_CALLBACK (calls_page_tell_events_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->table, "activated", G_CALLBACK (calls_page_activated_cb), page,
                           G_CONNECT_SWAPPED);

  mh_call_units_begin (page->units, mh_pane_context (pane));
  gtk_widget_set_visible (page->take, may);
  gtk_widget_set_visible (page->actions, may);
  mh_stack_hide_rest (page->stack);
  page->version = -1;
  page->ticks = g_timeout_add_seconds (TICK_SECONDS, calls_page_tick_cb, page);
  mh_record_list_set_args (page->calls, (const char *[]){ "open", "true", "limit", "200", NULL });
}

static void
calls_page_open (MhPane *pane, const char *what)
{
  if (what != NULL && *what != 0)
    mh_master_detail_show (&MH_CALLS_PAGE (pane)->master_detail, what, TRUE);
}

static void
mh_calls_page_dispose (GObject *object)
{
  MhCallsPage *page = MH_CALLS_PAGE (object);
  g_clear_handle_id (&page->ticks, g_source_remove);
  g_cancellable_cancel (page->asking);
  g_clear_object (&page->asking);
  g_clear_object (&page->shown);
  g_clear_pointer (&page->wanted, g_free);
  g_clear_pointer (&page->events, g_ptr_array_unref);
  G_OBJECT_CLASS (mh_calls_page_parent_class)->dispose (object);
}

static void
mh_calls_page_class_init (MhCallsPageClass *klass)
{
  static const struct
  {
    guint key;
    GdkModifierType with;
    const char *action;
  } keys[] = { { GDK_KEY_F2, 0, "calls.take" },
               { GDK_KEY_F3, 0, "calls.go-on" },
               { GDK_KEY_F4, 0, "calls.caller" },
               { GDK_KEY_F5, 0, "calls.send" },
               { GDK_KEY_F6, 0, "calls.regrade" },
               { GDK_KEY_F7, 0, "calls.part" },
               { GDK_KEY_F8, 0, "calls.cancel" },
               { GDK_KEY_F9, 0, "calls.where-to" },
               { GDK_KEY_F2, GDK_CONTROL_MASK, "calls.own" },
               { GDK_KEY_F12, 0, "calls.veto" },
               { GDK_KEY_F5, GDK_CONTROL_MASK, "calls.step" },
               { GDK_KEY_F6, GDK_CONTROL_MASK, "calls.correct" },
               { GDK_KEY_F8, GDK_CONTROL_MASK, "calls.down" } };
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mh_calls_page_dispose;
  MH_PANE_CLASS (klass)->begin = calls_page_begin;
  MH_PANE_CLASS (klass)->open = calls_page_open;
  MH_PANE_CLASS (klass)->shown = calls_page_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_TIMELINE);
  g_type_ensure (MH_TYPE_CALL_UNITS);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("dispatch/calls/mh-calls-page"));
  gtk_widget_class_bind_template_child (widget, MhCallsPage, split);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, table);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, timeline);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, stack);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, title);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, priority);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, needs);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, waits);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, facts);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, problem);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, leave);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, actions);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, take);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, part);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, units);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, sending);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, send);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, veto);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, own);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, step);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, down);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, correct);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, callers);
  gtk_widget_class_bind_template_child (widget, MhCallsPage, callers_part);

  gtk_widget_class_bind_template_callback (widget, calls_page_take_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_go_on_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_caller_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_regrade_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_part_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_cancel_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_where_to_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_send_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_step_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_down_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_correct_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_own_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_veto_cb);
  gtk_widget_class_bind_template_callback (widget, calls_page_units_cb);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_install_action (widget, keys[i].action, NULL, calls_page_act_action);
      gtk_widget_class_add_binding_action (widget, keys[i].key, keys[i].with, keys[i].action, NULL);
    }
}

static void
mh_calls_page_init (MhCallsPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  g_object_bind_property (page->split, "folded", page->leave, "visible", G_BINDING_SYNC_CREATE);
}

GtkWidget *
mh_calls_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CALLS_PAGE, "context", context, NULL);
}
