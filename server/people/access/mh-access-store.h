/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of openings of protected charts. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

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
