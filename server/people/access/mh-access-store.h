/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of openings of protected charts. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Has @user_id an opening of that chart that stands at @now? -1: error. */
int mh_access_store_is_open (MhDb *db,
                             const char *user_id,
                             const char *patient_id,
                             gint64 now,
                             GError **error);
/* Ids of the charts that stand open to @user_id, as a set of strings. */
GHashTable *mh_access_store_opened (MhDb *db, const char *user_id, gint64 now, GError **error);
/* id, vip, user_id and hospital_id of one patient; NULL without error: none. */
MhRecord *mh_access_store_flags (MhDb *db, const char *patient_id, GError **error);
/* The protected ones of @ids, as patients with id, vip, user_id and hospital_id. */
GPtrArray *mh_access_store_protected (MhDb *db, GPtrArray *ids, GError **error);

typedef struct
{
  const char *hospital_id; /* NULL: all */
  const char *user_id, *patient_id;
  gboolean waiting;  /* not reviewed */
  gint64 due_before; /* 0: any */
  gint64 open_at;    /* 0: any */
  gint64 before_at;
  const char *before_id; /* NULL: from the newest */
  guint limit;
} MhAccessQuery;

/* Newest first. */
GPtrArray *mh_access_store_list (MhDb *db, const MhAccessQuery *query, GError **error);

/* The patient whose account @user_id is, whole; NULL without error: none. */
MhRecord *mh_access_store_of_user (MhDb *db, const char *user_id, GError **error);

G_END_DECLS
