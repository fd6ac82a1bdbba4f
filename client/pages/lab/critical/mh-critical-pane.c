/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/critical/mh-critical-pane.h"

#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-refusal.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-timeline.h"
#include "client/widgets/form/mh-typed.h"
#include "client/widgets/hospital/mh-critical-bar.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhCriticalPane
{
  MhPane parent_instance;
  char *item_id, *sent_id; /* on show; what was sent last is about */
  MhRecord *view;
  GPtrArray *people; /* rungs in the order of the choice; the last choice is somebody else */
  gboolean busy;
  guint ticks;
  GtkStack *stack;
  GtkLabel *clock, *problem;
  GtkWidget *flag, *ladder, *leave, *name_box, *told_box;
  MhTimeline *calls;
  GtkDropDown *who, *outcome, *method, *reason;
  GtkEditable *name, *phone, *read_back, *note;
  GtkCheckButton *matched;
  MhTyped *typed; /* each item keeps what was typed about it */
};

G_DEFINE_FINAL_TYPE (MhCriticalPane, mh_critical_pane, MH_TYPE_PANE)

enum
{
  TOLD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static MhContext *
critical_pane_context_of (MhCriticalPane *pane)
{
  return mh_pane_context (MH_PANE (pane));
}

static MhRecord *
critical_pane_item_of (MhCriticalPane *pane)
{
  return pane->view != NULL ? mh_record_record (pane->view, MH_CRITICAL_VIEW_ITEM) : NULL;
}

static const char *
critical_pane_state_of (MhCriticalPane *pane)
{
  return critical_pane_item_of (pane) != NULL
             ? mh_record_text (critical_pane_item_of (pane), MH_CRITICAL_ITEM_STATE)
             : NULL;
}

/* --- showing --- */

static gboolean
critical_pane_show_clock (gpointer data)
{
  MhCriticalPane *pane = data;
  MhRecord *item = critical_pane_item_of (pane);
  if (item == NULL)
    return G_SOURCE_CONTINUE;

  gint64 now = mh_when_now ();
  g_autofree char *text = mh_critical_clock_text (item, now);
  const char *style = mh_critical_clock_style (item, now);

  gtk_label_set_text (pane->clock, text);
  gtk_widget_remove_css_class (GTK_WIDGET (pane->clock), "mh-critical");
  gtk_widget_remove_css_class (GTK_WIDGET (pane->clock), "mh-soon");
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (pane->clock), style);
  return G_SOURCE_CONTINUE;
}

static char *
rung_text (MhRecord *rung)
{
  g_autofree char *role = mh_words_value (rung, MH_CRITICAL_RUNG_ROLE);
  const char *name = mh_record_text (rung, MH_CRITICAL_RUNG_NAME);
  return name != NULL ? g_strdup_printf ("%s · %s", name, role) : g_steal_pointer (&role);
}

/* Whose turn it is stands out by a sign, a word and weight. */
static GtkWidget *
make_rung (MhRecord *rung)
{
  GtkWidget *row = mh_vbox (0), *below = mh_hbox (9);
  gboolean turn = mh_record_bool (rung, MH_CRITICAL_RUNG_TURN);
  g_autofree char *who = rung_text (rung);
  g_autofree char *phone = mh_words_figures (mh_record_text (rung, MH_CRITICAL_RUNG_PHONE));
  g_autofree char *from = mh_words_time (mh_record_int (rung, MH_CRITICAL_RUNG_AT));
  g_autofree char *when = g_strdup_printf (turn ? _ ("▶ now, since %s") : _ ("from %s"), from);
  GtkWidget *name = mh_label (who, turn ? "heading" : NULL);

  mh_box_append (row, name);
  mh_box_append (row, below);
  mh_box_append (below, mh_label (phone != NULL ? phone : _ ("no number"),
                                  phone != NULL ? "numeric" : "dim-label"));
  mh_box_append (below, mh_label (when, turn ? "mh-soon" : "dim-label"));
  return row;
}

