/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  const char *hospital_id; /* NULL: all */
  const char *patient_id;  /* NULL: all */
  const char *after_id;    /* NULL: from the beginning */
  guint limit;
} MhAllergiesQuery;

/* In order of their ids, which is that of noting. */
GPtrArray *mh_allergies_store_list (MhDb *db, const MhAllergiesQuery *query, GError **error);

G_END_DECLS
