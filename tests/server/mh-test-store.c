/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/mh-test-store.h"

#include "server/platform/store/mh-audit-chain.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/sql/mh-sql-text.h"

const MhWho mh_test_who = { .user_id = "0190a000-0000-7000-8000-000000000001",
                            .user_name = "reception",
                            .role = "reception",
                            .hospital_id = "0190a000-0000-7000-8000-000000000002",
                            .station = "desk 1",
                            .request_id = "r-1" };

static const char sql_changes[] = "ORDER BY r.seq";
static const char sql_audit[] = "ORDER BY r.seq";

MhStore *
mh_test_store (const MhTestDb *test, guint max_waiting, guint max_group)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhClock) clock = mh_clock_new_at (MH_TEST_NOW);
  const MhStoreConfig config = { .url = test->url,
                                 .readers = 2,
                                 .max_waiting = max_waiting,
                                 .max_group = max_group,
                                 .clock = clock };
  MhStore *store = mh_store_open (&config, TRUE, &error);
  g_assert_no_error (error);
  return store;
}

GPtrArray *
mh_test_all (MhStore *store, const MhRecordType *type, const char *tail)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_store_take_reader (store, &error);
  g_assert_no_error (error);
  GPtrArray *records = mh_store_select (db, type, mh_sql_select (type, tail), MH_NO_ARGS, &error);
  g_assert_no_error (error);
  mh_store_give_reader (store, db);
  return records;
}

guint
mh_test_assert_chain (MhStore *store)
{
  g_autoptr (GPtrArray) rows = mh_test_all (store, &mh_audit_entry_type, sql_audit);
  const char *previous = "";
  for (guint i = 0; i < rows->len; i++)
    {
      char hash[MH_AUDIT_HASH_LENGTH + 1];
      MhRecord *row = rows->pdata[i];
      g_assert_cmpint (mh_record_int (row, MH_AUDIT_ENTRY_SEQ), ==, i + 1);
      g_assert_cmpstr (mh_record_text (row, MH_AUDIT_ENTRY_PREVIOUS_HASH), ==, previous);
      mh_audit_chain_hash (row, previous, hash);
      g_assert_cmpstr (mh_record_text (row, MH_AUDIT_ENTRY_HASH), ==, hash);
      previous = mh_record_text (row, MH_AUDIT_ENTRY_HASH);
    }
  return rows->len;
}

guint
mh_test_assert_feed (MhStore *store)
{
  g_autoptr (GPtrArray) rows = mh_test_all (store, &mh_change_type, sql_changes);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (mh_record_int (rows->pdata[i], MH_CHANGE_SEQ), ==, i + 1);
  g_assert_cmpint (mh_store_feed_seq (store), ==, rows->len);
  return rows->len;
}

MhRecord *
mh_test_bench (const char *code)
{
  MhRecord *bench = mh_record_new (&mh_bench_type);
  mh_record_take_text (bench, MH_ID, mh_id_new ());
  mh_record_set_text (bench, MH_BENCH_CODE, code);
  mh_record_set_text (bench, MH_BENCH_NAME, code);
  return bench;
}

gboolean
mh_test_insert (MhTx *tx, gpointer data, GError **error)
{
  return mh_tx_insert (tx, data, MH_AUDIT_CREATE, NULL, error);
}
