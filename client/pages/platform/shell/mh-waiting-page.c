/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/platform/shell/mh-waiting-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-merge.h"
#include "client/models/mh-read.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/hospital/mh-merge-dialog.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"

#include <glib/gi18n-lib.h>

struct _MhWaitingPage
{
  MhPane parent_instance;
  GtkStack *stack;
  GtkWidget *nothing, *something, *refused_group, *waiting_group, *discarded_group;
  GtkListBox *refused, *waiting, *discarded;
};

G_DEFINE_FINAL_TYPE (MhWaitingPage, mh_waiting_page, MH_TYPE_PANE)

static MhSync *
waiting_page_sync_of (MhWaitingPage *page)
{
  return mh_context_sync (mh_pane_context (MH_PANE (page)));
}

/* --- in words --- */

static const struct
{
  const char *route;
  const char *words;
} routes[] = {
  { "patient.create", N_ ("Register a patient") },
  { "patient.update", N_ ("Change a patient") },
  { "order.place", N_ ("Place an order") },
  { "order.update", N_ ("Change an order") },
  { "payment.take", N_ ("Take a payment") },
  { "custody.add", N_ ("Record a step of a tube") },
  { "result.save", N_ ("Save results") },
  { "prescription.create", N_ ("Prescribe") },
  { "device.create", N_ ("Register this desk") },
};

static const char *
waiting_page_words_of (const char *route)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_strcmp0 (routes[i].route, route) == 0)
      return _ (routes[i].words);
  return _ (mh_sync_summary (route));
}

static const char *
text_in (MhRecord *record, const char *name)
{
  int field = mh_record_type_find (mh_record_type (record), name);
  return field >= 0 ? mh_record_text (record, (guint)field) : NULL;
}

/* "Meena Iyer, Complete blood count"; NULL: it says neither whose nor what it is. Caller frees. */
static char *
subject_in (MhRecord *record)
{
  gboolean order = mh_record_type (record) == &mh_order_type;
  const char *const *tests = order ? mh_record_list (record, MH_ORDER_TEST_NAMES) : NULL;
  g_autofree char *names = tests != NULL ? g_strjoinv (", ", (char **)tests) : NULL;
  const char *patient = text_in (record, "patient_name");
  if (patient != NULL)
    return names != NULL ? g_strdup_printf ("%s, %s", patient, names) : g_strdup (patient);
  if (mh_record_type (record) == &mh_patient_type)
    return mh_words_patient (record);
  g_autofree char *display = mh_record_display (record);
  return g_strcmp0 (display, mh_record_id (record)) != 0 ? g_steal_pointer (&display) : NULL;
}

/* Whose or what it is, as far as the change says it. Caller frees. */
static char *
waiting_page_subject_of (const MhOp *op)
{
  const MhRecordType *type = op->type != NULL ? mh_registry_find (op->type) : NULL;
  const char *json = op->current != NULL ? op->current : op->body;
  g_autoptr (MhRecord) record = type != NULL && json != NULL
                                    ? mh_record_from_text (type, json, -1, MH_JSON_TRUSTED, NULL)
                                    : NULL;
  return record != NULL ? subject_in (record) : NULL;
}

static char *
waiting_page_title_of (const MhOp *op, const char *subject)
{
  gboolean known = subject != NULL && subject[0] != 0;
  return known ? g_strdup_printf ("%s: %s", waiting_page_words_of (op->route_id), subject)
               : g_strdup (waiting_page_words_of (op->route_id));
}

static const char *
problem_of (const MhOp *op)
{
  if (op->current != NULL)
    return _ ("Somebody else changed this before your change arrived.");
  if (op->problem == NULL && mh_sync_is_unheard (op, mh_when_now ()))
    return _ (
        "It was sent more than a week ago and never answered. Look whether it was done before "
        "you send it again.");
  return op->problem;
}

/* --- what can be done about a refusal --- */

static const MhOp *
op_of (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "op");
}

static void
waiting_page_again_cb (GtkWidget *button, MhWaitingPage *page)
{
  mh_sync_retry (waiting_page_sync_of (page), op_of (button)->seq);
}

static void
given_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  gint64 seq = op_of (source)->seq;
  g_autoptr (MhWaitingPage) page = data;
  if (mh_ask_finish (result) && mh_pane_context (MH_PANE (page)) != NULL)
    mh_sync_discard (waiting_page_sync_of (page), seq);
}

static void
waiting_page_bring_back_cb (GtkWidget *button, MhWaitingPage *page)
{
  mh_sync_bring_back (waiting_page_sync_of (page), op_of (button)->seq);
}

