/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-order-detail.h"

#include "client/models/mh-fetch.h"
#include "client/models/mh-read.h"
#include "client/pages/lab/orders/mh-order-recover.h"
#include "client/pages/lab/orders/mh-tests-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-timeline.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhOrderDetail
{
  MhPane parent_instance;
  MhRecord *order;
  char *wanted;
  GCancellable *loading; /* of the order on show: cancelled when another one is wanted */
  GtkStack *stack;
  MhPatientStrip *strip;
  MhTimeline *timeline;
  GtkLabel *number, *facts;
  GtkWidget *back, *head, *priority, *status, *tests, *tubes, *change_tests, *reopen, *cancel;
};

/* Whose events are being asked for. */
typedef struct
{
  MhOrderDetail *detail;
  char *accession; /* NULL: there is one tube only */
  gboolean first;
} Asking;

G_DEFINE_FINAL_TYPE (MhOrderDetail, mh_order_detail, MH_TYPE_PANE)

/* --- showing --- */

static void
order_detail_show_tests (MhOrderDetail *detail)
{
  GPtrArray *items = mh_record_records (detail->order, MH_ORDER_ITEMS);
  mh_box_clear (detail->tests);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      GtkWidget *row = mh_hbox (MH_GAP);
      GtkWidget *name = mh_label (mh_record_text (item, MH_ORDER_ITEM_NAME), NULL);
      gtk_widget_set_hexpand (name, TRUE);
      mh_box_append (row, name);
      mh_box_append (row, mh_status_pill_new (mh_record_text (item, MH_ORDER_ITEM_STATUS), NULL));
      mh_box_append (detail->tests, row);
    }
}

static GtkWidget *
tube_row (MhRecord *sample)
{
  GtkWidget *row = mh_hbox (MH_GAP), *words = mh_vbox (0);
  g_autofree char *tests
      = mh_record_list (sample, MH_SAMPLE_TEST_NAMES) != NULL
            ? g_strjoinv (", ", (char **)mh_record_list (sample, MH_SAMPLE_TEST_NAMES))
            : g_strdup ("");
  const char *container = mh_record_text (sample, MH_SAMPLE_CONTAINER_NAME);
  const char *colour = mh_record_text (sample, MH_SAMPLE_COLOUR);
  g_autofree char *text = g_strdup_printf ("%s (%s) · %s", container != NULL ? container : "",
                                           colour != NULL ? colour : "", tests);
  GtkWidget *accession = mh_label (mh_record_text (sample, MH_SAMPLE_ACCESSION), "heading");
  GtkWidget *what = mh_label (text, "dim-label");

  gtk_label_set_selectable (GTK_LABEL (accession), TRUE);
  gtk_widget_set_hexpand (words, TRUE);
  mh_box_append (words, accession);
  mh_box_append (words, what);
  mh_box_append (row, words);
  mh_box_append (row, mh_status_pill_new (mh_record_text (sample, MH_SAMPLE_STATUS), NULL));

  return row;
}

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->detail);
  g_free (asking->accession);
  g_free (asking);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
show_event (Asking *asking, MhRecord *event)
{
  const char *code = mh_record_text (event, MH_CUSTODY_EVENT_EVENT);
  const char *reason = mh_record_text (event, MH_CUSTODY_EVENT_REASON);
  const char *place = mh_record_text (event, MH_CUSTODY_EVENT_PLACE);
  const char *word = mh_words_of_code (&mh_custody_event_type.fields[MH_CUSTODY_EVENT_EVENT], code);
  gboolean ordered = g_strcmp0 (code, MH_CUSTODY_ORDERED) == 0;
  g_autofree char *what = asking->accession != NULL && !ordered
                              ? g_strdup_printf ("%s · %s", word, asking->accession)
                              : g_strdup (word);
  const char *why = mh_timeline_reason_words (reason);

  if (ordered && !asking->first)
    return; /* the order is one, however many tubes it has */

  mh_timeline_add (asking->detail->timeline, mh_record_int (event, MH_CUSTODY_EVENT_AT), what,
                   mh_record_text (event, MH_CUSTODY_EVENT_BY_NAME), why != NULL ? why : place,
                   g_strcmp0 (code, MH_CUSTODY_REJECTED) == 0 ? "mh-critical" : NULL);
}

static void
order_detail_custody_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asking) asking = data;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, NULL);
  if (answer == NULL || mh_pane_context (MH_PANE (asking->detail)) == NULL)
    return;
  for (guint i = 0; i < answer->len; i++)
    show_event (asking, g_ptr_array_index (answer, i));
}

