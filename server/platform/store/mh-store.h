/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The server's data. Reads run on any worker over its own connection and never wait for a writer.
 * Writes go to the write queue: a single thread that takes the requests waiting, runs each in a
 * savepoint of one transaction, commits them together, and tells each only after the commit is
 * durable. On SQLite the write queue is the database's one writer; on PostgreSQL several server
 * processes share it by locking table write_lane before their snapshot, so that change numbers and
 * the audit chain have one order everywhere and no write ever fails to serialise against another of
 * ours.
 *
 * Inside the write queue an MhTx carries who asks and when; mh_tx_insert/update/append do what
 * every change needs (version, stamps, change feed, audit) from the record's description.
 */
#include "shared/base/mh-clock.h"
#include "shared/db/mh-db.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef struct _MhStore MhStore;
typedef struct _MhTx MhTx;

/* Who acts, as the audit log wants it. Strings are borrowed for the call. */
typedef struct
{
  const char *user_id; /* NULL: the server itself (jobs) */
  const char *user_name;
  const char *role;
  const char *hospital_id; /* NULL: all (administration of the system) */
  const char *station;     /* desk, or address */
  const char *request_id;
} MhWho;

/* Which page of a list that is read by a number (mostly an instant) and an id. */
typedef struct
{
  gint64 at;      /* the row before: its number, 0 at the first page */
  const char *id; /* its id, NULL at the first page; borrowed */
  guint limit;    /* rows at most */
} MhListPage;

/* A change as it was sent: which record, made on which version, and what is to be different. */
typedef struct
{
  const char *id;  /* borrowed, as is the body */
  gint64 if_match; /* the version it was made on, -1: whichever stands */
  MhRecord *body;  /* the fields that are set; NULL where the change is said by the route */
} MhPatch;

typedef struct
{
  const char *url;   /* sqlite:FILE, sqlite::memory: (tests), postgresql://… */
  guint readers;     /* read connections, one per worker thread */
  guint max_waiting; /* that wait for the thread; 0: 4096 */
  guint max_group;   /* requests in one commit; 0: 64 */
  MhClock *clock;    /* NULL: the machine's */
} MhStoreConfig;

/* Opens, refuses a schema that is newer than the program; migrates first when @migrate. */
MhStore *mh_store_open (const MhStoreConfig *config, gboolean migrate, GError **error);
/* Finishes the accepted writes, then closes. */
void mh_store_close (MhStore *store);
MhClock *mh_store_clock (MhStore *store);
/* Can it be read and written? Hardly waits, whatever the database does. FALSE with the reason. */
gboolean mh_store_is_healthy (MhStore *store, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhStore, mh_store_close)

/* --- reading --- */

/* A read connection for this thread until it is given back; blocks while all are taken. NULL with
 * MH_ERROR_BUSY when the database is away. */
MhDb *mh_store_take_reader (MhStore *store, GError **error);
void mh_store_give_reader (MhStore *store, MhDb *db);

/* One thread's reader for the many calls of one round of its main loop: they share a snapshot as
 * long as nothing is committed, since beginning and ending one costs as much as reading a row.
 * Belongs to the thread that uses it. */
typedef struct _MhSharedSnapshot MhSharedSnapshot;
MhSharedSnapshot *mh_store_hold (MhStore *store);
/* Sees everything that was answered as durable before the call. Borrowed until the next call of
 * this or of rest; no rows may be open then. Errors as mh_store_take_reader(). */
MhDb *mh_shared_snapshot_db (MhSharedSnapshot *held, GError **error);
/* Ends the snapshot and gives the reader back: before the thread waits, since the log of changes
 * cannot be cleared beyond an open snapshot. */
void mh_shared_snapshot_release (MhSharedSnapshot *held);
void mh_shared_snapshot_free (MhSharedSnapshot *held);

/* --- writing --- */

/* Runs in the write queue. FALSE with @error: this request alone is rolled back. May run again,
 * after a lost race or because another one of its group failed; must not have effects outside the
 * transaction. On PostgreSQL an error that it meets may be of a row that another one has sent: then
 * the whole group runs again, each in a savepoint. */