static void
give_up_cb (GtkWidget *button, MhWaitingPage *page)
{
  const char *text
      = mh_sync_is_unheard (op_of (button), mh_when_now ())
            ? _ ("The server may have done it all the same. It stays here for two weeks and can be "
                 "brought back.")
            : _ ("It never reached the server. It stays here for two weeks and can be brought "
                 "back.");
  mh_ask_async (button, _ ("Discard this change?"), text, _ ("Discard"), TRUE, given_up_cb,
                g_object_ref (page));
}

/* A prescription is written again where it was written, with what was refused filled in. */
static gboolean
is_correctable (const MhOp *op)
{
  return g_strcmp0 (op->route_id, "prescription.create") == 0 && op->body != NULL;
}

static void
correct_cb (GtkWidget *button, MhWaitingPage *page)
{
  const MhOp *op = op_of (button);
  g_autoptr (MhRecord) record
      = mh_record_from_text (&mh_prescription_type, op->body, -1, MH_JSON_TRUSTED, NULL);
  if (record == NULL)
    return;
  g_autofree char *what = g_strdup_printf (
      "%s/again/%" G_GINT64_FORMAT, mh_record_text (record, MH_PRESCRIPTION_PATIENT_ID), op->seq);
  mh_shell_go (GTK_WIDGET (page), "prescription", what);
}

static void
waiting_page_decided_cb (MhMergeDialog *dialog, MhMerge *merge, MhWaitingPage *page)
{
  g_autoptr (MhRecord) patch = mh_merge_patch (merge);
  gint64 seq = op_of (dialog)->seq;
  if (patch != NULL)
    mh_sync_resend (waiting_page_sync_of (page), seq, patch,
                    mh_record_version (mh_merge_theirs (merge)));
  else
    mh_sync_discard (waiting_page_sync_of (page), seq);
}

static void
set_op (gpointer widget, const MhOp *op)
{
  g_object_set_data_full (G_OBJECT (widget), "op", mh_op_copy (op), (GDestroyNotify)mh_op_free);
}

static void
waiting_page_compare_cb (GtkWidget *button, MhWaitingPage *page)
{
  g_autoptr (MhMerge) merge = mh_merge_new_for_op (op_of (button));
  if (merge == NULL)
    return;
  MhDialog *dialog = mh_merge_dialog_new (mh_pane_context (MH_PANE (page)), merge);
  set_op (dialog, op_of (button));
  g_signal_connect_object (dialog, "decided", G_CALLBACK (waiting_page_decided_cb), page, 0);
  mh_dialog_show (dialog, GTK_WIDGET (page));
}

/* --- whose it is, where the change names an id alone: the local copy knows --- */

static void
waiting_page_named_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  g_autoptr (MhRecord) record = mh_read_finish (result, NULL);
  g_autofree char *subject = record != NULL ? subject_in (record) : NULL;
  if (subject == NULL)
    return;
  g_autofree char *title = waiting_page_title_of (op_of (row), subject);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
}

static void
waiting_page_ask_name (MhWaitingPage *page, GtkWidget *row, const MhOp *op)
{
  static const struct
  {
    const char *field;
    const char *route;
  } named_by[] = { { "order_id", "order.read" }, { "patient_id", "patient.read" } };
  const MhRecordType *type = op->type != NULL ? mh_registry_find (op->type) : NULL;
  g_autoptr (MhRecord) record
      = type != NULL && op->body != NULL
            ? mh_record_from_text (type, op->body, -1, MH_JSON_TRUSTED, NULL)
            : NULL;
  gboolean of_order
      = g_str_equal (op->route_id, "payment.take") && op->args != NULL && op->args[0] != NULL;
  const char *route = of_order || type == &mh_order_type ? "order.read" : NULL;
  const char *id = of_order ? op->args[1] : route != NULL ? op->record_id : NULL;

  for (guint i = 0; record != NULL && id == NULL && i < G_N_ELEMENTS (named_by); i++)
    {
      id = text_in (record, named_by[i].field);
      route = named_by[i].route;
    }

  if (id == NULL)
    return;

  set_op (row, op);
  mh_read_async (mh_pane_context (MH_PANE (page)), route, id, mh_pane_cancellable (MH_PANE (page)),
                 waiting_page_named_cb, g_object_ref (row));
}

/* --- rows --- */