static void
ask_custody (MhOrderDetail *detail, MhRecord *sample, gboolean first, gboolean only)
{
  const char *args[] = { "id", mh_record_id (sample), NULL };
  Asking *asking = g_new0 (Asking, 1);
  asking->detail = g_object_ref (detail);
  asking->accession = only ? NULL : g_strdup (mh_record_text (sample, MH_SAMPLE_ACCESSION));
  asking->first = first;
  mh_fetch_async (mh_pane_context (MH_PANE (detail)),
                  &(MhFetch){ .route = "custody.list", .args = args }, detail->loading,
                  order_detail_custody_cb, asking);
}

static void
order_detail_show_tubes (MhOrderDetail *detail)
{
  GPtrArray *samples = mh_record_records (detail->order, MH_ORDER_SAMPLES);
  gboolean may = mh_context_may (mh_pane_context (MH_PANE (detail)), "sample.read");
  mh_box_clear (detail->tubes);
  mh_timeline_clear (detail->timeline);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      mh_box_append (detail->tubes, tube_row (sample));
      if (may)
        ask_custody (detail, sample, i == 0, samples->len == 1);
    }
}

static void
order_detail_patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderDetail) detail = data;
  MhContext *context = mh_pane_context (MH_PANE (detail));
  g_autoptr (MhRecord) patient = mh_read_finish (result, NULL);
  char today[11];
  if (context != NULL && patient != NULL)
    mh_patient_strip_show (detail->strip, patient, mh_when_today_text (today));
}

static void
order_detail_add_fact (GString *facts, const char *fact)
{
  if (fact != NULL && fact[0] != 0)
    g_string_append_printf (facts, " · %s", fact);
}

/* What it costs, who wanted it, when it was promised, who does it. */
static void
order_detail_show_facts (MhOrderDetail *detail)
{
  MhRecord *order = detail->order;
  const char *currency = mh_record_text (order, MH_ORDER_CURRENCY);
  gint64 owed = mh_record_int (order, MH_ORDER_DUE);
  g_autofree char *total = mh_money_display (mh_record_int (order, MH_ORDER_TOTAL), currency);
  g_autofree char *due = mh_money_display (owed, currency);
  g_autofree char *money = owed > 0 ? g_strdup_printf (_ ("%s, still due %s"), total, due)
                                    : g_strdup_printf (_ ("%s, paid"), total);
  const char *person = mh_record_text (order, MH_ORDER_ASSIGNED_NAME);
  g_autofree char *time = mh_words_time (mh_record_int (order, MH_ORDER_PROMISED_AT));
  g_autofree char *promised = mh_record_has (order, MH_ORDER_PROMISED_AT)
                                  /* Translators: %s is a time or a day */
                                  ? g_strdup_printf (_ ("promised for %s"), time)
                                  : NULL;

  /* Translators: %s is the technician who does the tests */
  g_autofree char *done = person != NULL ? g_strdup_printf (_ ("assigned to %s"), person) : NULL;
  g_autoptr (GString) facts = g_string_new (money);

  order_detail_add_fact (facts, promised);
  order_detail_add_fact (facts, mh_record_text (order, MH_ORDER_DOCTOR_NAME));
  order_detail_add_fact (facts, done);
  gtk_label_set_text (detail->facts, facts->str);
}

/* What may still become of it, for who may do so. */
static void
order_detail_show_actions (MhOrderDetail *detail)
{
  MhContext *context = mh_pane_context (MH_PANE (detail));
  MhRecord *order = detail->order;
  gtk_widget_set_visible (detail->change_tests, mh_context_may (context, MH_MAY_WRITE_ORDER)
                                                    && mh_tests_dialog_may (order));
  gtk_widget_set_visible (detail->reopen, mh_context_may (context, MH_MAY_TAKE_PAYMENT)
                                              && mh_order_may_reopen (order));
  gtk_widget_set_visible (detail->cancel, mh_context_may (context, MH_MAY_CANCEL_ORDER)
                                              && mh_order_may_cancel (order));
}

static void
order_detail_show (MhOrderDetail *detail)
{
  MhRecord *order = detail->order;
  const char *number = mh_record_text (order, MH_ORDER_NUMBER);
  const char *priority = mh_record_text (order, MH_ORDER_PRIORITY);
  gboolean routine = g_strcmp0 (priority, MH_PRIORITY_ROUTINE) == 0;
  g_autofree char *shown = mh_words_order (number);

  gtk_label_set_text (detail->number, number != NULL ? shown : _ ("Waiting for its number"));
  mh_status_pill_set (detail->priority, routine ? NULL : priority, NULL);
  mh_status_pill_set (detail->status, mh_record_text (order, MH_ORDER_STATUS), NULL);
  order_detail_show_actions (detail);
  order_detail_show_facts (detail);
  order_detail_show_tests (detail);
  order_detail_show_tubes (detail);
  gtk_stack_set_visible_child_name (detail->stack, "order");
  mh_read_async (mh_pane_context (MH_PANE (detail)), "patient.read",
                 mh_record_text (order, MH_ORDER_PATIENT_ID), detail->loading,
                 order_detail_patient_cb, g_object_ref (detail));
}

