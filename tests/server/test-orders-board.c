/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The board from kept texts tells what a board written afresh tells, after each thing that can
 * happen to an order. */
#include <string.h>

#include "server/orders/mh-orders-store.h"
#include "shared/base/mh-json.h"
#include "shared/records/mh-records.h"
#include "tests/server/lab-fixture.h"

static char *
board (Lab *lab, MhOrdersShelf *shelf, guint limit)
{
  g_autoptr (GError) error = NULL;
  const MhOrdersQuery query = { .hospital_id = LAB_HOSPITAL, .limit = limit };
  GString *out = g_string_new (NULL);
  MhDb *db = lab_reader (lab);
  mh_json_open (out, '[');
  g_autoptr (GPtrArray) noted = mh_orders_store_list (db, shelf, &query, out, &error);
  mh_json_close (out, ']');
  lab_done (lab, db);
  g_assert_no_error (error);
  g_autoptr (JsonNode) read = mh_json_parse (out->str, (gssize)out->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (read)), ==, noted->len);
  return g_string_free (out, FALSE);
}

/* What is kept and what is fresh are one; *last is what was told before, and differs now. */
static void
assert_same (Lab *lab, MhOrdersShelf *kept, char **last)
{
  g_autoptr (MhOrdersShelf) fresh = mh_orders_shelf_new (MH_ORDERS_SHELF_BYTES);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *one = board (lab, kept, 60), *two = board (lab, fresh, 60);
      g_assert_cmpstr (one, ==, two);
      if (i == 0)
        g_assert_cmpstr (one, !=, *last);
      g_free (*last);
      *last = g_steal_pointer (&one);
    }
}

static gboolean
rename_patient (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, data, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_ORDER_PATIENT_NAME, "Another Name");
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* Its label is printed once more: the order's own row stays. */
static gboolean
print_label (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) samples = mh_orders_store_samples (mh_tx_db (tx), data, error);
  MhRecord *before = g_ptr_array_index (samples, 0);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_SAMPLE_LABELS_PRINTED, 7);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static const char sql_back[] = "UPDATE lab_order SET version = version - 1, changed_at = $2,"
                               " patient_name = 'As before' WHERE id = $1";

/* As when two merged patients become two again: an earlier version once more, of another time. */
static gboolean
go_back (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), sql_back, MH_ARGS (MH_TEXT (data), MH_INT (77)), error) == 1;
}

static void
test_same (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhOrdersShelf) kept = mh_orders_shelf_new (MH_ORDERS_SHELF_BYTES);
  g_autofree char *last = g_strdup ("");
  g_autofree char *id = lab_order (lab, "CBC");
  assert_same (lab, kept, &last);
  g_autofree char *other = lab_order (lab, "CBC");
  assert_same (lab, kept, &last);
  lab_receive (lab, id, NULL, LAB_FIRST_OF_TWELVE);
  assert_same (lab, kept, &last);
  g_assert_true (lab_write (lab, lab->reception, print_label, id, NULL));
  assert_same (lab, kept, &last);
  g_assert_true (lab_write (lab, lab->reception, rename_patient, id, NULL));
  assert_same (lab, kept, &last);
  g_assert_nonnull (strstr (last, "Another Name"));
  g_assert_true (lab_write (lab, lab->reception, go_back, id, NULL));
  assert_same (lab, kept, &last);
  g_assert_nonnull (strstr (last, "As before"));
}

/* More orders than are asked for at once, and none. */
static void
test_pages (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhOrdersShelf) kept = mh_orders_shelf_new (MH_ORDERS_SHELF_BYTES);
  g_autofree char *empty = board (lab, kept, 60), *last = g_strdup (empty);
  g_assert_cmpstr (empty, ==, "[]");
  for (guint i = 0; i < 27; i++)
    g_free (lab_order (lab, "CBC"));
  assert_same (lab, kept, &last);
  g_autofree char *one = board (lab, kept, 1);
  g_assert_true (strlen (one) < strlen (last));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/orders-board/same", test_same);
  mh_test_add_both ("/orders-board/pages", test_pages);
  return mh_test_run ();
}
