/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of what the server tells about itself. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 schema_version; /* of the database */
  gint64 jobs_waiting, jobs_failed;
} MhOpsFigures;

gboolean mh_ops_store_figures (MhDb *db, MhOpsFigures *out_figures, GError **error);

G_END_DECLS