typedef gboolean (*MhTxFunc) (MhTx *tx, gpointer data, GError **error);
/* Announces what the request will read first (mh_db_prefetch()), before its group begins; a mere
 * hint.
 */
typedef void (*MhTxPrefetch) (MhDb *db, gpointer data);
/* After the commit is durable (@error NULL) or the request failed; on the write queue's thread: be
 * brief.
 * @error is owned by the write queue. */
typedef void (*MhTxDone) (gpointer data, const GError *error);

typedef struct
{
  MhTxPrefetch prefetch; /* NULL: none */
  MhTxFunc func;
  MhTxDone done; /* NULL: nobody is told */
  gpointer data; /* of all three */
} MhTxWork;

/* Never blocks. FALSE with MH_ERROR_BUSY when too many wait; then it is not told done. @who is
 * copied. */
gboolean mh_store_submit (MhStore *store, const MhWho *who, MhTxWork work, GError **error);
/* Submits and waits: programs, jobs and tests; never from the write queue or an I/O thread. */
gboolean
mh_store_write (MhStore *store, const MhWho *who, MhTxFunc func, gpointer data, GError **error);

/* Fresh figures for the planners of both databases: after an import or the demonstration data. */
gboolean mh_store_analyse (MhStore *store, GError **error);

MhDb *mh_tx_db (MhTx *tx);
gint64 mh_tx_now (MhTx *tx); /* one instant for the whole request */
const MhWho *mh_tx_who (MhTx *tx);
MhStore *mh_tx_store (MhTx *tx);
/* From now on @who (borrowed) acts in this transaction: what follows by itself from what a person
 * did stands under its own name in the audit trail. Returns the previous actor, for restoring. */
const MhWho *mh_tx_act_as (MhTx *tx, const MhWho *who);

/* Inserts with version 1 and both stamps set on @record (its id too if it had none); appends to the
 * feed (SYNC types) and the audit log (all but PART and INTERNAL). A second row of the same id or
 * unique value is MH_ERROR_CONFLICT; since rows are sent without waiting, it may show only in the
 * next call that reads, at the end of the request, or of its group, which then runs again. @reason
 * NULL: none. */
gboolean
mh_tx_insert (MhTx *tx, MhRecord *record, const char *verb, const char *reason, GError **error);
/* Writes every column of @after where the row still has @before's version; raises the version by
 * one and stamps @after. Somebody was faster: MH_ERROR_STALE with the current record. */
gboolean mh_tx_update (MhTx *tx,
                       MhRecord *before,
                       MhRecord *after,
                       const char *verb,
                       const char *reason,
                       GError **error);
/* As mh_tx_update(), without an audit row and without telling observers: one of many rows of a
 * change that is audited as a whole (a merge of patients). */
gboolean mh_tx_update_within (MhTx *tx, MhRecord *before, MhRecord *after, GError **error);
/* Soft deletion: deleted_at. */
gboolean mh_tx_delete (MhTx *tx, MhRecord *record, const char *reason, GError **error);
/* Many rows of one type at once, no feed, no audit: parts of a record that is audited as a whole.
 * Times of creation and change that a record brings are kept.
 */
gboolean mh_tx_insert_parts (MhTx *tx, GPtrArray *records, GError **error);
/* A part's row alone, by id and version; its whole is audited by the caller. */
gboolean mh_tx_update_part (MhTx *tx, MhRecord *before, MhRecord *after, GError **error);
/* The feed entry alone, when the record's outer view changed though its own row did not. */
gboolean mh_tx_touch (MhTx *tx,
                      const MhRecordType *type,
                      const char *id,
                      const char *hospital_id,
                      GError **error);
/* The feed entry of a record that was inserted as a part (bulk data), without reading it again. */
gboolean mh_tx_announce (MhTx *tx, MhRecord *record, GError **error);
typedef struct
{
  const MhWho *who; /* NULL: who acts in the transaction */
  const char *verb, *object_type, *object_id;
  const char *detail; /* JSON or NULL */
  const char *reason;
} MhAuditNote;

