/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Keeping hospitals, departments, settings and desks: the same work for each, driven by the
 * record's description. Whoever belongs to one hospital sees and changes its records only; a record
 * of no hospital (a setting for all, a hospital itself) is made by those who work in all of them.
 */
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* What a caller looks for. */
typedef struct
{
  const char *q;           /* words, any case and accents; or NULL */
  const char *hospital_id; /* of one hospital; NULL: whatever the actor sees */
  const char *after;       /* cursor */
  guint limit;
} MhDirectoryQuery;

/* *out_next: the cursor of the next page, NULL at the end. Caller frees. */
GPtrArray *mh_directory_list (const MhRequest *req,
                              const MhRecordType *type,
                              const MhDirectoryQuery *query,
                              char **out_next,
                              GError **error);
/* Settings, and after them what holds of those that this program knows and nobody has set, without
 * a version. */
GPtrArray *mh_directory_settings (const MhRequest *req,
                                  const MhDirectoryQuery *query,
                                  char **out_next,
                                  GError **error);
MhRecord *mh_directory_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_directory_update (const MhRequest *req, MhPatch patch, GError **error);
MhRecord *
mh_directory_read (const MhRequest *req, const MhRecordType *type, const char *id, GError **error);

/* What people call the bench @code; NULL: error. Caller frees. */
char *mh_directory_bench_name (MhDb *db, const char *code, GError **error);

/* Keeps what has all words of @q in its searched fields. For lists that are filtered in C. */
gboolean mh_directory_matches (MhRecord *record, const char *q);
/* Cuts one row too many off @rows; the id of the last one kept when there was one too many. */
char *mh_directory_next (GPtrArray *rows, guint limit);

G_END_DECLS
