/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of prescriptions and their lines. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* NULL or 0: any. */
typedef struct
{
  const char *hospital_id;
  const char *patient_id;
  const char *status;
  const char *words; /* a number or an MRN, exactly */
  gboolean waiting;  /* only signed ones whose tests nobody has ordered yet */
  gint64 before_at;  /* cursor: created_at and id of the last row */
  const char *before_id;
  guint limit;
} MhPrescriptionsQuery;

/* Newest first, without lines. */
GPtrArray *
mh_prescriptions_store_list (MhDb *db, const MhPrescriptionsQuery *query, GError **error);
/* In their order. */
GPtrArray *mh_prescriptions_store_lines (MhDb *db, const char *prescription_id, GError **error);

G_END_DECLS
