/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-lab-queue.h"

#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"

#include <glib/gi18n-lib.h>
#include <string.h>

char *
mh_lab_urgency_text (MhRecord *order)
{
  const char *priority = mh_record_text (order, MH_ORDER_PRIORITY);
  if (g_strcmp0 (priority, MH_PRIORITY_STAT) == 0)
    return g_strdup (_ ("⚡ STAT"));
  return g_strcmp0 (priority, MH_PRIORITY_URGENT) == 0 ? g_strdup (_ ("▲ Urgent")) : NULL;
}

const char *
mh_lab_urgency_style (MhRecord *order)
{
  return g_strcmp0 (mh_record_text (order, MH_ORDER_PRIORITY), MH_PRIORITY_STAT) == 0 ? "mh-late"
                                                                                      : "mh-soon";
}

char *
mh_lab_waited_text (MhRecord *order)
{
  return mh_lab_since (mh_record_int (order, MH_ORDER_ORDERED_AT), mh_when_now ());
}

char *
mh_lab_since (gint64 from, gint64 until)
{
  int minutes = (int)(MAX (0, until - from) / (60 * G_USEC_PER_SEC));
  if (minutes < 60 || minutes >= 24 * 60)
    return mh_words_since (from, until);
  /* Translators: hours and minutes in a narrow column */
  return g_strdup_printf (_ ("%d h %02d"), minutes / 60, minutes % 60);
}

char *
mh_lab_tubes_text (MhRecord *order)
{
  GPtrArray *samples = mh_record_records (order, MH_ORDER_SAMPLES);
  GString *text = g_string_new (NULL);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                            mh_record_text (samples->pdata[i], MH_SAMPLE_ACCESSION));
  return g_string_free (text, FALSE);
}

const char *
mh_lab_waited_style (MhRecord *order)
{
  gint64 promised = mh_record_int (order, MH_ORDER_PROMISED_AT);
  return promised > 0 && mh_when_now () > promised ? "mh-late" : NULL;
}

static int
lab_queue_rank (MhRecord *order)
{
  const char *priority = mh_record_text (order, MH_ORDER_PRIORITY);
  if (g_strcmp0 (priority, MH_PRIORITY_STAT) == 0)
    return 0;
  return g_strcmp0 (priority, MH_PRIORITY_URGENT) == 0 ? 1 : 2;
}

/* Of one time: by id, as the server does. */
static int
compare_times (gint64 one, gint64 other, MhRecord *a, MhRecord *b)
{
  return one != other ? (one < other ? -1 : 1) : g_strcmp0 (mh_record_id (a), mh_record_id (b));
}

int
mh_lab_queue_compare_oldest (gconstpointer one, gconstpointer other)
{
  MhRecord *a = (MhRecord *)one, *b = (MhRecord *)other;
  return compare_times (mh_record_int (a, MH_ORDER_ORDERED_AT),
                        mh_record_int (b, MH_ORDER_ORDERED_AT), a, b);
}

int
mh_lab_queue_compare_pressing (gconstpointer one, gconstpointer other)
{
  int by_rank = lab_queue_rank ((MhRecord *)one) - lab_queue_rank ((MhRecord *)other);
  return by_rank != 0 ? by_rank : mh_lab_queue_compare_oldest (one, other);
}

static gint64
reported_at (MhRecord *order)
{
  return mh_record_int (order, mh_record_has (order, MH_ORDER_COMPLETED_AT) ? MH_ORDER_COMPLETED_AT
                                                                            : MH_ORDER_ORDERED_AT);
}

int
mh_lab_queue_compare_reported (gconstpointer one, gconstpointer other)
{
  MhRecord *a = (MhRecord *)one, *b = (MhRecord *)other;
  return -compare_times (reported_at (a), reported_at (b), a, b);
}

static int
lab_queue_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  return mh_lab_queue_compare_pressing (a, b);
}

GListModel *
mh_lab_queue_new (GListModel *orders)
{
  return G_LIST_MODEL (gtk_sort_list_model_new (
      orders, GTK_SORTER (gtk_custom_sorter_new (lab_queue_compare, NULL, NULL))));
}

static gboolean
lab_queue_fits (gpointer item, gpointer search)
{
  static const guint fields[] = { MH_ORDER_PATIENT_NAME, MH_ORDER_NUMBER, MH_ORDER_PATIENT_MRN };
  g_autofree char *typed = mh_text_fold (gtk_editable_get_text (search));
  g_autofree char *tubes = mh_lab_tubes_text (item);
  GString *all = g_string_new (tubes);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = mh_record_text (item, fields[i]);
      g_string_append_printf (all, " %s", text != NULL ? text : "");
    }

  g_autofree char *folded = mh_text_fold (all->str);
  g_string_free (all, TRUE);
  return strstr (folded, typed) != NULL;
}

static void
lab_queue_typed_cb (GtkFilter *filter)
{
  gtk_filter_changed (filter, GTK_FILTER_CHANGE_DIFFERENT);
}

GListModel *
mh_lab_queue_filter (GListModel *orders, GtkEditable *search)
{
  GtkFilter *filter
      = GTK_FILTER (gtk_custom_filter_new (lab_queue_fits, g_object_ref (search), g_object_unref));
  g_signal_connect_object (search, "changed", G_CALLBACK (lab_queue_typed_cb), filter,
                           G_CONNECT_SWAPPED);
  return G_LIST_MODEL (gtk_filter_list_model_new (orders, filter));
}

char *
mh_lab_queue_next (GListModel *queue, const char *id)
{
  g_autofree char *first = NULL;
  gboolean passed = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (MhRecord) order = g_list_model_get_item (queue, i);
      gboolean same = g_strcmp0 (mh_record_id (order), id) == 0;
      if (passed && !same)
        return g_strdup (mh_record_id (order));
      passed = passed || same;
      if (!same && first == NULL)
        first = g_strdup (mh_record_id (order));
    }

  return g_steal_pointer (&first);
}
