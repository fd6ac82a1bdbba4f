/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A store of a case's own and what its cases do to it. */
#include "server/platform/store/mh-store.h"
#include "tests/server/mh-test-db.h"

G_BEGIN_DECLS

#define MH_TEST_NOW G_GINT64_CONSTANT (1795249530123000)

extern const MhWho mh_test_who;

/* Migrated; 0: the defaults. Its clock stands at MH_TEST_NOW. */
MhStore *mh_test_store (const MhTestDb *test, guint max_waiting, guint max_group);
GPtrArray *mh_test_all (MhStore *store, const MhRecordType *type, const char *tail);
/* Numbers without a gap, each hash right, each row holding the former's; gives the number of rows.
 */
guint mh_test_assert_chain (MhStore *store);
/* Numbers without a gap, and the store knows the last; gives the number of rows. */
guint mh_test_assert_feed (MhStore *store);
/* A bench of that code and name, with an id. */
MhRecord *mh_test_bench (const char *code);
/* An MhTxFunc that inserts @data. */
gboolean mh_test_insert (MhTx *tx, gpointer data, GError **error);

G_END_DECLS