static void
show_ladder (MhCriticalPane *pane)
{
  GPtrArray *rungs = mh_record_records (pane->view, MH_CRITICAL_VIEW_LADDER);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint turn = 0;

  mh_box_clear (pane->ladder);
  g_clear_pointer (&pane->people, g_ptr_array_unref);
  pane->people = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; rungs != NULL && i < rungs->len; i++)
    {
      MhRecord *rung = g_ptr_array_index (rungs, i);
      g_autofree char *who = rung_text (rung);
      mh_box_append (pane->ladder, make_rung (rung));
      gtk_string_list_append (words, who);
      g_ptr_array_add (pane->people, g_object_ref (rung));
      if (mh_record_bool (rung, MH_CRITICAL_RUNG_TURN) && turn == 0)
        turn = i + 1;
    }

  gtk_string_list_append (words, _ ("Somebody not in the directory"));
  gtk_drop_down_set_model (pane->who, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (pane->who, turn > 0 ? turn - 1 : 0);
}

static void
add_call (MhCriticalPane *pane, MhRecord *call)
{
  g_autofree char *outcome = mh_words_value (call, MH_CRITICAL_CALL_OUTCOME);
  g_autofree char *role = mh_words_value (call, MH_CRITICAL_CALL_ROLE);
  const char *name = mh_record_text (call, MH_CRITICAL_CALL_TO_NAME);
  const char *read_back = mh_record_text (call, MH_CRITICAL_CALL_READ_BACK);
  gboolean matched = mh_record_bool (call, MH_CRITICAL_CALL_MATCHED);
  g_autofree char *what = g_strdup_printf ("%s · %s%s%s", outcome, name != NULL ? name : role,
                                           name != NULL ? " · " : "", name != NULL ? role : "");
  g_autofree char *said
      = read_back != NULL ? g_strdup_printf (
            matched ? _ ("Read back correctly: “%s”") : _ ("Read back wrongly: “%s”"), read_back)
                          : NULL;
  g_autofree char *outside
      = name != NULL && !mh_record_bool (call, MH_CRITICAL_CALL_IN_DIRECTORY)
            ? g_strdup_printf ("%s%s%s", said != NULL ? said : "", said != NULL ? " · " : "",
                               _ ("not in the directory"))
            : g_strdup (said);

  mh_timeline_add (pane->calls, mh_record_int (call, MH_CRITICAL_CALL_AT), what,
                   mh_record_text (call, MH_CRITICAL_CALL_BY_NAME), outside,
                   read_back != NULL && !matched ? "mh-critical" : NULL);
}

static void
show_calls (MhCriticalPane *pane)
{
  GPtrArray *calls = mh_record_records (pane->view, MH_CRITICAL_VIEW_CALLS);
  mh_timeline_clear (pane->calls);
  for (guint i = calls != NULL ? calls->len : 0; i > 0; i--)
    add_call (pane, g_ptr_array_index (calls, i - 1));
}

static void
critical_pane_show_item (MhCriticalPane *pane)
{
  MhRecord *item = critical_pane_item_of (pane);
  mh_pane_changed (MH_PANE (pane));
  mh_flag_set (pane->flag, mh_record_text (item, MH_CRITICAL_ITEM_FLAG));
}

static gboolean
critical_pane_may_call (MhCriticalPane *pane)
{
  return mh_context_may (critical_pane_context_of (pane), MH_MAY_CALL_CRITICAL);
}

static gboolean
critical_pane_may_save_cb (MhCriticalPane *pane)
{
  return critical_pane_may_call (pane) && !pane->busy && critical_pane_item_of (pane) != NULL;
}

static gboolean
critical_pane_is_to_close_cb (MhCriticalPane *pane)
{
  return critical_pane_may_call (pane)
         && g_strcmp0 (critical_pane_state_of (pane), MH_CRITICAL_CLOSED) != 0;
}

