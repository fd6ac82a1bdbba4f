/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The client's local copy: one SQLite file for each person on this desk. Rows are encrypted one by
 * one (XChaCha20-Poly1305 of libsodium, bound to their type and id) under a random key that only
 * the person's password opens (Argon2id); what is searched for is kept as keyed hashes of prefixes.
 * So nothing about a patient can be read from the file, and signing in works without the server.
 *
 * Everything below _run_async happens on the cache's one thread: pages and models hand it a
 * function and get the result back on their main context.
 */
#include "shared/db/mh-db.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_CACHE (mh_cache_get_type ())
G_DECLARE_FINAL_TYPE (MhCache, mh_cache, MH, CACHE, GObject)

/* @folder is made when missing (mode 0700). Nothing is opened yet. */
MhCache *mh_cache_new (const char *folder);

/* A NULL result with @error set fails the task. */
typedef gpointer (*MhCacheFunc) (MhCache *cache, gpointer data, GError **error);

typedef struct
{
  MhCacheFunc func;
  gpointer data;
  GDestroyNotify free_data;   /* NULL: borrowed until it is done */
  GDestroyNotify free_result; /* of what nobody takes; NULL: nothing */
} MhCacheWork;

/* Runs on the cache's thread, in order. */
void mh_cache_run_async (MhCache *cache,
                         MhCacheWork work,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gpointer mh_cache_run_finish (MhCache *cache, GAsyncResult *result, GError **error);
/* Waits for what was handed over before; for the end of the program and for tests. */
void mh_cache_drain (MhCache *cache);

/* --- on the cache's thread only --- */

/* Opens @username's file with @password. Without @create the file must exist (signing in offline):
 * a wrong password or an unknown person is MH_ERROR_UNAUTHORIZED. With @create (the server has said
 * yes) a file that the password no longer opens is put aside, never deleted. */
gboolean mh_cache_unlock (MhCache *cache,
                          const char *server,
                          const char *username,
                          const char *password,
                          gboolean create,
                          GError **error);
void mh_cache_lock (MhCache *cache); /* closes; keys are wiped from memory */
gboolean mh_cache_is_open (MhCache *cache);
MhDb *mh_cache_db (MhCache *cache);

/* Small named values, encrypted: "session", "epoch". NULL: none. Caller frees. */
char *mh_cache_get_value (MhCache *cache, const char *name, GError **error);
gboolean mh_cache_set_value (MhCache *cache, const char *name, const char *value, GError **error);

/* What a form holds unsaved; NULL @json clears it. */
gboolean mh_cache_save_draft (MhCache *cache, const char *form, const char *json, GError **error);
char *mh_cache_load_draft (MhCache *cache, const char *form, GError **error);
/* What is held under names that begin with @prefix, which ends with a slash: char *, the last name
 * first. Caller unrefs. */
GPtrArray *mh_cache_list_drafts (MhCache *cache, const char *prefix, GError **error);

/* Records by id. An older version never replaces a newer one unless @provisional. */
gboolean mh_cache_put (MhCache *cache, MhRecord *record, gboolean provisional, GError **error);
gboolean mh_cache_remove (MhCache *cache, const MhRecordType *type, const char *id, GError **error);
/* All records but those of @kept (MhRecord): another server's versions are not to be compared with
 * ours. Drafts, values and the outbox stay. The caller holds the transaction. */
gboolean mh_cache_clear_records (MhCache *cache, GPtrArray *kept, GError **error);
/* NULL without error: not here. */
MhRecord *mh_cache_get (MhCache *cache, const MhRecordType *type, const char *id, GError **error);
/* Newest first (catalogue: by code). @group: "tab=paid" or NULL for all. */
GPtrArray *mh_cache_list (MhCache *cache,
                          const MhRecordType *type,
                          const char *group,
                          guint limit,
                          GError **error);
/* By what a person types; best effort over what is here. */
GPtrArray *mh_cache_search (MhCache *cache,
                            const MhRecordType *type,
                            const char *text,
                            guint limit,
                            GError **error);

/* Authenticated encryption with the data key; @ad binds it to its place. Used by the outbox. */
GBytes *mh_cache_seal (MhCache *cache, const char *ad, const char *text);
char *
mh_cache_unseal (MhCache *cache, const char *ad, const guint8 *data, gsize size, GError **error);

G_END_DECLS
