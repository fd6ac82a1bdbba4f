/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Between a record and the row of its table, by the description alone. A row's columns stand in the
 * order of mh_sql_columns(); @first is the row's first column that belongs to the record.
 */
#include "shared/db/mh-db.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* A growing list of parameters. Texts of records and of MH_TEXT() are borrowed: keep them alive. */
typedef struct _MhSqlArgs MhSqlArgs;

MhSqlArgs *mh_sql_args_new (void);
void mh_sql_args_free (MhSqlArgs *args);
void mh_sql_args_clear (MhSqlArgs *args);
void mh_sql_args_add (MhSqlArgs *args, MhArg arg);
void mh_sql_args_add_record (MhSqlArgs *args, MhRecord *record); /* all columns */
const MhArg *mh_sql_args_data (MhSqlArgs *args);
guint mh_sql_args_n (MhSqlArgs *args);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhSqlArgs, mh_sql_args_free)

/* mh_db_exec (db, sql, MH_SQL_ARGS (args), error) */
#define MH_SQL_ARGS(args) mh_sql_args_data (args), mh_sql_args_n (args)

/* The row as a record: every column is set, a NULL as null. */
MhRecord *mh_sql_row_read (MhRows *rows, guint first, const MhRecordType *type);
/* The five common fields, hospital_id, patient_id and what protects a chart (vip, user_id) alone:
 * enough to say whose the row is and who may see it. */
MhRecord *mh_sql_row_read_head (MhRows *rows, guint first, const MhRecordType *type);
/* The row as JSON without a record between: the very bytes that mh_record_put_json() writes for the
 * record of mh_sql_row_read(). @flags: MhJsonFlags, of which WITH_SECRETS and AS_INPUT matter. */
void mh_sql_row_put_json (MhRows *rows,
                          guint first,
                          const MhRecordType *type,
                          guint flags,
                          GString *out);
/* The same without the closing bracket, for members that are not columns. */
void mh_sql_row_open_json (MhRows *rows,
                           guint first,
                           const MhRecordType *type,
                           guint flags,
                           GString *out);

G_END_DECLS
