/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The read log, the chain's verification and what tampering does to it. */
#include <glib/gstdio.h>

#include "server/platform/actor/mh-request.h"
#include "server/platform/audit/mh-audit-service.h"
#include "server/platform/audit/mh-audit-verify.h"
#include "server/platform/audit/mh-read-log.h"
#include "shared/base/mh-id.h"
#include "shared/records/mh-records.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/access-fixture.h"

#define PATIENT "01900000-0000-7000-8000-0000000000f1"
#define ORDER "01900000-0000-7000-8000-0000000000f2"

static const MhWho asha = { .user_id = "01900000-0000-7000-8000-0000000000a1",
                            .user_name = "asha",
                            .role = "technician",
                            .hospital_id = HOUSE_A,
                            .station = "desk 1",
                            .request_id = "r-7" };

static GPtrArray *
entries (House *house, const MhAuditQuery *wanted, char **out_next)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  MhDb *db = house_reader (house);
  GPtrArray *rows
      = mh_audit_service_list (MH_REQUEST_DB (db, NULL, boss), wanted, out_next, &error);
  mh_store_give_reader (house->store, db);
  g_assert_no_error (error);
  return rows;
}

static void
test_reads (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhReadLog) log = mh_read_log_new (house->store);
  for (int i = 0; i < 3; i++)
    mh_read_log_note (log, &asha, "patient", PATIENT, PATIENT);
  mh_read_log_note (log, &asha, "order", ORDER, PATIENT);
  mh_read_log_note_verb (log, &asha, MH_AUDIT_PRINT, "report", ORDER, PATIENT);
  g_assert_true (mh_read_log_flush (log, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (mh_read_log_waiting (log), ==, 0);
  g_autofree char *next = NULL;
  const MhAuditQuery of_patient = { .object_id = PATIENT, .limit = 50 };
  g_autoptr (GPtrArray) rows = entries (house, &of_patient, &next);
  guint reads = 0, prints = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = rows->pdata[i];
      const char *verb = mh_record_text (row, MH_AUDIT_ENTRY_VERB);
      reads += g_str_equal (verb, MH_AUDIT_READ);
      prints += g_str_equal (verb, MH_AUDIT_PRINT);
      g_assert_cmpstr (mh_record_text (row, MH_AUDIT_ENTRY_USER_ID), ==, asha.user_id);
      g_assert_cmpstr (mh_record_text (row, MH_AUDIT_ENTRY_STATION), ==, "desk 1");
      g_assert_cmpstr (mh_record_text (row, MH_AUDIT_ENTRY_PATIENT_ID), ==, PATIENT);
    }
  /* repeats of one batch are one row; the batch may have been cut between them */
  g_assert_cmpuint (reads, >=, 2);
  g_assert_cmpuint (reads, <=, 4);
  g_assert_cmpuint (prints, ==, 1);
}

static void
note_reads_of_others (MhReadLog *log, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *other = mh_id_new ();
      mh_read_log_note (log, &asha, "patient", other, other);
    }
}

/* The index of who saw whom lies in blocks of 16,384 entries: what stands in an older one is found
 * as well. */
static void
test_blocks (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhReadLog) log = mh_read_log_new (house->store);
  mh_read_log_note (log, &asha, "patient", PATIENT, PATIENT);
  mh_read_log_note (log, &asha, "order", ORDER, PATIENT);
  note_reads_of_others (log, 16384);
  /* else it might be a repetition of the first, which is counted and not written */
  g_assert_true (mh_read_log_flush (log, &error));
  mh_read_log_note (log, &asha, "patient", PATIENT, PATIENT);
  g_assert_true (mh_read_log_flush (log, &error));
  g_assert_no_error (error);
  const MhAuditQuery of_patient = { .object_id = PATIENT, .limit = 50 };
  const MhAuditQuery of_order = { .object_id = ORDER, .limit = 50 };
  g_autofree char *next = NULL;
  g_autofree char *next_of_order = NULL;
  g_autoptr (GPtrArray) rows = entries (house, &of_patient, &next);
  g_autoptr (GPtrArray) single = entries (house, &of_order, &next_of_order);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpuint (single->len, ==, 1);
  g_assert_cmpint (mh_record_int (rows->pdata[0], MH_AUDIT_ENTRY_SEQ) / 16384, ==,
                   mh_record_int (rows->pdata[2], MH_AUDIT_ENTRY_SEQ) / 16384 + 1);
}