static gboolean
critical_pane_may_close_cb (MhCriticalPane *pane)
{
  return critical_pane_may_call (pane) && !pane->busy;
}

static char *
critical_pane_value_cb (MhCriticalPane *pane)
{
  MhRecord *item = critical_pane_item_of (pane);
  return item != NULL ? mh_critical_value_text (item) : NULL;
}

static char *
critical_pane_patient_cb (MhCriticalPane *pane)
{
  MhRecord *item = critical_pane_item_of (pane);
  if (item == NULL)
    return NULL;

  const char *department = mh_record_text (item, MH_CRITICAL_ITEM_DEPARTMENT);
  g_autofree char *numbers
      = mh_words_mrn_and_order (mh_record_text (item, MH_CRITICAL_ITEM_PATIENT_MRN),
                                mh_record_text (item, MH_CRITICAL_ITEM_ORDER_NUMBER));
  return g_strdup_printf ("%s · %s%s%s", mh_record_text (item, MH_CRITICAL_ITEM_PATIENT_NAME),
                          numbers, department != NULL ? " · " : "",
                          department != NULL ? department : "");
}

static char *
critical_pane_was_cb (MhCriticalPane *pane)
{
  MhRecord *item = critical_pane_item_of (pane);
  const char *was = item != NULL ? mh_record_text (item, MH_CRITICAL_ITEM_WAS) : NULL;
  return was != NULL ? g_strdup_printf (_ ("Was %s before it was corrected"), was) : NULL;
}

/* The words of who is chosen. Caller frees; NULL: nobody. */
static char *
critical_pane_who_text (MhCriticalPane *pane)
{
  GtkStringObject *who = gtk_drop_down_get_selected_item (pane->who);
  return who != NULL ? g_strdup (gtk_string_object_get_string (who)) : NULL;
}

/* Another desk has called, or the next one's turn has come: whoever is writing down a call to
 * somebody else goes on with it. */
static void
show_ladder_still (MhCriticalPane *pane)
{
  g_autofree char *who = critical_pane_who_text (pane);
  g_autofree char *phone = g_strdup (gtk_editable_get_text (pane->phone));
  show_ladder (pane);
  GListModel *people = gtk_drop_down_get_model (pane->who);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (people), i), who) == 0)
      {
        gtk_drop_down_set_selected (pane->who, i);
        gtk_editable_set_text (pane->phone, phone);
      }
}

static void
critical_pane_show (MhCriticalPane *pane)
{
  gtk_stack_set_visible_child_name (pane->stack, pane->view != NULL ? "item" : "nothing");
  if (pane->view == NULL)
    return;

  critical_pane_show_item (pane);
  if (mh_typed_has_words (pane->typed))
    show_ladder_still (pane);
  else
    {
      show_ladder (pane);
      mh_typed_settle (pane->typed);
    }

  show_calls (pane);
  critical_pane_show_clock (pane);
  mh_pane_changed (MH_PANE (pane));
}

/* --- loading --- */

static void
critical_pane_view_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCriticalPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) view = mh_read_finish (result, &error);
  if (critical_pane_context_of (pane) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (pane), error);
  MhRecord *item = view != NULL ? mh_record_record (view, MH_CRITICAL_VIEW_ITEM) : NULL;
  if (item == NULL || g_strcmp0 (mh_record_id (item), pane->item_id) != 0)
    return;

  gboolean first = pane->view == NULL;
  g_autofree char *form = g_strdup_printf ("critical/%s/", pane->item_id);
  g_set_object (&pane->view, view);
  critical_pane_show (pane);
  if (first)
    mh_typed_watch (pane->typed, critical_pane_context_of (pane), GTK_WIDGET (pane), form);
}

