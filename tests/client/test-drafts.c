/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed last is kept when another record comes into the slot, and when the program ends;
 * and it comes back under its own form only. */
#include "client/models/mh-draft.h"
#include "client/models/mh-record-slot.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-user.h"
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
  mh_cache_run_async (mh_context_cache (context), (MhCacheWork){ unlock }, NULL, NULL, NULL);
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

/* --- several of one form --- */

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GPtrArray **)data = mh_draft_list_finish (result, NULL);
}

static GPtrArray *
list (MhContext *context)
{
  GPtrArray *found = NULL;
  mh_draft_list_async (context, "prescription.new/", &mh_prescription_type, NULL, listed_cb,
                       &found);
  TURN_UNTIL (found != NULL);
  return found;
}

static void
begin_one (MhContext *context, MhRecordSlot *slot, const char *text)
{
  mh_record_slot_begin (slot, "prescription.new/");
  settle (context);
  g_assert_null (typed (slot)); /* nobody else's words */
  if (text != NULL)
    type (slot, text);
}

/* Each has a draft of its own; one that is continued is changed where it lies, one that is
 * discarded is gone and can come back, and what only begins like the name is none of them. */
static void
test_several (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mahima-drafts-XXXXXX", NULL);
  g_autoptr (MhContext) context = open_desk (folder);
  g_autoptr (MhRecordSlot) slot = mh_record_slot_new (context, &mh_prescription_type);
  g_autoptr (MhRecordSlot) other = mh_record_slot_new (context, &mh_prescription_type);
  begin_one (context, slot, "migraine");
  begin_one (context, slot, "gout");
  begin_one (context, slot, NULL);
  mh_record_slot_begin (other, "prescription.newer");
  settle (context);
  type (other, "none of these");
  mh_record_slot_flush (other);

  g_autoptr (GPtrArray) two = list (context);
  g_assert_cmpuint (two->len, ==, 2);
  MhRecord *gout = g_ptr_array_index (two, 0), *migraine = g_ptr_array_index (two, 1);
  g_assert_cmpstr (mh_record_text (gout, MH_PRESCRIPTION_DIAGNOSIS), ==, "gout");
  g_assert_cmpstr (mh_record_text (migraine, MH_PRESCRIPTION_DIAGNOSIS), ==, "migraine");

  mh_record_slot_continue (slot, migraine);
  g_assert_cmpstr (typed (slot), ==, "migraine");
  type (slot, "migraine, better");
  begin_one (context, slot, NULL);
  g_autofree char *form = g_strconcat ("prescription.new/", mh_record_id (gout), NULL);
  mh_draft_keep (context, form, NULL);
  g_autoptr (GPtrArray) one = list (context);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (one, 0), MH_PRESCRIPTION_DIAGNOSIS), ==,
                   "migraine, better");
  mh_draft_keep (context, form, gout);
  g_autoptr (GPtrArray) again = list (context);
  g_assert_cmpuint (again->len, ==, 2);
}

/* What is asked for and never stored is not kept. */
static void
test_no_password (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mahima-drafts-XXXXXX", NULL);
  g_autoptr (MhContext) context = open_desk (folder);
  g_autoptr (MhRecordSlot) slot = mh_record_slot_new (context, &mh_user_type);
  GPtrArray *found = NULL;
  mh_record_slot_begin (slot, "user.new/");
  mh_record_set_text (mh_record_slot_record (slot), MH_USER_USERNAME, "asha");
  mh_record_set_text (mh_record_slot_record (slot), MH_USER_PASSWORD, "correct horse");
  mh_record_slot_touched (slot, MH_USER_PASSWORD);
  mh_record_slot_flush (slot);
  mh_draft_list_async (context, "user.new/", &mh_user_type, NULL, listed_cb, &found);
  TURN_UNTIL (found != NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (mh_record_text (g_ptr_array_index (found, 0), MH_USER_USERNAME), ==, "asha");
  g_assert_false (mh_record_has (g_ptr_array_index (found, 0), MH_USER_PASSWORD));
  g_ptr_array_unref (found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/drafts/another-record", test_another_record);
  g_test_add_func ("/drafts/a-late-draft", test_a_late_draft);
  g_test_add_func ("/drafts/the-end", test_the_end);
  g_test_add_func ("/drafts/several", test_several);
  g_test_add_func ("/drafts/no-password", test_no_password);
  return g_test_run ();
}