/* Nobody asks for it: it must come by itself. */
static void
test_by_itself (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (MhReadLog) log = mh_read_log_new (house->store);
  g_assert_cmpint (MH_READ_LOG_GATHER, <, G_TIME_SPAN_SECOND);
  mh_read_log_note (log, &asha, "patient", PATIENT, PATIENT);
  for (int i = 0; i < 1000 && house_count (house, &mh_audit_entry_type, "object_id", PATIENT) == 0;
       i++)
    g_usleep (10000);
  g_assert_cmpuint (house_count (house, &mh_audit_entry_type, "object_id", PATIENT), ==, 1);
}

static void
test_lists (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < 450; i++)
    {
      MhRecord *patient = mh_record_new (&mh_patient_type);
      mh_record_set_text (patient, MH_ID, PATIENT);
      g_ptr_array_add (shown, patient);
    }
  MhReadLog *log = mh_read_log_new (house->store);
  mh_read_log_note_list (log, &asha, "patient", shown);
  for (int i = 0; i < 50; i++)
    mh_read_log_note_denied (log, &asha, "user.list", MH_MAY_READ_USER);
  mh_read_log_note_denied (log, &asha, "role.list", MH_MAY_READ_ROLE);
  /* freeing writes what waits */
  mh_read_log_free (log);
  g_assert_cmpuint (house_count (house, &mh_audit_entry_type, "verb", MH_AUDIT_READ), ==, 3);
  g_assert_cmpuint (house_count (house, &mh_audit_entry_type, "verb", MH_AUDIT_DENIED), ==, 2);
}

static void
test_query (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autofree char *next = NULL;
  MhAuditQuery roles = { .object_type = "role", .limit = 5 };
  g_autoptr (GPtrArray) first = entries (house, &roles, &next);
  g_assert_cmpuint (first->len, ==, 5);
  g_assert_nonnull (next);
  gint64 newest = mh_record_int (first->pdata[0], MH_AUDIT_ENTRY_SEQ);
  g_assert_cmpint (newest, >, mh_record_int (first->pdata[4], MH_AUDIT_ENTRY_SEQ));
  roles.before = g_ascii_strtoll (next, NULL, 10);
  roles.limit = 50;
  g_autofree char *end = NULL;
  g_autoptr (GPtrArray) rest = entries (house, &roles, &end);
  g_assert_cmpuint (rest->len, ==, 13 - 5);
  g_assert_null (end);
  const MhAuditQuery later = { .from = HOUSE_NOW + 1, .limit = 50 };
  g_autoptr (GPtrArray) none = entries (house, &later, &end);
  g_assert_cmpuint (none->len, ==, 0);
  const MhAuditQuery made = { .object_type = "role", .verb = MH_AUDIT_CREATE, .limit = 50 };
  const MhAuditQuery paid = { .verb = MH_AUDIT_PAY, .limit = 50 };
  g_autoptr (GPtrArray) created = entries (house, &made, &end);
  g_autoptr (GPtrArray) payments = entries (house, &paid, &end);
  g_assert_cmpuint (created->len, ==, 13);
  g_assert_cmpuint (payments->len, ==, 0);
}

/* The same rows as a file, a line for each and one for the names. */
static void
test_export (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) boss = house_actor (house, "boss");
  const MhAuditQuery roles = { .object_type = "role" };
  MhDb *db = house_reader (house);
  g_autoptr (GBytes) csv = mh_audit_service_csv (MH_REQUEST_DB (db, NULL, boss), &roles, &error);
  mh_store_give_reader (house->store, db);
  g_assert_no_error (error);
  g_autofree char *text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 13 + 1);
  g_assert_true (g_str_has_prefix (lines[0], "\"seq\",\"at\",\"username\""));
  g_assert_nonnull (strstr (lines[1], "\"create\",\"role\""));
  g_assert_null (strstr (text, "hash"));
}

static MhAuditVerdict
verify (House *house)
{
  g_autoptr (GError) error = NULL;
  MhAuditVerdict verdict = { 0 };
  MhDb *db = house_reader (house);
  g_assert_true (mh_audit_verify (db, &verdict, &error));
  mh_store_give_reader (house->store, db);
  g_assert_no_error (error);
  return verdict;
}

/* As somebody with the database's own password could: the triggers refuse it until they are taken
 * away. */
static void
tamper (House *house, const char *sql)
{
  static const char off_here[]
      = "DROP TRIGGER audit_entry_no_update; DROP TRIGGER audit_entry_no_delete";
  static const char on_here[] = "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry"
                                " BEGIN SELECT RAISE (ABORT, 'append only'); END;"
                                "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry"
                                " BEGIN SELECT RAISE (ABORT, 'append only'); END";
  gboolean there = house->test->is_postgres;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (house->test, 0, NULL);
  g_assert_false (mh_db_script (db, sql, &error));
  g_clear_error (&error);
  mh_assert_ok (
      mh_db_script (db, there ? "ALTER TABLE audit_entry DISABLE TRIGGER USER" : off_here, &error),
      error);
  mh_assert_ok (mh_db_script (db, sql, &error), error);
  mh_assert_ok (
      mh_db_script (db, there ? "ALTER TABLE audit_entry ENABLE TRIGGER USER" : on_here, &error),
      error);
}

