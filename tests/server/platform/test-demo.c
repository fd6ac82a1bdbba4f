/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demonstration hospital: the same for the same seed, whole in itself; and mahimactl's copies
 * of it. */
#include <glib/gstdio.h>

#include "server/ctl/mh-demo.h"
#include "server/money/payments/mh-payments-store.h"
#include "server/platform/audit/mh-audit-verify.h"
#include "shared/base/mh-date.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-user.h"
#include "shared/reports/mh-report-content.h"
#include "tests/server/mh-test-db.h"

#define START G_GINT64_CONSTANT (1795219200000000) /* 2026-11-21 */

static MhStore *
make (const char *url, guint32 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhClock) clock = mh_clock_new_at (START);
  const MhStoreConfig config = { .url = url, .readers = 2, .clock = clock };
  const MhDemoPlan plan = { .patients = 60, .orders = 90, .seed = seed };
  MhStore *store = mh_store_open (&config, TRUE, &error);
  g_assert_no_error (error);
  mh_assert_ok (mh_demo_fill (store, &plan, &error), error);
  return store;
}

static GPtrArray *
all (MhStore *store, const MhRecordType *type)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_store_take_reader (store, &error);
  GPtrArray *rows = mh_store_all (db, type, NULL, NULL, &error);
  mh_store_give_reader (store, db);
  g_assert_no_error (error);
  return rows;
}

/* Every column of every table, the trail and what observers make of what is written among them. */
static char *
dump (MhStore *store)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint n_rows = 0;
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      if (type->table == NULL)
        continue;
      g_autoptr (GPtrArray) rows = all (store, type);
      for (guint r = 0; r < rows->len; r++, n_rows++)
        {
          g_autofree char *json
              = mh_record_to_json (rows->pdata[r], MH_JSON_STORED_ONLY | MH_JSON_WITH_SECRETS);
          g_checksum_update (checksum, (const guchar *)json, -1);
        }
    }
  g_assert_cmpuint (n_rows, >, 3000);
  return g_strdup (g_checksum_get_string (checksum));
}

static char *
temporary_url (char **out_folder)
{
  *out_folder = g_dir_make_tmp ("mahima-demo-XXXXXX", NULL);
  return g_strdup_printf ("sqlite:%s/mahima.db", *out_folder);
}

static void
drop_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_same (const MhTestDb *test)
{
  static const guint32 seeds[] = { 7, 8 };
  g_autoptr (MhStore) first = make (test->url, 7);
  g_autofree char *expected = dump (first);
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autofree char *folder = NULL;
      g_autofree char *url = temporary_url (&folder);
      MhStore *store = make (url, seeds[i]);
      g_autofree char *got = dump (store);
      g_assert_true (g_str_equal (got, expected) == (seeds[i] == 7));
      mh_store_close (store);
      drop_folder (folder);
    }
}

static void
check_order (MhRecord *order, GHashTable *tabs)
{
  const char *tab = mh_record_text (order, MH_ORDER_TAB);
  gint64 ordered = mh_record_int (order, MH_ORDER_ORDERED_AT);
  g_assert_cmpint (ordered, <, START);
  g_assert_cmpint (ordered, >=, START - 91 * MH_DAY);
  g_assert_cmpint (mh_record_int (order, MH_ORDER_PAID) + mh_record_int (order, MH_ORDER_DUE)
                       + mh_record_int (order, MH_ORDER_CREDITED),
                   ==, mh_record_int (order, MH_ORDER_TOTAL));
  g_assert_cmpint (mh_record_int (order, MH_CREATED_AT), ==, ordered);
  if (g_strcmp0 (tab, MH_ORDER_TAB_COD) == 0)
    g_assert_cmpint (mh_record_int (order, MH_ORDER_EXPIRES_AT), >, START);
  if (tab != NULL)
    g_hash_table_add (tabs, g_strdup (tab));
}