static void
critical_pane_load (MhCriticalPane *pane)
{
  if (pane->item_id != NULL && critical_pane_context_of (pane) != NULL)
    mh_read_async (critical_pane_context_of (pane), "critical.read", pane->item_id,
                   mh_pane_cancellable (MH_PANE (pane)), critical_pane_view_cb,
                   g_object_ref (pane));
}

static void
empty_form (MhCriticalPane *pane)
{
  mh_reasons_clear (pane->outcome);
  mh_reasons_clear (pane->method);
  gtk_editable_set_text (pane->name, "");
  gtk_editable_set_text (pane->phone, "");
  gtk_editable_set_text (pane->read_back, "");
  gtk_editable_set_text (pane->note, "");
  gtk_check_button_set_active (pane->matched, FALSE);
  mh_pane_complain (MH_PANE (pane), NULL);
  mh_refusal_clear (GTK_WIDGET (pane));
}

void
mh_critical_pane_show (MhCriticalPane *pane, const char *item_id)
{
  if (g_strcmp0 (item_id, pane->item_id) == 0)
    return;
  g_free (pane->item_id);
  pane->item_id = g_strdup (item_id);
  g_clear_object (&pane->view);
  mh_typed_watch (pane->typed, critical_pane_context_of (pane), GTK_WIDGET (pane), NULL);
  empty_form (pane);
  critical_pane_show (pane);
  critical_pane_load (pane);
}

const char *
mh_critical_pane_item_id (MhCriticalPane *pane)
{
  return pane->item_id;
}

GtkWidget *
mh_critical_pane_back (MhCriticalPane *pane)
{
  return pane->leave;
}

/* What another desk did to it shows here at once. */
static void
critical_pane_changed_cb (MhSync *sync,
                          const MhRecordType *type,
                          const char *id,
                          MhRecord *record,
                          MhCriticalPane *pane)
{
  gboolean mine = type == &mh_critical_item_type && g_strcmp0 (id, pane->item_id) == 0;
  if (type == &mh_critical_call_type && record != NULL)
    mine = g_strcmp0 (mh_record_text (record, MH_CRITICAL_CALL_ITEM_ID), pane->item_id) == 0;
  if (mine && !pane->busy)
    critical_pane_load (pane);
}

/* --- the call --- */

static MhRecord *
critical_pane_chosen (MhCriticalPane *pane)
{
  guint at = gtk_drop_down_get_selected (pane->who);
  return pane->people != NULL && at < pane->people->len ? g_ptr_array_index (pane->people, at)
                                                        : NULL;
}

static const char *
critical_pane_outcome_of (MhCriticalPane *pane)
{
  return mh_reasons_peek (pane->outcome);
}

/* The number is the one that the directory has for the role. */
static void
who_cb (MhCriticalPane *pane)
{
  MhRecord *rung = critical_pane_chosen (pane);
  const char *phone = rung != NULL ? mh_record_text (rung, MH_CRITICAL_RUNG_PHONE) : NULL;
  gboolean named = rung != NULL && mh_record_has (rung, MH_CRITICAL_RUNG_USER_ID);
  gtk_widget_set_visible (pane->name_box, !named);
  gtk_editable_set_text (pane->phone, phone != NULL ? phone : "");
}

static void
outcome_cb (MhCriticalPane *pane)
{
  gtk_widget_set_visible (pane->told_box,
                          g_strcmp0 (critical_pane_outcome_of (pane), MH_CRITICAL_REACHED) == 0);
}

static void
set_typed (MhRecord *call, guint field, GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  if (text[0] != 0)
    mh_record_set_text (call, field, text);
}

