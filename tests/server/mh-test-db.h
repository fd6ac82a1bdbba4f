/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Runs a case on SQLite and, when MAHIMA_TEST_PG names a cluster, on PostgreSQL: each in a database
 * of its own. It is a copy of a template at the program's schema: all migrations take seconds on
 * PostgreSQL, a copy takes a tenth of one. The template stays in the cluster for the other
 * programs, under a name made of the migrations' text. */
#include "shared/db/mh-db.h"

G_BEGIN_DECLS

typedef struct
{
  char *url; /* sqlite:FILE or postgresql://… */
  gboolean is_postgres;
} MhTestDb;

typedef void (*MhTestCase) (const MhTestDb *test);

/* "/db/shuffled" becomes "/db/shuffled/sqlite" and "/db/shuffled/postgresql". */
void mh_test_add_both (const char *path, MhTestCase func);
/* The same in an empty database: for what makes or fills one, and for the migrations themselves. */
void mh_test_add_both_empty (const char *path, MhTestCase func);
/* A connection to the case's database; the append-only tables are guarded on SQLite. */
MhDb *mh_test_connect (const MhTestDb *test, guint flags, const char *append_only);
/* g_test_run() between making and dropping what the cases need. */
int mh_test_run (void);

/* As g_assert_true (expression), with the error's message when it fails. */
#define mh_assert_ok(expression, error)                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean ok_ = (expression) ? TRUE : FALSE;                                                    \
    g_assert_no_error (error);                                                                     \
    g_assert_true (ok_);                                                                           \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
