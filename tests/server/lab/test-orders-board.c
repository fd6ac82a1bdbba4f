/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The board from kept texts tells what a board written afresh tells, after each thing that can
 * happen to an order. */
#include <string.h>

#include "server/lab/orders/mh-orders-page.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "tests/server/lab-fixture.h"

typedef struct
{
  MhLruCache *texts, *pages;
} Shelves;

static Shelves
shelves (void)
{
  return (Shelves){ mh_orders_store_cache (), mh_orders_page_cache () };
}

static void
shelves_clear (Shelves *shelves)
{
  mh_lru_cache_free (shelves->texts);
  mh_lru_cache_free (shelves->pages);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shelves, shelves_clear)

static char *
no_cursor (GPtrArray *heads, guint limit, const char *list)
{
  return g_strdup (heads->len < limit ? NULL : list);
}

static MhOrdersPage *
page_of (Lab *lab, MhDb *db, Shelves *shelves, guint limit)
{
  g_autoptr (GError) error = NULL;
  const MhOrdersQuery query = { .hospital_id = LAB_HOSPITAL, .limit = limit };
  MhOrdersPage *page = mh_orders_page_get (db, (MhOrdersCaches){ shelves->texts, shelves->pages },
                                           &query, "order.list", no_cursor, &error);
  g_assert_no_error (error);
  return page;
}

static char *
board_of (Lab *lab, MhActor *actor, Shelves *shelves, guint limit)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  g_autoptr (MhOrdersPage) page = page_of (lab, db, shelves, limit);
  g_autoptr (GBytes) bytes = mh_orders_page_answer (page, MH_REQUEST_DB (db, NULL, actor), &error);
  g_assert_no_error (error);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (JsonObject) read = mh_json_parse_object (text, (gssize)size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (mh_json_array (read, "items")), ==,
                    mh_orders_page_heads (page)->len);
  lab_done (lab, db);
  return g_strndup (text, size);
}

static char *
board (Lab *lab, Shelves *shelves, guint limit)
{
  return board_of (lab, lab->reception, shelves, limit);
}

/* What is kept and what is fresh are one; *last is what was told before, and differs now. */
static void
assert_same (Lab *lab, Shelves *kept, char **last)
{
  g_auto (Shelves) fresh = shelves ();
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *one = board (lab, kept, 60), *two = board (lab, &fresh, 60);
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
  return mh_db_exec (mh_tx_db (tx), sql_back, MH_ARGS (MH_TEXT (data), MH_INT (77)), error) == 1
         && mh_tx_touch (tx, &mh_order_type, data, LAB_HOSPITAL, error);
}

static void
test_same (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_auto (Shelves) kept = shelves ();
  g_autofree char *last = g_strdup ("");
  g_autofree char *id = lab_order (lab, "CBC");
  assert_same (lab, &kept, &last);
  g_autofree char *other = lab_order (lab, "CBC");
  assert_same (lab, &kept, &last);
  lab_receive (lab, id, NULL, LAB_FIRST_OF_TWELVE);
  assert_same (lab, &kept, &last);
  g_assert_true (lab_write (lab, lab->reception, print_label, id, NULL));
  assert_same (lab, &kept, &last);
  g_assert_true (lab_write (lab, lab->reception, rename_patient, id, NULL));
  assert_same (lab, &kept, &last);
  g_assert_nonnull (strstr (last, "Another Name"));
  g_assert_true (lab_write (lab, lab->reception, go_back, id, NULL));
  assert_same (lab, &kept, &last);
  g_assert_nonnull (strstr (last, "As before"));
}

/* More orders than are asked for at once, and none. */
static void
test_pages (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_auto (Shelves) kept = shelves ();
  g_autofree char *empty = board (lab, &kept, 60), *last = g_strdup (empty);
  g_assert_cmpstr (empty, ==, "{\"items\":[],\"next\":null}");
  for (guint i = 0; i < 27; i++)
    g_free (lab_order (lab, "CBC"));
  assert_same (lab, &kept, &last);
  g_autofree char *one = board (lab, &kept, 1);
  g_assert_true (strlen (one) < strlen (last));
}

