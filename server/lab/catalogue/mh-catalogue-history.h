/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Every version of every row of the catalogue, only ever added: who, when, what changed, field by
 * field, and the whole row as it then stood. A row from before the history began (the shipped
 * catalogue) gets its first entry together with its first change, so that nothing is missing.
 */
#include "server/platform/actor/mh-actor.h"

G_BEGIN_DECLS

typedef struct
{
  const char *action; /* MH_REVISION_… */
  const char *extra; /* JSON object of more differences ({"prices":…}) that are no fields; NULL */
  const char *reason; /* NULL: none was asked for */
} MhCatalogueStep;

/* @before NULL: new. @after with deleted_at: removed. Nothing is written when nothing differs. */
gboolean mh_catalogue_history_write (MhTx *tx,
                                     MhRecord *before,
                                     MhRecord *after,
                                     MhCatalogueStep step,
                                     GError **error);
/* Newest first, behind the version @before_version (0: from the newest). For a price list as for a
 * test: by the id of the row. What belongs to a hospital other than @hospital_id (NULL: none is
 * another) is left out; so below. */
GPtrArray *mh_catalogue_history_list (MhDb *db,
                                      const char *hospital_id,
                                      const char *record_id,
                                      gint64 before_version,
                                      guint limit,
                                      GError **error);
/* Of all rows, newest first, behind the entry of that time and id (@id NULL: from the newest). */
GPtrArray *mh_catalogue_history_recent (MhDb *db,
                                        const char *hospital_id,
                                        gint64 at,
                                        const char *id,
                                        guint limit,
                                        GError **error);
/* The row as it stood at @version; NULL with MH_ERROR_NOT_FOUND. */
MhRecord *mh_catalogue_history_at (MhDb *db, const char *record_id, gint64 version, GError **error);

G_END_DECLS
