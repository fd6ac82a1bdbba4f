/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The change feed within the caller's rights: a change is told to those whom the type's own call
 * (mh_route_reading) and its is_for() let read it, within their hospital. The record goes along as
 * it stands now (its columns), so that a cache needs no second question; a deletion goes without.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 after;
  guint limit;       /* rows looked at */
  const char *types; /* comma-separated codes, NULL: all */
} MhFeedWanted;

/* JSON objects {"seq","type","id","version","op","record"}. *out_next: the last number that was
 * looked at, @after if there was none. @out_patients (or NULL) gets the records that hold patients'
 * data, for the audit. */
GPtrArray *mh_feed_service_read (const MhRequest *req,
                                 const MhFeedWanted *wanted,
                                 GPtrArray *out_patients,
                                 gint64 *out_next,
                                 GError **error);
gint64 mh_feed_service_last (MhDb *db, GError **error);
/* May @actor read records of this type at all? */
gboolean mh_feed_service_may (MhActor *actor, const MhRecordType *type);

G_END_DECLS
