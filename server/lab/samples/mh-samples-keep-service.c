/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/samples/mh-samples-keep-service.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/samples/mh-samples-store.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-types.h"
#include "shared/rules/lab/mh-stability.h"

static gboolean
samples_keep_service_is (MhRecord *event, const char *what)
{
  return g_strcmp0 (mh_record_text (event, MH_CUSTODY_EVENT_EVENT), what) == 0;
}

/* What was measured on the way; a refrigerator's own; out of one it is in the room. */
static gboolean
stamp_temperature (MhTx *tx, MhRecord *tube, MhRecord *event, GError **error)
{
  g_autofree char *place = NULL;
  if (mh_record_has (event, MH_CUSTODY_EVENT_TEMPERATURE))
    {
      mh_record_set_text (tube, MH_SAMPLE_TEMPERATURE,
                          mh_record_text (event, MH_CUSTODY_EVENT_TEMPERATURE));
      return TRUE;
    }

  if (samples_keep_service_is (event, MH_CUSTODY_RETRIEVED)
      || samples_keep_service_is (event, MH_CUSTODY_COLLECTED))
    mh_record_set_null (tube, MH_SAMPLE_TEMPERATURE);
  if (!samples_keep_service_is (event, MH_CUSTODY_STORED)
      || !mh_record_has (event, MH_CUSTODY_EVENT_BOX_ID))
    return TRUE;

  if (!mh_samples_store_temperature (mh_tx_db (tx), mh_record_text (event, MH_CUSTODY_EVENT_BOX_ID),
                                     &place, error))
    return FALSE;
  mh_record_set_text (tube, MH_SAMPLE_TEMPERATURE, place);
  return TRUE;
}

static gboolean
stamp_until (MhTx *tx, MhServer *server, MhRecord *tube, GError **error)
{
  const char *const *codes = mh_record_list (tube, MH_SAMPLE_TESTS);
  g_autoptr (GPtrArray) tests = g_ptr_array_new ();
  g_autofree char *names = NULL;
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (server), mh_tx_db (tx), error);
  if (view == NULL)
    return FALSE;

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      MhRecord *test = mh_catalogue_find (view, &mh_test_type, codes[i]);
      if (test != NULL)
        g_ptr_array_add (tests, test);
    }

  gint64 until = mh_stability_of_tube (tests, mh_record_text (tube, MH_SAMPLE_TEMPERATURE),
                                       mh_record_int (tube, MH_SAMPLE_COLLECTED_AT), &names);
  if (until != 0)
    mh_record_set_int (tube, MH_SAMPLE_STABLE_UNTIL, until);
  else
    mh_record_set_null (tube, MH_SAMPLE_STABLE_UNTIL);
  mh_record_set_text (tube, MH_SAMPLE_STABLE_TESTS, names);
  return TRUE;
}

gboolean
mh_samples_keep_stamp (MhTx *tx, MhServer *server, MhRecord *tube, MhRecord *event, GError **error)
{
  static const char *const kept[]
      = { MH_CUSTODY_COLLECTED, MH_CUSTODY_HANDED_OVER, MH_CUSTODY_RECEIVED,
          MH_CUSTODY_STORED,    MH_CUSTODY_RETRIEVED,   NULL };
  const char *what = mh_record_text (event, MH_CUSTODY_EVENT_EVENT);

  if (what == NULL || !g_strv_contains (kept, what)
      || !mh_record_has (tube, MH_SAMPLE_COLLECTED_AT))
    return TRUE;
  return stamp_temperature (tx, tube, event, error) && stamp_until (tx, server, tube, error);
}