/* An order of somebody else, between or beside those of LAB_PATIENT. */
static gboolean
add_other (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) patient = mh_store_get (mh_tx_db (tx), &mh_patient_type, LAB_PATIENT, error);
  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type, data, error);
  g_autofree char *patient_id = mh_id_new (), *order_id = mh_id_new ();
  mh_record_set_text (patient, MH_ID, patient_id);
  mh_record_set_text (patient, MH_PATIENT_MRN, "MH000000025");
  mh_record_set_text (order, MH_ID, order_id);
  mh_record_set_text (order, MH_ORDER_PATIENT_ID, patient_id);
  mh_record_set_text (order, MH_ORDER_PATIENT_NAME, "Open Person");
  mh_record_set_text (order, MH_ORDER_NUMBER, "OTHER");
  return mh_tx_insert (tx, patient, MH_AUDIT_CREATE, NULL, error)
         && mh_tx_insert (tx, order, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
protect (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_patient_type, LAB_PATIENT, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_bool (after, MH_PATIENT_VIP, data != NULL);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

static guint
names_in (const char *json, const char *name)
{
  guint n = 0;
  g_autofree char *member = g_strdup_printf ("\"patient_name\":\"%s\"", name);
  for (const char *at = strstr (json, member); at != NULL; at = strstr (at + 1, member))
    n++;
  return n;
}

/* A page that is kept shows a chart that was closed meanwhile to nobody but who works on it. */
static void
test_closed (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_auto (Shelves) kept = shelves ();
  g_autofree char *first = lab_order (lab, "CBC");
  g_assert_true (lab_write (lab, lab->reception, add_other, first, NULL));
  g_autofree char *second = lab_order (lab, "CBC");
  g_autoptr (MhRecord) order = lab_get (lab, &mh_order_type, first);
  const char *name = mh_record_text (order, MH_ORDER_PATIENT_NAME);
  for (guint i = 0; i < 3; i++)
    {
      gboolean closed = i == 1;
      g_assert_true (lab_write (lab, lab->reception, protect, closed ? lab : NULL, NULL));
      for (guint again = 0; again < 2; again++)
        {
          g_autofree char *doctors = board_of (lab, lab->doctor, &kept, 60);
          g_autofree char *works = board_of (lab, lab->technician, &kept, 60);
          g_assert_cmpuint (names_in (doctors, "Open Person"), ==, 1);
          g_assert_cmpuint (names_in (doctors, name), ==, closed ? 0 : 2);
          g_assert_cmpuint (names_in (works, name), ==, 2);
        }
    }
}

/* --- what comes first --- */

typedef struct
{
  const char *id, *priority;
  gint64 ordered_at, completed_at;
} Placed;

static gboolean
place_in_time (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Placed *placed = data;
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, placed->id, error);
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_ORDER_PRIORITY, placed->priority);
  mh_record_set_text (after, MH_ORDER_TAB, MH_ORDER_TAB_PAID);
  mh_record_set_int (after, MH_ORDER_ORDERED_AT, placed->ordered_at);
  if (placed->completed_at != 0)
    mh_record_set_int (after, MH_ORDER_COMPLETED_AT, placed->completed_at);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* The orders of the tab, two at a time, as the places they were made in: "3 0 1". */
static char *
places_of (Lab *lab, MhOrdersSort sort, const Placed *placed, guint n)
{
  GString *places = g_string_new (NULL);
  g_autofree char *after_id = NULL;
  gint64 after_key = 0;
  for (guint got = 2; got == 2;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) texts = NULL;
      g_auto (Shelves) fresh = shelves ();
      const MhOrdersQuery query = { .hospital_id = LAB_HOSPITAL,
                                    .tab = MH_ORDER_TAB_PAID,
                                    .sort = sort,
                                    .after_key = after_key,
                                    .after_id = after_id,
                                    .limit = 2 };
      MhDb *db = lab_reader (lab);
      g_autoptr (GPtrArray) heads = mh_orders_store_list (db, fresh.texts, &query, &texts, &error);
      g_assert_no_error (error);
      lab_done (lab, db);
      got = heads->len;
      for (guint i = 0; i < got; i++)
        for (guint k = 0; k < n; k++)
          if (g_strcmp0 (placed[k].id, mh_record_id (g_ptr_array_index (heads, i))) == 0)
            g_string_append_printf (places, "%s%u", places->len > 0 ? " " : "", k);
      if (got == 0)
        break;
      MhRecord *last = g_ptr_array_index (heads, got - 1);
      g_free (after_id);
      after_id = g_strdup (mh_record_id (last));
      after_key = mh_record_int (last, MH_ORDER_ORDERED_AT);
    }
  return g_string_free (places, FALSE);
}