static void
check_books (MhStore *store)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_store_take_reader (store, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) found = mh_payments_store_verify (db, 1, &error);
  mh_store_give_reader (store, db);
  g_assert_no_error (error);
  if (found->len > 0)
    g_error ("%s", (char *)found->pdata[0]);
}

/* No child under twelve is given what only adults swallow. */
static void
check_children (MhStore *store, GPtrArray *patients)
{
  guint children = 0;
  g_autoptr (GPtrArray) lines = all (store, &mh_prescription_line_type);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert_cmpuint (lines->len, >, 8);
  for (guint i = 0; i < patients->len; i++)
    g_hash_table_insert (by_id, (char *)mh_record_id (patients->pdata[i]), patients->pdata[i]);
  for (guint i = 0; i < lines->len; i++)
    {
      MhDate birth;
      MhRecord *patient = g_hash_table_lookup (
          by_id, mh_record_text (lines->pdata[i], MH_PRESCRIPTION_LINE_PATIENT_ID));
      g_assert_true (mh_date_parse (mh_record_text (patient, MH_PATIENT_BIRTH_DATE), &birth));
      int months = mh_age_months (birth, mh_date_of_instant (START, NULL));
      if (months >= 12 * 12)
        continue;
      children++;
      g_assert_cmpint (months, >=, 3);
      g_assert_cmpstr (mh_record_text (lines->pdata[i], MH_PRESCRIPTION_LINE_FORM), ==,
                       MH_MEDICINE_FORM_SYRUP);
    }
  g_assert_cmpuint (children, >, 0);
}