static void
set_back (House *house, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhDb) db = mh_test_connect (house->test, 0, NULL);
  mh_assert_ok (mh_db_script (db, sql, &error), error);
}

static void
test_tamper (const MhTestDb *test)
{
  static const struct
  {
    const char *sql;
    gint64 broken; /* -1: between two steps, not asked */
    const char *reason;
  } rows[] = {
    { "UPDATE audit_entry SET username = 'somebody' WHERE seq = 4", 4, "content" },
    { "UPDATE audit_entry SET username = 'test' WHERE seq = 4", 0, NULL },
    { "UPDATE audit_entry SET at = at + 1 WHERE seq = 7", 7, "content" },
    { "UPDATE audit_entry SET at = at - 1 WHERE seq = 7", 0, NULL },
    /* two rows change places, and back */
    { "UPDATE audit_entry SET seq = -seq WHERE seq IN (8, 9)", -1, NULL },
    { "UPDATE audit_entry SET seq = 17 + seq WHERE seq < 0", 8, "row before" },
    { "UPDATE audit_entry SET seq = -seq WHERE seq IN (8, 9)", -1, NULL },
    { "UPDATE audit_entry SET seq = 17 + seq WHERE seq < 0", 0, NULL },
    { "UPDATE audit_entry SET previous_hash = 'x' WHERE seq = 5", 5, "row before" },
    { "DELETE FROM audit_entry WHERE seq = 3", 4, "missing" },
  };
  g_autoptr (House) house = house_new (test);
  g_auto (MhAuditVerdict) whole = verify (house);
  g_assert_cmpint (whole.broken, ==, 0);
  g_assert_cmpint (whole.rows, ==, 19);
  g_assert_cmpuint (strlen (whole.head), ==, 64);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      tamper (house, rows[i].sql);
      if (rows[i].broken < 0)
        continue;
      g_auto (MhAuditVerdict) verdict = verify (house);
      g_test_message ("%s: %s", rows[i].sql, verdict.reason != NULL ? verdict.reason : "whole");
      g_assert_cmpint (verdict.broken, ==, rows[i].broken);
      if (rows[i].reason != NULL)
        g_assert_nonnull (strstr (verdict.reason, rows[i].reason));
    }
}

/* A chain cut at its end is whole in itself: the write queue's count tells, and where that was set
 * back too, the head that was kept outside. */
static void
test_heads (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mahima-heads-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "heads.txt", NULL);
  g_autofree char *missing = NULL;
  GStatBuf about;
  MhDb *db = house_reader (house);
  for (int i = 0; i < 2; i++)
    mh_assert_ok (mh_audit_export_head (db, HOUSE_NOW + i, path, &error), error);
  mh_assert_ok (mh_audit_check_heads (db, path, &missing, &error), error);
  g_assert_null (missing);
  mh_store_give_reader (house->store, db);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  tamper (house, "DELETE FROM audit_entry WHERE seq > 15");
  g_auto (MhAuditVerdict) cut = verify (house);
  g_assert_cmpint (cut.broken, ==, 16);
  g_assert_nonnull (strstr (cut.reason, "The end is missing: 19 rows"));
  set_back (house, "UPDATE write_lane SET audit_seq = 15");
  g_auto (MhAuditVerdict) other = verify (house);
  g_assert_cmpint (other.broken, ==, 15);
  set_back (house, "UPDATE write_lane SET audit_head ="
                   " (SELECT hash FROM audit_entry WHERE seq = 15)");
  g_auto (MhAuditVerdict) verdict = verify (house);
  g_assert_cmpint (verdict.broken, ==, 0);
  db = house_reader (house);
  mh_assert_ok (mh_audit_check_heads (db, path, &missing, &error), error);
  mh_store_give_reader (house->store, db);
  g_assert_nonnull (missing);
  g_assert_nonnull (strstr (missing, " 19 "));
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/audit/reads", test_reads);
  mh_test_add_both ("/audit/blocks", test_blocks);
  mh_test_add_both ("/audit/by-itself", test_by_itself);
  mh_test_add_both ("/audit/lists", test_lists);
  mh_test_add_both ("/audit/query", test_query);
  mh_test_add_both ("/audit/export", test_export);
  mh_test_add_both ("/audit/tamper", test_tamper);
  mh_test_add_both ("/audit/heads", test_heads);
  return mh_test_run ();
}
