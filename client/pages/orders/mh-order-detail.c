/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/orders/mh-order-detail.h"

#include "client/models/mh-read.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-marks.h"
#include "client/widgets/mh-patient-strip.h"
#include "client/widgets/mh-timeline.h"
#include "client/widgets/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/mh-records.h"

#include <glib/gi18n-lib.h>

struct _MhOrderDetail
{
  GtkWidget parent_instance;
  MhContext *context;
  MhRecord *order;
  char *wanted;
  GCancellable *cancellable;
  GtkWidget *stack, *strip, *title, *status, *money, *tests, *tubes, *timeline;
};

G_DEFINE_FINAL_TYPE (MhOrderDetail, mh_order_detail, GTK_TYPE_WIDGET)

/* --- showing --- */

static void
show_tests (MhOrderDetail *detail)
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
custody_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderDetail) detail = data;
  g_autoptr (MhAnswer) answer = mh_api_call_finish (MH_API (source), result, NULL);
  if (answer == NULL || answer->items == NULL || detail->context == NULL)
    return;
  for (guint i = 0; i < answer->items->len; i++)
    {
      MhRecord *event = g_ptr_array_index (answer->items, i);
      const MhField *field = &mh_custody_event_type.fields[MH_CUSTODY_EVENT_EVENT];
      const char *place = mh_record_text (event, MH_CUSTODY_EVENT_PLACE);
      const char *reason = mh_record_text (event, MH_CUSTODY_EVENT_REASON);
      gboolean rejected
          = g_strcmp0 (mh_record_text (event, MH_CUSTODY_EVENT_EVENT), MH_CUSTODY_REJECTED) == 0;
      mh_timeline_add (MH_TIMELINE (detail->timeline), mh_record_int (event, MH_CUSTODY_EVENT_AT),
                       mh_words_of_code (field, mh_record_text (event, MH_CUSTODY_EVENT_EVENT)),
                       mh_record_text (event, MH_CUSTODY_EVENT_BY_NAME),
                       reason != NULL ? reason : place, rejected ? "mh-critical" : NULL);
    }
}

static void
show_tubes (MhOrderDetail *detail)
{
  GPtrArray *samples = mh_record_records (detail->order, MH_ORDER_SAMPLES);
  mh_box_clear (detail->tubes);
  mh_timeline_clear (MH_TIMELINE (detail->timeline));
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      const char *args[] = { "id", mh_record_id (sample), NULL };
      mh_box_append (detail->tubes, tube_row (sample));
      if (mh_context_may (detail->context, "sample.read"))
        mh_api_call_async (mh_context_api (detail->context), "custody.list", args, NULL, NULL, -1,
                           detail->cancellable, custody_cb, g_object_ref (detail));
    }
}

static void
patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderDetail) detail = data;
  g_autoptr (MhRecord) patient = mh_read_finish (result, NULL);
  char today[11];
  if (detail->context != NULL && patient != NULL)
    mh_patient_strip_show (MH_PATIENT_STRIP (detail->strip), patient,
                           mh_today (detail->context, today));
}

static void
show (MhOrderDetail *detail)
{
  MhRecord *order = detail->order;
  const char *currency = mh_record_text (order, MH_ORDER_CURRENCY);
  g_autofree char *total = mh_money_display (mh_record_int (order, MH_ORDER_TOTAL), currency);
  g_autofree char *due = mh_money_display (mh_record_int (order, MH_ORDER_DUE), currency);
  g_autofree char *money = mh_record_int (order, MH_ORDER_DUE) > 0
                               ? g_strdup_printf (_ ("%s, still due %s"), total, due)
                               : g_strdup_printf (_ ("%s, paid"), total);
  const char *number = mh_record_text (order, MH_ORDER_NUMBER);
  gtk_label_set_text (GTK_LABEL (detail->title),
                      number != NULL ? number : _ ("Waiting for its number"));
  mh_status_pill_set (detail->status, mh_record_text (order, MH_ORDER_STATUS), NULL);
  gtk_label_set_text (GTK_LABEL (detail->money), money);
  show_tests (detail);
  show_tubes (detail);
  gtk_stack_set_visible_child_name (GTK_STACK (detail->stack), "order");
  mh_read_async (detail->context, "patient.read", mh_record_text (order, MH_ORDER_PATIENT_ID),
                 detail->cancellable, patient_cb, g_object_ref (detail));
}