static void
waiting_page_add_button (MhWaitingPage *page,
                         GtkWidget *row,
                         const char *label,
                         const MhOp *op,
                         GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  set_op (button, op);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, page, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
waiting_page_row_of (MhWaitingPage *page, const MhOp *op)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean refused = g_str_equal (op->state, MH_OP_CONFLICT);
  gboolean discarded = g_str_equal (op->state, MH_OP_DISCARDED);
  g_autoptr (MhMerge) merge = refused ? mh_merge_new_for_op (op) : NULL;
  g_autofree char *time = mh_words_time (op->made_at);
  g_autofree char *subject = waiting_page_subject_of (op);
  g_autofree char *title = waiting_page_title_of (op, subject);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *text = (refused || discarded) && problem_of (op) != NULL
                              ? g_strdup_printf ("%s · %s", time, problem_of (op))
                              : g_strdup (time);
  g_autofree char *safe_text = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_text);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             mh_status_pill_new (refused     ? "rejected"
                                                 : discarded ? "cancelled"
                                                             : "placed",
                                                 refused     ? _ ("Refused")
                                                 : discarded ? _ ("Discarded")
                                                             : _ ("Waiting")));
  if (subject == NULL)
    waiting_page_ask_name (page, row, op);
  if (merge != NULL)
    waiting_page_add_button (page, row, _ ("_Compare…"), op, G_CALLBACK (waiting_page_compare_cb));
  else if (refused && is_correctable (op))
    waiting_page_add_button (page, row, _ ("_Correct…"), op, G_CALLBACK (correct_cb));
  if (merge == NULL && refused)
    waiting_page_add_button (page, row, _ ("_Send again"), op, G_CALLBACK (waiting_page_again_cb));
  if (refused)
    waiting_page_add_button (page, row, _ ("_Discard"), op, G_CALLBACK (give_up_cb));
  if (discarded)
    waiting_page_add_button (page, row, _ ("_Bring back"), op,
                             G_CALLBACK (waiting_page_bring_back_cb));

  return row;
}

static guint
waiting_page_fill (MhWaitingPage *page, GtkListBox *list, GPtrArray *ops, const char *state)
{
  guint n = 0;
  GtkListBoxRow *old;
  while ((old = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (old));

  for (guint i = 0; i < ops->len; i++)
    {
      const MhOp *op = g_ptr_array_index (ops, i);
      if (!g_str_equal (op->state, state))
        continue;
      gtk_list_box_append (list, waiting_page_row_of (page, op));
      n++;
    }

  return n;
}

static void
waiting_page_refresh_cb (MhWaitingPage *page)
{
  g_autoptr (GPtrArray) ops = mh_sync_list_ops (waiting_page_sync_of (page));
  gboolean refused = waiting_page_fill (page, page->refused, ops, MH_OP_CONFLICT) > 0;
  gboolean waiting = waiting_page_fill (page, page->waiting, ops, MH_OP_WAITING) > 0;
  gboolean discarded = waiting_page_fill (page, page->discarded, ops, MH_OP_DISCARDED) > 0;
  gtk_widget_set_visible (page->refused_group, refused);
  gtk_widget_set_visible (page->waiting_group, waiting);
  gtk_widget_set_visible (page->discarded_group, discarded);
  gtk_stack_set_visible_child (page->stack,
                               refused || waiting || discarded ? page->something : page->nothing);
}

/* --- making it --- */

static void
waiting_page_begin (MhPane *pane)
{
  MhWaitingPage *page = MH_WAITING_PAGE (pane);
  g_signal_connect_object (waiting_page_sync_of (page), "notify::waiting",
                           G_CALLBACK (waiting_page_refresh_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (waiting_page_sync_of (page), "notify::conflicts",
                           G_CALLBACK (waiting_page_refresh_cb), page, G_CONNECT_SWAPPED);
  waiting_page_refresh_cb (page);
}

static void
mh_waiting_page_class_init (MhWaitingPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = waiting_page_begin;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("platform/shell/mh-waiting-page"));
  gtk_widget_class_bind_template_child (widget, MhWaitingPage, stack);
  gtk_widget_class_bind_template_child (widget, MhWaitingPage, nothing);
  gtk_widget_class_bind_template_child (widget, MhWaitingPage, something);
  gtk_widget_class_bind_template_child (widget, MhWaitingPage, refused_group);
  gtk_widget_class_bind_template_child (widget, MhWaitingPage, waiting_group);
  gtk_widget_class_bind_template_child (widget, MhWaitingPage, discarded_group);
  gtk_widget_class_bind_template_child (widget, MhWaitingPage, refused);
  gtk_widget_class_bind_template_child (widget, MhWaitingPage, discarded);
  gtk_widget_class_bind_template_child (widget, MhWaitingPage, waiting);
}

static void
mh_waiting_page_init (MhWaitingPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_waiting_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_WAITING_PAGE, "context", context, NULL);
}
