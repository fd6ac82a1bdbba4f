/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-tubes.h"

#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"
#include "shared/rules/lab/mh-order-rules.h"

#include <string.h>

char *
mh_tubes_next_accession (MhTx *tx, const char *bench, GTimeZone *zone, GError **error)
{
  MhDate today = mh_date_of_instant (mh_tx_now (tx), zone);
  MhDate new_year = { today.year, 1, 1 };
  int day = (int)(mh_date_to_days (today) - mh_date_to_days (new_year)) + 1;
  g_autofree char *series
      = g_strdup_printf ("accession:%c:%02d%03d", bench[0], today.year % 100, day);
  gint64 number = mh_tx_next_number (tx, series, error);

  if (number < 0)
    return NULL;

  char *accession = mh_accession_make (bench[0], today.year, day, number);
  if (accession == NULL)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "Bench %s has used up the accession numbers of the day.", bench);

  return accession;
}

static MhRecord *
tubes_find_tube (GPtrArray *samples, MhRecord *test)
{
  for (guint i = 0; i < samples->len; i++)
    if (mh_tube_rules_shares (g_ptr_array_index (samples, i), test))
      return g_ptr_array_index (samples, i);
  return NULL;
}

static MhRecord *
tubes_make_tube (MhTx *tx,
                 MhCatalogueView *view,
                 MhRecord *order,
                 MhRecord *test,
                 GTimeZone *zone,
                 GError **error)
{
  const char *code = mh_record_text (test, MH_TEST_CONTAINER);
  const char *bench = mh_record_text (test, MH_TEST_BENCH);
  MhRecord *container = mh_catalogue_find (view, &mh_container_type, code);
  char *accession = mh_tubes_next_accession (tx, bench, zone, error);

  if (accession == NULL)
    return NULL;

  MhRecord *sample = mh_record_new (&mh_sample_type);
  mh_record_take_text (sample, MH_ID, mh_id_new ());
  mh_record_set_text (sample, MH_SAMPLE_HOSPITAL_ID, mh_record_text (order, MH_ORDER_HOSPITAL_ID));
  mh_record_set_text (sample, MH_SAMPLE_ORDER_ID, mh_record_id (order));
  mh_record_set_text (sample, MH_SAMPLE_PATIENT_ID, mh_record_text (order, MH_ORDER_PATIENT_ID));
  mh_record_take_text (sample, MH_SAMPLE_ACCESSION, accession);
  mh_record_set_text (sample, MH_SAMPLE_CONTAINER, code);
  mh_record_set_text (sample, MH_SAMPLE_BENCH, bench);
  mh_record_set_text (sample, MH_SAMPLE_SPECIMEN, mh_record_text (test, MH_TEST_SPECIMEN));
  mh_record_set_text (sample, MH_SAMPLE_STATUS, MH_SAMPLE_STATUS_TO_COLLECT);
  mh_record_set_text (sample, MH_SAMPLE_PRIORITY, mh_record_text (order, MH_ORDER_PRIORITY));
  mh_record_set_int (sample, MH_SAMPLE_DRAW_ORDER, mh_record_int (test, MH_TEST_DRAW_ORDER));
  mh_record_set_int (sample, MH_SAMPLE_LABEL_COUNT, 1);
  mh_record_set_int (sample, MH_SAMPLE_LABELS_PRINTED, 0);

  if (container != NULL)
    {
      mh_record_set_text (sample, MH_SAMPLE_CONTAINER_NAME,
                          mh_record_text (container, MH_CONTAINER_NAME));
      mh_record_set_text (sample, MH_SAMPLE_COLOUR,
                          mh_record_text (container, MH_CONTAINER_COLOUR));
    }

  return sample;
}

/* A tube holds what its hungriest test needs; the others take from the same draw. */
static void
tubes_add_test (MhRecord *sample, MhRecord *test)
{
  const char *has = mh_record_text (sample, MH_SAMPLE_VOLUME_ML);
  const char *needs = mh_record_text (test, MH_TEST_VOLUME_ML);
  MhDecimal a, b;
  mh_record_add_to_list (sample, MH_SAMPLE_TESTS, mh_record_text (test, MH_TEST_CODE));
  mh_record_add_to_list (sample, MH_SAMPLE_TEST_NAMES, mh_record_text (test, MH_TEST_SHORT_NAME));
  if (needs != NULL && mh_decimal_parse (needs, &b)
      && (has == NULL || !mh_decimal_parse (has, &a) || mh_decimal_compare (a, b) < 0))
    mh_record_set_text (sample, MH_SAMPLE_VOLUME_ML, needs);
  if (mh_record_int (test, MH_TEST_LABEL_COUNT) > mh_record_int (sample, MH_SAMPLE_LABEL_COUNT))
    mh_record_set_int (sample, MH_SAMPLE_LABEL_COUNT, mh_record_int (test, MH_TEST_LABEL_COUNT));
}

static int
tubes_compare_draw (gconstpointer a, gconstpointer b)
{
  MhRecord *const *left = a, *const *right = b;
  return mh_tube_rules_compare (*left, *right);
}

GPtrArray *
mh_tubes_make (MhTx *tx,
               MhCatalogueView *view,
               MhRecord *order,
               GPtrArray *items,
               GTimeZone *zone,
               GError **error)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      MhRecord *test
          = mh_catalogue_find (view, &mh_test_type, mh_record_text (item, MH_ORDER_ITEM_TEST));
      MhRecord *sample = tubes_find_tube (samples, test);
      if (sample == NULL)
        {
          sample = tubes_make_tube (tx, view, order, test, zone, error);
          if (sample == NULL)
            return NULL;
          g_ptr_array_add (samples, sample);
        }
      tubes_add_test (sample, test);
      mh_record_set_text (item, MH_ORDER_ITEM_SAMPLE_ID, mh_record_id (sample));
    }

  g_ptr_array_sort (samples, tubes_compare_draw);
  return g_steal_pointer (&samples);
}

GPtrArray *
mh_tubes_first_events (MhTx *tx, GPtrArray *samples)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  const MhWho *who = mh_tx_who (tx);
  for (guint i = 0; i < samples->len; i++)
    {
      MhRecord *event = mh_record_new (&mh_custody_event_type);
      mh_record_set_text (event, MH_CUSTODY_EVENT_SAMPLE_ID,
                          mh_record_id (g_ptr_array_index (samples, i)));
      mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_ORDERED);
      mh_record_set_int (event, MH_CUSTODY_EVENT_AT, mh_tx_now (tx));
      mh_record_set_int (event, MH_CUSTODY_EVENT_RECORDED_AT, mh_tx_now (tx));
      mh_record_set_text (event, MH_CUSTODY_EVENT_BY_ID, who->user_id);
      mh_record_set_text (event, MH_CUSTODY_EVENT_BY_NAME, who->user_name);
      mh_record_set_text (event, MH_CUSTODY_EVENT_STATION, who->station);
      g_ptr_array_add (events, event);
    }

  return events;
}