static void
order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderDetail) detail = data;
  g_autoptr (MhRecord) order = mh_read_finish (result, NULL);
  if (order == NULL || detail->context == NULL
      || g_strcmp0 (mh_record_id (order), detail->wanted) != 0)
    return;
  g_set_object (&detail->order, order);
  show (detail);
}

static void
load (MhOrderDetail *detail)
{
  g_cancellable_cancel (detail->cancellable);
  g_object_unref (detail->cancellable);
  detail->cancellable = g_cancellable_new ();
  mh_read_async (detail->context, "order.read", detail->wanted, detail->cancellable, order_cb,
                 g_object_ref (detail));
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
    gtk_stack_set_visible_child_name (GTK_STACK (detail->stack), "nothing");
  else
    load (detail);
}

MhRecord *
mh_order_detail_order (MhOrderDetail *detail)
{
  return detail->order;
}

/* What another desk does to the order or its tubes shows here at once. */
static void
changed_cb (MhSync *sync,
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
  load (detail);
}

/* --- making it --- */

static void
mh_order_detail_dispose (GObject *object)
{
  MhOrderDetail *detail = MH_ORDER_DETAIL (object);
  g_cancellable_cancel (detail->cancellable);
  g_clear_pointer (&detail->stack, gtk_widget_unparent);
  g_clear_object (&detail->order);
  g_clear_object (&detail->context);
  g_clear_pointer (&detail->wanted, g_free);
  G_OBJECT_CLASS (mh_order_detail_parent_class)->dispose (object);
}

static void
mh_order_detail_finalize (GObject *object)
{
  g_object_unref (MH_ORDER_DETAIL (object)->cancellable);
  G_OBJECT_CLASS (mh_order_detail_parent_class)->finalize (object);
}

static void
mh_order_detail_class_init (MhOrderDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_order_detail_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_order_detail_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mh_order_detail_init (MhOrderDetail *detail)
{
  detail->cancellable = g_cancellable_new ();
}

static GtkWidget *
make_head (MhOrderDetail *detail)
{
  GtkWidget *head = mh_hbox (MH_GAP);
  detail->title = mh_label ("", "title-4");
  detail->status = mh_status_pill_new (NULL, NULL);
  detail->money = mh_label ("", "dim-label");
  gtk_widget_set_hexpand (detail->title, TRUE);
  mh_box_append (head, detail->title);
  mh_box_append (head, detail->status);
  return head;
}

GtkWidget *
mh_order_detail_new (MhContext *context)
{
  MhOrderDetail *detail = g_object_new (MH_TYPE_ORDER_DETAIL, NULL);
  GtkWidget *pane = mh_vbox (MH_GAP), *inner = mh_vbox (MH_GAP);
  detail->context = g_object_ref (context);
  detail->strip = mh_patient_strip_new ();
  detail->tests = mh_vbox (6);
  detail->tubes = mh_vbox (6);
  detail->timeline = mh_timeline_new ();
  detail->stack = gtk_stack_new ();
  gtk_widget_add_css_class (pane, "mh-pane");
  mh_box_append (pane, detail->strip);
  mh_box_append (pane, make_head (detail));
  mh_box_append (pane, detail->money);
  mh_box_append (inner, mh_heading (_ ("Tests")));
  mh_box_append (inner, detail->tests);
  mh_box_append (inner, mh_heading (_ ("Tubes")));
  mh_box_append (inner, detail->tubes);
  mh_box_append (inner, mh_heading (_ ("Chain of custody")));
  mh_box_append (inner, detail->timeline);
  mh_box_append (pane, mh_scrolled (inner));
  gtk_stack_add_named (GTK_STACK (detail->stack),
                       mh_empty_new ("mh-order-symbolic", _ ("No order chosen"),
                                     _ ("Choose a row to see its tubes and who had them."), NULL,
                                     NULL),
                       "nothing");
  gtk_stack_add_named (GTK_STACK (detail->stack), pane, "order");
  gtk_widget_set_parent (detail->stack, GTK_WIDGET (detail));
  g_signal_connect_object (mh_context_sync (context), "changed", G_CALLBACK (changed_cb), detail,
                           0);
  return GTK_WIDGET (detail);
}