static void
test_whole (const MhTestDb *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhStore) store = make (test->url, 3);
  g_autoptr (GHashTable) tabs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) orders = all (store, &mh_order_type);
  g_autoptr (GPtrArray) users = all (store, &mh_user_type);
  g_autoptr (GPtrArray) reports = all (store, &mh_report_type);
  g_autoptr (GPtrArray) patients = all (store, &mh_patient_type);
  g_assert_cmpuint (orders->len, ==, 90);
  g_assert_cmpuint (users->len, ==, 13);
  g_assert_cmpuint (patients->len, ==, 60);
  g_assert_cmpuint (reports->len, >, 20);
  check_books (store);
  for (guint i = 0; i < orders->len; i++)
    check_order (orders->pdata[i], tabs);
  for (const MhCode *code = mh_order_tab_codes; code->code != NULL; code++)
    g_assert_true (g_hash_table_contains (tabs, code->code));
  for (guint i = 0; i < users->len; i++)
    g_assert_true (mh_record_bool (users->pdata[i], MH_USER_DEMONSTRATION));
  for (guint i = 0; i < reports->len; i++)
    g_assert_true (mh_report_content_is_intact (reports->pdata[i]));
  for (guint i = 0; i < patients->len; i++)
    {
      const char *phone = mh_record_text (patients->pdata[i], MH_PATIENT_PHONE);
      g_assert_true (phone == NULL || g_str_has_prefix (phone, "+915"));
    }
  check_children (store, patients);
  g_auto (MhAuditVerdict) verdict = { 0 };
  MhDb *db = mh_store_take_reader (store, &error);
  mh_assert_ok (mh_audit_verify (db, &verdict, &error), error);
  mh_store_give_reader (store, db);
  g_assert_cmpint (verdict.broken, ==, 0);
  const MhDemoPlan again = { .patients = 1, .orders = 1, .seed = 3 };
  g_assert_false (mh_demo_fill (store, &again, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
}

/* --- the program --- */

static char *
epoch_of (const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strdup_printf ("sqlite:%s/%s", folder, name);
  const MhStoreConfig config = { .url = url, .readers = 1 };
  g_autoptr (MhStore) store = mh_store_open (&config, FALSE, &error);
  g_assert_no_error (error);
  return g_strdup (mh_store_epoch (store));
}

typedef struct
{
  char *folder, *config;
} Place;

static int
ctl (const Place *place, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_shell_quote (g_getenv ("MH_CTL"));
  g_autofree char *line = g_strdup_printf ("%s --config %s %s", program, place->config, words);
  g_autofree char *said = NULL, *complained = NULL;
  int status = 0;
  g_spawn_command_line_sync (line, &said, &complained, &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s: %s%s", words, said, complained);
  return WEXITSTATUS (status);
}

static void
write_config (const Place *place, const char *database)
{
  g_autofree char *text
      = g_strdup_printf ("[database]\nurl=sqlite:%s/%s\n", place->folder, database);
  g_assert_true (g_file_set_contents (place->config, text, -1, NULL));
}

/* A copy whose pages were overwritten is neither restored nor copied on. */
static void
assert_damage_told (Place *place)
{
  g_autofree char *copy = g_build_filename (place->folder, "copy.db", NULL);
  g_autofree char *restore = g_strdup_printf ("restore %s", copy);
  g_autofree char *again = g_strdup_printf ("backup %s/again.db", place->folder);
  g_autofree char *bytes = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (copy, &bytes, &size, NULL));
  memset (bytes + size / 2, 0x5a, 3 * 4096);
  g_assert_true (g_file_set_contents (copy, bytes, (gssize)size, NULL));
  write_config (place, "three.db");
  g_assert_cmpint (ctl (place, restore), ==, 2);
  g_autofree char *made = g_build_filename (place->folder, "three.db", NULL);
  g_assert_false (g_file_test (made, G_FILE_TEST_EXISTS));
  write_config (place, "copy.db");
  g_assert_cmpint (ctl (place, again), ==, 2);
  write_config (place, "two.db");
}

static void
test_program (void)
{
  Place place = { .folder = g_dir_make_tmp ("mahima-ctl-XXXXXX", NULL) };
  place.config = g_build_filename (place.folder, "server.conf", NULL);
  g_autofree char *backup = g_strdup_printf ("backup %s/copy.db", place.folder);
  g_autofree char *restore = g_strdup_printf ("restore %s/copy.db", place.folder);
  write_config (&place, "one.db");
  g_assert_cmpint (ctl (&place, "check-config"), ==, 0);
  g_assert_cmpint (ctl (&place, "--version"), ==, 0);
  /* what was mistyped does nothing, rather than the thing itself */
  g_assert_cmpint (ctl (&place, "init --hospitl A --code A"), ==, 2);
  g_assert_cmpint (ctl (&place, "user list --dry-run"), ==, 2);
  g_assert_cmpint (ctl (&place, "demo --patients 20 --orders 10 --seed 1 --today 2026-11-21"), ==,
                   0);
  g_assert_cmpint (ctl (&place, "demo --patients 20 --orders 10 --seed 1"), ==, 2);
  g_assert_cmpint (ctl (&place, backup), ==, 0);
  /* nothing is overwritten */
  g_assert_cmpint (ctl (&place, backup), ==, 2);
  g_assert_cmpint (ctl (&place, restore), ==, 2);
  write_config (&place, "two.db");
  g_assert_cmpint (ctl (&place, restore), ==, 0);
  g_autofree char *before = epoch_of (place.folder, "one.db");
  g_autofree char *after = epoch_of (place.folder, "two.db");
  g_assert_cmpstr (before, !=, after);
  g_assert_cmpint (ctl (&place, "audit verify"), ==, 0);
  assert_damage_told (&place);
  g_assert_cmpint (ctl (&place, "migrate --dry-run"), ==, 0);
  g_assert_cmpint (ctl (&place, "user list"), ==, 0);
  g_assert_cmpint (ctl (&place, "user disable technician"), ==, 0);
  g_assert_cmpint (ctl (&place, "user disable admin"), ==, 2);
  g_assert_cmpint (ctl (&place, "user disable nobody"), ==, 2);
  g_assert_cmpint (ctl (&place, "fly"), ==, 2);
  drop_folder (place.folder);
  g_free (place.folder);
  g_free (place.config);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/demo/same", test_same);
  mh_test_add_both ("/demo/whole", test_whole);
  g_test_add_func ("/demo/program", test_program);
  return mh_test_run ();
}
