/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed last is kept when another record comes into the slot, and when the program ends;
 * and it comes back under its own form only. */
#include "client/models/mh-record-slot.h"
#include "shared/records/mh-records.h"
#include "tests/client/desk-fixture.h"

static gpointer
unlock (MhCache *cache, gpointer data, GError **error)
{
  mh_cache_unlock (cache, "server", "doctor", "a password", TRUE, error);
  return NULL;
}

static MhContext *
open_desk (const char *folder)
{
  /* port 9: nobody answers, and nobody is asked */
  MhContext *context = mh_context_new ("http://127.0.0.1:9", folder);
  mh_cache_run_async (mh_context_cache (context), unlock, NULL, NULL, NULL, NULL, NULL, NULL);
  mh_cache_drain (mh_context_cache (context));
  g_assert_true (mh_cache_is_open (mh_context_cache (context)));
  return context;
}

static void
type (MhRecordSlot *slot, const char *text)
{
  mh_record_set_text (mh_record_slot_record (slot), MH_PRESCRIPTION_DIAGNOSIS, text);
  mh_record_slot_touched (slot, MH_PRESCRIPTION_DIAGNOSIS);
}

static const char *
typed (MhRecordSlot *slot)
{
  return mh_record_text (mh_record_slot_record (slot), MH_PRESCRIPTION_DIAGNOSIS);
}

static void
settle (MhContext *context)
{
  mh_cache_drain (mh_context_cache (context));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_another_record (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mahima-drafts-XXXXXX", NULL);
  g_autoptr (MhContext) context = open_desk (folder);
  g_autoptr (MhRecordSlot) slot = mh_record_slot_new (context, &mh_prescription_type);
  mh_record_slot_begin (slot, "prescription.one");
  settle (context);
  type (slot, "migraine");
  mh_record_slot_begin (slot, "prescription.two");
  settle (context);
  g_assert_null (typed (slot));
  type (slot, "gout");
  mh_record_slot_begin (slot, "prescription.one");
  TURN_UNTIL (typed (slot) != NULL);
  g_assert_cmpstr (typed (slot), ==, "migraine");
  mh_record_slot_begin (slot, "prescription.two");
  TURN_UNTIL (typed (slot) != NULL);
  g_assert_cmpstr (typed (slot), ==, "gout");
}

/* A draft that is still being read when somebody goes on to the next patient is not theirs. */
static void
test_a_late_draft (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mahima-drafts-XXXXXX", NULL);
  g_autoptr (MhContext) context = open_desk (folder);
  g_autoptr (MhRecordSlot) slot = mh_record_slot_new (context, &mh_prescription_type);
  mh_record_slot_begin (slot, "prescription.one");
  settle (context);
  type (slot, "migraine");
  mh_record_slot_flush (slot);
  mh_record_slot_begin (slot, "prescription.one");
  mh_record_slot_begin (slot, "prescription.two");
  settle (context);
  g_assert_null (typed (slot));
}

static void
test_the_end (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mahima-drafts-XXXXXX", NULL);
  MhContext *context = open_desk (folder);
  MhRecordSlot *slot = mh_record_slot_new (context, &mh_prescription_type);
  mh_record_slot_begin (slot, "prescription.one");
  settle (context);
  type (slot, "migraine");
  mh_context_leave (context);
  g_object_unref (slot);
  g_object_unref (context);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  context = open_desk (folder);
  slot = mh_record_slot_new (context, &mh_prescription_type);
  mh_record_slot_begin (slot, "prescription.one");
  TURN_UNTIL (typed (slot) != NULL);
  g_assert_cmpstr (typed (slot), ==, "migraine");
  settle (context);
  g_object_unref (slot);
  g_object_unref (context);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/drafts/another-record", test_another_record);
  g_test_add_func ("/drafts/a-late-draft", test_a_late_draft);
  g_test_add_func ("/drafts/the-end", test_the_end);
  return g_test_run ();
}
