/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * SQL derived from a record's description, one text for both databases. Every text is made once, is
 * kept for the life of the process and always has the same address, as mh-db wants of its
 * statements. Thread-safe. Parameters of a record's columns are $1…$N in the order of its columns.
 */
#include "shared/record/mh-record-type.h"

G_BEGIN_DECLS

/* "MH_TEXT" (on SQLite any name with TEXT in it is text; on PostgreSQL a domain over text COLLATE
 * "C", so that order and ranges are bytewise on both), "BIGINT" or "BOOLEAN". */
const char *mh_sql_type (const MhField *field);
guint mh_sql_n_columns (const MhRecordType *type);

/* "SELECT r.id, … FROM lab_order r " + @tail, a static string: "WHERE r.status = $1 ORDER BY r.id".
 */
const char *mh_sql_select (const MhRecordType *type, const char *tail);
/* The same with @more, a static string, behind the record's columns: "w.word". */
const char *mh_sql_select_and (const MhRecordType *type, const char *more, const char *tail);
/* The row whose @column (a name of the description) is $1; NULL column: all rows, by id. */
const char *mh_sql_find (const MhRecordType *type, const char *column);
/* @n_rows at once: the second row's parameters follow the first one's. */
const char *mh_sql_insert (const MhRecordType *type, guint n_rows);
/* INSERT … ON CONFLICT (id) DO UPDATE: what a cache does with a row from the feed. */
const char *mh_sql_upsert (const MhRecordType *type);
/* Every column; WHERE id = $1 AND version = $(N+1), the version before. */
const char *mh_sql_update (const MhRecordType *type);

typedef enum
{
  MH_SQL_SERVER,
  MH_SQL_CACHE, /* no UNIQUE and no foreign keys: a copy must take what it is given; SORT is indexed
                 */
} MhSqlPlace;

/* CREATE TABLE and CREATE INDEX statements. Required references fixed at creation are foreign keys;
 * the tables they name must exist before. Caller frees. */
char *mh_sql_ddl (const MhRecordType *type, MhSqlPlace place);
/* Is it a foreign key in the server's database? */
gboolean mh_sql_is_foreign_key (const MhField *field);

G_END_DECLS
