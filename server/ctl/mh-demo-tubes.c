/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-demo-private.h"

#include "shared/base/mh-check-digit.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"

static char *
next_accession (MhDemo *demo, const char *bench, gint64 at)
{
  MhDate day = mh_date_from_days ((at + MH_DEMO_ZONE_OFFSET) / MH_DAY);
  MhDate new_year = { day.year, 1, 1 };
  int of_year = (int)(mh_date_to_days (day) - mh_date_to_days (new_year)) + 1;
  g_autofree char *key = g_strdup_printf ("%c:%02d%03d", *bench, day.year % 100, of_year);
  return mh_accession_make (*bench, day.year, of_year, mh_demo_count (demo->accession, key));
}

static void
demo_tubes_set_progress (MhDemo *demo, MhDemoOrder *made, MhRecord *sample)
{
  const char *status = made->received_at > 0    ? MH_SAMPLE_STATUS_RECEIVED
                       : made->collected_at > 0 ? MH_SAMPLE_STATUS_COLLECTED
                                                : MH_SAMPLE_STATUS_TO_COLLECT;

  mh_record_set_text (sample, MH_SAMPLE_STATUS, status);
  mh_record_set_int (sample, MH_SAMPLE_LABELS_PRINTED, made->collected_at > 0 ? 1 : 0);
  if (made->collected_at > 0)
    {
      mh_record_set_int (sample, MH_SAMPLE_COLLECTED_AT, made->collected_at);
      mh_record_set_int (sample, MH_SAMPLE_LABEL_SCANNED_AT, made->collected_at);
      mh_record_set_text (sample, MH_SAMPLE_COLLECTED_BY, mh_demo_staff_id (demo, MH_DEMO_NURSE));
      mh_record_set_text (sample, MH_SAMPLE_COLLECTED_NAME,
                          mh_demo_staff_name (demo, MH_DEMO_NURSE));
    }

  if (made->received_at > 0)
    {
      mh_record_set_int (sample, MH_SAMPLE_RECEIVED_AT, made->received_at);
      mh_record_set_text (sample, MH_SAMPLE_RECEIVED_BY,
                          mh_demo_staff_id (demo, MH_DEMO_TECHNICIAN));
    }
}

static MhRecord *
demo_tubes_make_tube (MhDemo *demo, MhDemoOrder *made, MhRecord *test)
{
  const char *bench = mh_record_text (test, MH_TEST_BENCH);
  const char *code = mh_record_text (test, MH_TEST_CONTAINER);
  MhRecord *container = mh_catalogue_find (demo->view, &mh_container_type, code);
  MhRecord *sample = mh_demo_record (demo, &mh_sample_type, made->ordered_at);

  mh_record_set_text (sample, MH_SAMPLE_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (sample, MH_SAMPLE_ORDER_ID, mh_record_id (made->order));
  mh_record_set_text (sample, MH_SAMPLE_PATIENT_ID, made->patient->id);
  mh_record_take_text (sample, MH_SAMPLE_ACCESSION, next_accession (demo, bench, made->ordered_at));
  mh_record_set_text (sample, MH_SAMPLE_CONTAINER, code);
  mh_record_set_text (sample, MH_SAMPLE_CONTAINER_NAME,
                      mh_record_text (container, MH_CONTAINER_NAME));
  mh_record_set_text (sample, MH_SAMPLE_COLOUR, mh_record_text (container, MH_CONTAINER_COLOUR));
  mh_record_set_text (sample, MH_SAMPLE_BENCH, bench);
  mh_record_set_text (sample, MH_SAMPLE_SPECIMEN, mh_record_text (test, MH_TEST_SPECIMEN));
  mh_record_set_text (sample, MH_SAMPLE_VOLUME_ML, mh_record_text (test, MH_TEST_VOLUME_ML));
  mh_record_set_int (sample, MH_SAMPLE_DRAW_ORDER, mh_record_int (test, MH_TEST_DRAW_ORDER));
  mh_record_set_text (sample, MH_SAMPLE_PRIORITY, mh_record_text (made->order, MH_ORDER_PRIORITY));
  mh_record_set_int (sample, MH_SAMPLE_LABEL_COUNT, 1);
  demo_tubes_set_progress (demo, made, sample);

  return sample;
}

static MhRecord *
demo_tubes_find_tube (GPtrArray *samples, MhRecord *test)
{
  for (guint i = 0; i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      if (g_strcmp0 (mh_record_text (sample, MH_SAMPLE_CONTAINER),
                     mh_record_text (test, MH_TEST_CONTAINER))
              == 0
          && g_strcmp0 (mh_record_text (sample, MH_SAMPLE_BENCH),
                        mh_record_text (test, MH_TEST_BENCH))
                 == 0)
        return sample;
    }

  return NULL;
}

static const char *
item_status (const MhDemoOrder *made, MhDemoStage stage)
{
  if (stage == MH_DEMO_STAGE_CANCELLED || stage == MH_DEMO_STAGE_EXPIRED)
    return MH_ITEM_STATUS_CANCELLED;
  if (made->verified_at > 0)
    return MH_ITEM_STATUS_VERIFIED;
  if (made->resulted_at > 0)
    return MH_ITEM_STATUS_RESULTED;
  if (made->received_at > 0)
    return MH_ITEM_STATUS_RECEIVED;
  return made->collected_at > 0 ? MH_ITEM_STATUS_COLLECTED : MH_ITEM_STATUS_TO_COLLECT;
}

void
mh_demo_tubes (MhDemo *demo, MhDemoOrder *made, MhDemoStage stage)
{
  made->samples = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < made->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (made->items, i);
      MhRecord *test = mh_catalogue_find (demo->view, &mh_test_type,
                                          mh_record_text (item, MH_ORDER_ITEM_TEST));
      MhRecord *sample = demo_tubes_find_tube (made->samples, test);
      if (sample == NULL)
        {
          sample = demo_tubes_make_tube (demo, made, test);
          if (stage == MH_DEMO_STAGE_CANCELLED || stage == MH_DEMO_STAGE_EXPIRED)
            mh_record_set_text (sample, MH_SAMPLE_STATUS, MH_SAMPLE_STATUS_CANCELLED);
          g_ptr_array_add (made->samples, sample);
        }
      mh_record_add_to_list (sample, MH_SAMPLE_TESTS, mh_record_text (test, MH_TEST_CODE));
      mh_record_add_to_list (sample, MH_SAMPLE_TEST_NAMES,
                             mh_record_text (test, MH_TEST_SHORT_NAME));
      mh_record_set_text (item, MH_ORDER_ITEM_SAMPLE_ID, mh_record_id (sample));
      mh_record_set_text (item, MH_ORDER_ITEM_STATUS, item_status (made, stage));
    }
}

