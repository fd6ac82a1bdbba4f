/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of several servers runs an analyser's line; on both databases. */
#include "server/lab/analysers/mh-analysers-lease.h"
#include "shared/records/mh-records.h"
#include "tests/server/lab-fixture.h"

#define LINK "01900000-0000-7000-8000-00000000a001"

static MhLeases *
leases_of (Lab *lab, const char *owner)
{
  return mh_leases_new (mh_server_store (lab->server), owner);
}

static gboolean
look (MhLeases *leases, GPtrArray *wanted, gint64 seconds)
{
  g_autoptr (GError) error = NULL;
  mh_assert_ok (mh_leases_look (leases, wanted, seconds * G_USEC_PER_SEC, &error), error);
  return mh_leases_has (leases, LINK);
}

/* One of two runs a line, whoever was first, as long as its beat goes on; the other one when it
 * stands still, is given back, or cannot be run where it is. */
static void
test_leases (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new (), none = g_ptr_array_new ();
  g_ptr_array_add (wanted, (gpointer)LINK);
  g_autoptr (MhLeases) a = leases_of (lab, "a"), b = leases_of (lab, "b");
  g_assert_true (look (a, wanted, 100));
  for (gint64 at = 100; at <= 160; at += 5)
    {
      g_assert_true (look (a, wanted, at));
      g_assert_false (look (b, wanted, at));
    }
  /* a is dead: its beat was last seen to move at 160 */
  for (gint64 at = 161; at < 180; at++)
    g_assert_false (look (b, wanted, at));
  g_assert_true (look (b, wanted, 180));
  g_assert_false (look (a, wanted, 181)); /* and back again */
  g_assert_false (look (b, none, 182));   /* switched off: given back */
  g_assert_true (look (a, wanted, 187));
  g_assert_false (look (b, wanted, 187));
  mh_leases_give_up (a, LINK, 188 * G_USEC_PER_SEC);
  g_assert_false (look (a, wanted, 188));
  g_assert_true (look (b, wanted, 192));
  g_assert_false (look (a, wanted, 199));
  g_clear_pointer (&b, mh_leases_free); /* ended as it should: at once */
  g_assert_true (look (a, wanted, 204));
}

/* While the database does not answer, what was held counts until the fence, and no longer. */
static void
test_fence (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_ptr_array_add (wanted, (gpointer)LINK);
  g_autoptr (MhLeases) a = leases_of (lab, "a");
  g_assert_true (look (a, wanted, 100));
  mh_leases_fence (a, 100 * G_USEC_PER_SEC + MH_LEASE_FENCE - 1);
  g_assert_true (mh_leases_has (a, LINK));
  mh_leases_fence (a, 100 * G_USEC_PER_SEC + MH_LEASE_FENCE);
  g_assert_false (mh_leases_has (a, LINK));
  g_assert_cmpint (MH_LEASE_FENCE, <, MH_LEASE_TAKE_AFTER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/analysers/leases", test_leases);
  mh_test_add_both ("/analysers/fence", test_fence);
  return mh_test_run ();
}