static void
order_detail_order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderDetail) detail = data;
  g_autoptr (MhRecord) order = mh_read_finish (result, NULL);
  if (order == NULL || mh_pane_context (MH_PANE (detail)) == NULL
      || g_strcmp0 (mh_record_id (order), detail->wanted) != 0)
    return;
  g_set_object (&detail->order, order);
  order_detail_show (detail);
}

static void
order_detail_load (MhOrderDetail *detail)
{
  g_cancellable_cancel (detail->loading);
  g_clear_object (&detail->loading);
  detail->loading = g_cancellable_new ();
  mh_read_async (mh_pane_context (MH_PANE (detail)), "order.read", detail->wanted, detail->loading,
                 order_detail_order_cb, g_object_ref (detail));
}

void
mh_order_detail_show (MhOrderDetail *detail, const char *order_id)
{
  if (order_id != NULL && g_strcmp0 (order_id, detail->wanted) == 0)
    return;
  g_free (detail->wanted);
  detail->wanted = g_strdup (order_id);
  g_clear_object (&detail->order);
  if (order_id == NULL)
    gtk_stack_set_visible_child_name (detail->stack, "nothing");
  else
    order_detail_load (detail);
}

MhRecord *
mh_order_detail_order (MhOrderDetail *detail)
{
  return detail->order;
}

void
mh_order_detail_follow (MhOrderDetail *detail, MhSplit *split)
{
  g_object_bind_property (split, "folded", detail->back, "visible", G_BINDING_SYNC_CREATE);
}

/* What another desk does to the order or its tubes shows here at once. */
static void
order_detail_changed_cb (MhSync *sync,
                         const MhRecordType *type,
                         const char *id,
                         MhRecord *record,
                         MhOrderDetail *detail)
{
  gboolean mine = type == &mh_order_type && g_strcmp0 (id, detail->wanted) == 0;
  if (type == &mh_sample_type && record != NULL)
    mine = g_strcmp0 (mh_record_text (record, MH_SAMPLE_ORDER_ID), detail->wanted) == 0;
  if (!mine || detail->order == NULL || detail->wanted == NULL)
    return;
  if (type == &mh_order_type && record != NULL
      && mh_record_version (record) <= mh_record_version (detail->order))
    return;
  order_detail_load (detail);
}

static void
tests_cb (MhOrderDetail *detail)
{
  if (detail->order != NULL)
    mh_tests_dialog_show (GTK_WIDGET (detail), mh_pane_context (MH_PANE (detail)), detail->order);
}

static void
order_detail_recover (MhOrderDetail *detail, const char *action)
{
  if (detail->order != NULL)
    mh_order_recover (GTK_WIDGET (detail), mh_pane_context (MH_PANE (detail)), detail->order,
                      action);
}

static void
reopen_cb (MhOrderDetail *detail)
{
  order_detail_recover (detail, MH_RECOVERY_RETRY);
}

static void
order_detail_cancel_cb (MhOrderDetail *detail)
{
  order_detail_recover (detail, MH_RECOVERY_CANCEL);
}

/* --- making it --- */

static void
order_detail_begin (MhPane *pane)
{
  g_signal_connect_object (mh_context_sync (mh_pane_context (pane)), "changed",
                           G_CALLBACK (order_detail_changed_cb), pane, 0);
}

static void
mh_order_detail_dispose (GObject *object)
{
  MhOrderDetail *detail = MH_ORDER_DETAIL (object);
  g_cancellable_cancel (detail->loading);
  g_clear_object (&detail->loading);
  g_clear_object (&detail->order);
  g_clear_pointer (&detail->wanted, g_free);
  G_OBJECT_CLASS (mh_order_detail_parent_class)->dispose (object);
}

static void
mh_order_detail_class_init (MhOrderDetailClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_order_detail_dispose;
  MH_PANE_CLASS (klass)->begin = order_detail_begin;
  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  g_type_ensure (MH_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/orders/mh-order-detail"));
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, stack);
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, back);
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, strip);
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, head);
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, number);
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, facts);
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, tests);
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, tubes);
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, timeline);
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, change_tests);
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, reopen);
  gtk_widget_class_bind_template_child (widget, MhOrderDetail, cancel);
  gtk_widget_class_bind_template_callback (widget, tests_cb);
  gtk_widget_class_bind_template_callback (widget, reopen_cb);
  gtk_widget_class_bind_template_callback (widget, order_detail_cancel_cb);
}

static void
mh_order_detail_init (MhOrderDetail *detail)
{
  gtk_widget_init_template (GTK_WIDGET (detail));
  detail->priority = mh_status_pill_new (NULL, NULL);
  detail->status = mh_status_pill_new (NULL, NULL);
  mh_box_append (detail->head, detail->priority);
  mh_box_append (detail->head, detail->status);
}