static void
demo_tubes_add_event (MhDemo *demo,
                      GPtrArray *events,
                      MhRecord *sample,
                      const char *what,
                      gint64 at,
                      MhDemoPerson by)
{
  if (at == 0)
    return;

  MhRecord *event = mh_demo_record (demo, &mh_custody_event_type, at);
  mh_record_set_text (event, MH_CUSTODY_EVENT_SAMPLE_ID, mh_record_id (sample));
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, what);
  mh_record_set_int (event, MH_CUSTODY_EVENT_AT, at);
  mh_record_set_int (event, MH_CUSTODY_EVENT_RECORDED_AT, at);
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_ID, mh_demo_staff_id (demo, by));
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_NAME, mh_demo_staff_name (demo, by));
  mh_record_set_text (event, MH_CUSTODY_EVENT_STATION,
                      by == MH_DEMO_RECEPTION ? "FRONT-1" : "COLL-1");

  if (g_str_equal (what, MH_CUSTODY_IDENTIFIED))
    {
      mh_record_add_to_list (event, MH_CUSTODY_EVENT_IDENTIFIERS, MH_IDENTIFIER_NAME);
      mh_record_add_to_list (event, MH_CUSTODY_EVENT_IDENTIFIERS, MH_IDENTIFIER_BIRTH_DATE);
    }

  if (g_str_equal (what, MH_CUSTODY_COLLECTED))
    mh_record_set_text (event, MH_CUSTODY_EVENT_SCANNED,
                        mh_record_text (sample, MH_SAMPLE_ACCESSION));

  g_ptr_array_add (events, event);
}

void
mh_demo_events (MhDemo *demo, const MhDemoOrder *made, GPtrArray *events)
{
  for (guint i = 0; i < made->samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (made->samples, i);
      gint64 collected = made->collected_at;
      demo_tubes_add_event (demo, events, sample, MH_CUSTODY_ORDERED, made->ordered_at,
                            MH_DEMO_RECEPTION);
      demo_tubes_add_event (demo, events, sample, MH_CUSTODY_IDENTIFIED,
                            collected > 0 ? collected - MH_MINUTE : 0, MH_DEMO_NURSE);
      demo_tubes_add_event (demo, events, sample, MH_CUSTODY_COLLECTED, collected, MH_DEMO_NURSE);
      demo_tubes_add_event (demo, events, sample, MH_CUSTODY_RECEIVED, made->received_at,
                            MH_DEMO_TECHNICIAN);
    }
}