/* The most urgent first and of these who waits longest, from page to page. */
static void
test_sorted (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  Placed placed[] = { { .priority = "routine", .ordered_at = 100, .completed_at = 900 },
                      { .priority = "stat", .ordered_at = 500 },
                      { .priority = "urgent", .ordered_at = 400, .completed_at = 800 },
                      { .priority = "routine", .ordered_at = 50 },
                      { .priority = "stat", .ordered_at = 300 },
                      { .priority = "urgent", .ordered_at = 200, .completed_at = 1000 } };
  static const struct
  {
    MhOrdersSort sort;
    const char *places;
  } cases[] = { { MH_ORDERS_NEWEST, "1 2 4 5 0 3" },
                { MH_ORDERS_OLDEST, "3 0 5 4 2 1" },
                { MH_ORDERS_PRESSING, "4 1 5 2 3 0" },
                { MH_ORDERS_REPORTED, "5 0 2 1 4 3" } };
  for (guint i = 0; i < G_N_ELEMENTS (placed); i++)
    {
      placed[i].id = lab_order (lab, "CBC");
      g_assert_true (lab_write (lab, lab->reception, place_in_time, &placed[i], NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *places = places_of (lab, cases[i].sort, placed, G_N_ELEMENTS (placed));
      g_assert_cmpstr (places, ==, cases[i].places);
    }
  for (guint i = 0; i < G_N_ELEMENTS (placed); i++)
    g_free ((char *)placed[i].id);
}

/* --- what numbers begin with --- */

typedef struct
{
  const char *hospital; /* NULL: all */
  const char *letters;
} Prefix;

static gboolean
set_prefix (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Prefix *prefix = data;
  g_autoptr (MhRecord) setting = mh_record_new (&mh_setting_type);
  mh_record_take_text (setting, MH_ID, mh_id_new ());
  mh_record_set_text (setting, MH_SETTING_HOSPITAL_ID, prefix->hospital);
  mh_record_set_text (setting, MH_SETTING_KEY, MH_SET_ORDER_PREFIX);
  mh_record_set_text (setting, MH_SETTING_KIND, MH_SETTING_KIND_TEXT);
  mh_record_set_text (setting, MH_SETTING_VALUE, prefix->letters);
  return mh_tx_insert (tx, setting, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
clear_prefix (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), "DELETE FROM setting WHERE key = $1",
                     MH_ARGS (MH_TEXT (MH_SET_ORDER_PREFIX)), error)
         > 0;
}

static void
assert_next (Lab *lab, const char *number)
{
  g_autofree char *id = lab_order (lab, "KT");
  g_autoptr (MhRecord) order = lab_get (lab, &mh_order_type, id);
  g_assert_cmpstr (mh_record_text (order, MH_ORDER_NUMBER), ==, number);
}

/* The hospital's code, the letters of all, those of its own; each goes on where it was. */
static void
test_numbers (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (GError) error = NULL;
  Prefix all = { NULL, "LAB" }, own = { LAB_HOSPITAL, "CITYLABS" }, none = { LAB_HOSPITAL, "" };
  g_autoptr (MhRecord) hospital = lab_get (lab, &mh_hospital_type, LAB_HOSPITAL);
  g_autofree char *first
      = g_strconcat (mh_record_text (hospital, MH_HOSPITAL_CODE), "-000001", NULL);
  g_autofree char *second
      = g_strconcat (mh_record_text (hospital, MH_HOSPITAL_CODE), "-000002", NULL);

  assert_next (lab, first);
  mh_assert_ok (lab_write (lab, lab->reception, set_prefix, &all, &error), error);
  assert_next (lab, "LAB-000001");
  mh_assert_ok (lab_write (lab, lab->reception, set_prefix, &own, &error), error);
  assert_next (lab, "CITYLABS-000001");
  mh_assert_ok (lab_write (lab, lab->reception, clear_prefix, NULL, &error), error);
  mh_assert_ok (lab_write (lab, lab->reception, set_prefix, &none, &error), error);
  assert_next (lab, second);
  mh_assert_ok (lab_write (lab, lab->reception, clear_prefix, NULL, &error), error);
  mh_assert_ok (lab_write (lab, lab->reception, set_prefix, &all, &error), error);
  assert_next (lab, "LAB-000002");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/orders-board/numbers", test_numbers);
  mh_test_add_both ("/orders-board/same", test_same);
  mh_test_add_both ("/orders-board/pages", test_pages);
  mh_test_add_both ("/orders-board/closed", test_closed);
  mh_test_add_both ("/orders-board/sorted", test_sorted);
  return mh_test_run ();
}