static MhRecord *
read_call (MhCriticalPane *pane)
{
  MhRecord *call = mh_record_new (&mh_critical_call_type);
  MhRecord *rung = critical_pane_chosen (pane);
  gboolean reached = g_strcmp0 (critical_pane_outcome_of (pane), MH_CRITICAL_REACHED) == 0;

  mh_record_take_text (call, MH_ID, mh_id_new ());
  mh_record_set_text (call, MH_CRITICAL_CALL_ROLE,
                      rung != NULL ? mh_record_text (rung, MH_CRITICAL_RUNG_ROLE)
                                   : MH_CRITICAL_ROLE_OTHER);
  mh_record_set_text (call, MH_CRITICAL_CALL_OUTCOME, critical_pane_outcome_of (pane));
  mh_record_set_text (call, MH_CRITICAL_CALL_METHOD, mh_reasons_peek (pane->method));
  mh_record_set_int (call, MH_CRITICAL_CALL_AT, mh_when_now () / 1000 * 1000);
  if (rung != NULL && mh_record_has (rung, MH_CRITICAL_RUNG_USER_ID))
    mh_record_set_text (call, MH_CRITICAL_CALL_TO_ID,
                        mh_record_text (rung, MH_CRITICAL_RUNG_USER_ID));
  else
    set_typed (call, MH_CRITICAL_CALL_TO_NAME, pane->name);

  set_typed (call, MH_CRITICAL_CALL_PHONE, pane->phone);
  if (reached)
    {
      set_typed (call, MH_CRITICAL_CALL_READ_BACK, pane->read_back);
      mh_record_set_bool (call, MH_CRITICAL_CALL_MATCHED,
                          gtk_check_button_get_active (pane->matched));
    }

  return call;
}

static const MhRefusalPlace places[] = {
  { "to_name", "name" },
  { "to_id", "who" },
  { "role", "who" },
  { NULL },
};

static void
critical_pane_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCriticalPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  gboolean still = g_strcmp0 (pane->sent_id, pane->item_id) == 0;

  pane->busy = FALSE;
  if (critical_pane_context_of (pane) == NULL)
    return;

  if (outcome == NULL)
    {
      if (still)
        mh_refusal_show (GTK_WIDGET (pane), error, pane->problem, places);
      else
        mh_shell_fail (GTK_WIDGET (pane), error);
      mh_pane_changed (MH_PANE (pane));
      return;
    }

  mh_shell_toast (GTK_WIDGET (pane), outcome->waiting
                                         ? _ ("Noted here; sent as soon as the server is back")
                                         : _ ("Noted"));

  if (still)
    {
      empty_form (pane);
      mh_typed_done (pane->typed);
      critical_pane_load (pane);
    }
  else
    {
      /* another row has been chosen meanwhile, and has words of its own */
      g_autofree char *form = g_strdup_printf ("critical/%s/", pane->sent_id);
      mh_typed_forget (critical_pane_context_of (pane), form);
    }

  mh_pane_changed (MH_PANE (pane));
  g_signal_emit (pane, signals[TOLD], 0);
}

static void
critical_pane_submit (MhCriticalPane *pane, const char *route, MhRecord *body)
{
  const char *args[] = { "id", pane->item_id, NULL };
  g_free (pane->sent_id);
  pane->sent_id = g_strdup (pane->item_id);
  pane->busy = TRUE;
  mh_pane_complain (MH_PANE (pane), NULL);
  mh_pane_changed (MH_PANE (pane));
  mh_command_async (critical_pane_context_of (pane),
                    &(MhCommand){ .route = route, .args = args, .body = body }, NULL,
                    critical_pane_done_cb, g_object_ref (pane));
}

void
mh_critical_pane_save (MhCriticalPane *pane)
{
  if (pane->item_id == NULL || pane->busy || critical_pane_item_of (pane) == NULL
      || mh_reasons_want (pane->outcome, pane->problem, _ ("Choose how the call ended.")) == NULL
      || mh_reasons_want (pane->method, pane->problem, _ ("Choose how they were called.")) == NULL)
    return;
  g_autoptr (MhRecord) call = read_call (pane);
  critical_pane_submit (pane, "critical.call", call);
}