/* Audit rows beyond those of insert and update, in their order (reads are noted in batches). A
 * "patient_id" in a detail becomes the row's own. */
gboolean mh_tx_audit_notes (MhTx *tx, const MhAuditNote *notes, guint n_notes, GError **error);
/* One of them (log-in, print). */
gboolean mh_tx_audit (MhTx *tx, const MhAuditNote *note, GError **error);
/* Next number of a series, gap-free in the transaction: created at 1 when new. */
gint64 mh_tx_next_number (MhTx *tx, const char *series, GError **error); /* -1: error */

/* What else follows from a change of a record of @type, in the same transaction: outboxes of mails
 * and messages. @before NULL: it is new. FALSE with @error: the whole request fails. */
typedef gboolean (
    *MhTxObserver) (MhTx *tx, MhRecord *before, MhRecord *after, gpointer data, GError **error);
/* Before the first request; called by mh_tx_insert() and mh_tx_update(), not for parts. */
void mh_store_observe (MhStore *store, const MhRecordType *type, MhTxObserver func, gpointer data);

/* --- generic reads by description (both in a reader and in the queue) --- */

/* As mh_store_get(), the record written to @out as JSON straight from the row; what is returned has
 * its five common fields, hospital_id, patient_id, vip and user_id alone. */
MhRecord *mh_store_get_json (MhDb *db,
                             const MhRecordType *type,
                             const char *id,
                             GString *out,
                             GError **error);
/* Announces a mh_store_get() or a mh_store_find() by "id"; see mh_db_prefetch(). */
void mh_store_prefetch (MhDb *db, const MhRecordType *type, const char *id);
/* Announces a mh_store_find() or mh_store_all(). */
void
mh_store_prefetch_by (MhDb *db, const MhRecordType *type, const char *column, const char *value);
/* NULL with MH_ERROR_NOT_FOUND. Deleted rows are found too; look at deleted_at. */
MhRecord *mh_store_get (MhDb *db, const MhRecordType *type, const char *id, GError **error);
/* First row where @column = @value (a column name of the description). NULL without error: none. */
MhRecord *mh_store_find (MhDb *db,
                         const MhRecordType *type,
                         const char *column,
                         const char *value,
                         GError **error);
/* All rows where @column = @value (NULL @column: all), in order of id. */
GPtrArray *mh_store_all (MhDb *db,
                         const MhRecordType *type,
                         const char *column,
                         const char *value,
                         GError **error);
/* Runs @sql (whose select list is mh_sql_columns (type)) and reads records. */
GPtrArray *mh_store_select (MhDb *db,
                            const MhRecordType *type,
                            const char *sql,
                            const MhArg *args,
                            guint n_args,
                            GError **error);

/* --- the feed --- */

/* Called after each commit with the highest change number, from the write queue or the listener
 * thread. */
typedef void (*MhFeedFunc) (gint64 seq, gpointer data);
void mh_store_watch (MhStore *store, MhFeedFunc func, gpointer data);
/* When it returns, @func is not running and will not be called again; never from within a @func. */
void mh_store_unwatch (MhStore *store, MhFeedFunc func, gpointer data);
gint64 mh_store_feed_seq (MhStore *store);
/* The number of the last change that @db sees: as long as it stays, no record of the feed has
 * changed, by whichever process. */
gboolean mh_store_read_feed_seq (MhDb *db, gint64 *out_seq, GError **error);
/* Made once for each database: a client that sees another one must fill its cache anew. */
const char *mh_store_epoch (MhStore *store);
/* After a restore: clients fill their copies anew. By programs, before anybody else uses @store. */
gboolean mh_store_renew_epoch (MhStore *store, GError **error);

/* For /metrics. */
typedef struct
{
  guint waiting, groups, writes, failed, retries;
  guint repeated;  /* groups that ran again because one of them had failed after it wrote */
  gint64 group_us; /* of the last group */
} MhStoreStats;
void mh_store_stats (MhStore *store, MhStoreStats *out_stats);

G_END_DECLS