static void
critical_pane_close_cb (MhCriticalPane *pane)
{
  if (pane->item_id == NULL || pane->busy)
    return;
  const char *reason = mh_reasons_get (pane->reason, pane->problem);
  if (reason == NULL)
    return;
  g_autoptr (MhRecord) closing = mh_record_new (&mh_critical_closing_type);
  mh_record_set_text (closing, MH_CRITICAL_CLOSING_REASON, reason);
  set_typed (closing, MH_CRITICAL_CLOSING_NOTE, pane->note);
  critical_pane_submit (pane, "critical.close", closing);
}

static void
critical_pane_order_cb (MhCriticalPane *pane)
{
  if (critical_pane_item_of (pane) != NULL)
    mh_shell_open (GTK_WIDGET (pane), "order",
                   mh_record_text (critical_pane_item_of (pane), MH_CRITICAL_ITEM_ORDER_ID));
}

/* --- making it --- */

static void
critical_pane_begin (MhPane *base)
{
  MhCriticalPane *pane = MH_CRITICAL_PANE (base);
  pane->ticks = g_timeout_add_seconds (1, critical_pane_show_clock, pane);
  g_signal_connect_object (mh_context_sync (mh_pane_context (base)), "changed",
                           G_CALLBACK (critical_pane_changed_cb), pane, 0);
  critical_pane_load (pane);
}

static void
mh_critical_pane_dispose (GObject *object)
{
  g_clear_handle_id (&MH_CRITICAL_PANE (object)->ticks, g_source_remove);
  G_OBJECT_CLASS (mh_critical_pane_parent_class)->dispose (object);
}

static void
mh_critical_pane_finalize (GObject *object)
{
  MhCriticalPane *pane = MH_CRITICAL_PANE (object);
  g_free (pane->item_id);
  g_free (pane->sent_id);
  g_clear_object (&pane->view);
  g_clear_pointer (&pane->people, g_ptr_array_unref);
  G_OBJECT_CLASS (mh_critical_pane_parent_class)->finalize (object);
}

static void
critical_pane_bind (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_TYPED);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/critical/mh-critical-pane"));

  gtk_widget_class_bind_template_child (widget, MhCriticalPane, stack);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, clock);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, problem);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, flag);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, ladder);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, leave);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, name_box);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, told_box);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, calls);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, who);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, outcome);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, method);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, reason);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, name);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, phone);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, read_back);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, note);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, matched);
  gtk_widget_class_bind_template_child (widget, MhCriticalPane, typed);

  gtk_widget_class_bind_template_callback (widget, who_cb);
  gtk_widget_class_bind_template_callback (widget, outcome_cb);
  gtk_widget_class_bind_template_callback (widget, critical_pane_close_cb);
  gtk_widget_class_bind_template_callback (widget, critical_pane_order_cb);
  gtk_widget_class_bind_template_callback (widget, critical_pane_may_save_cb);
  gtk_widget_class_bind_template_callback (widget, critical_pane_is_to_close_cb);
  gtk_widget_class_bind_template_callback (widget, critical_pane_may_close_cb);
  gtk_widget_class_bind_template_callback (widget, critical_pane_value_cb);
  gtk_widget_class_bind_template_callback (widget, critical_pane_patient_cb);
  gtk_widget_class_bind_template_callback (widget, critical_pane_was_cb);
  mh_closures_bind (widget);
}

static void
mh_critical_pane_class_init (MhCriticalPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_critical_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_critical_pane_finalize;
  MH_PANE_CLASS (klass)->begin = critical_pane_begin;
  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_TIMELINE);
  critical_pane_bind (GTK_WIDGET_CLASS (klass));
}

static void
mh_critical_pane_init (MhCriticalPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
  mh_reasons_fill (pane->outcome, mh_critical_outcome_codes);
  mh_reasons_fill (pane->method, mh_critical_method_codes);
  mh_reasons_fill (pane->reason, mh_critical_close_codes);
}
