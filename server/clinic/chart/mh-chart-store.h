/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  const char *patient_id; /* NULL: over patients, with one of the two below */
  gboolean cosign;        /* others' notes that wait */
  gboolean drafts;        /* one's own */
  const char *user_id;    /* who asks: drafts are theirs alone */
  const char *hospital_id;
  gint64 before_at; /* of the cursor; with before_id NULL from the newest */
  const char *before_id;
  guint limit;
} MhNotesQuery;

typedef struct
{
  const char *patient_id;
  const char *user_id; /* whose drafts are seen */
  gint64 before_at;
  const char *before_id; /* NULL: from the newest */
  guint limit;
} MhTimelineQuery;

/* Rows of a problem_item, immunisation or history_item, in the order of their lists. */
GPtrArray *
mh_chart_store_items (MhDb *db, const MhRecordType *type, const char *patient_id, GError **error);
/* One behind the last problem; 0: error. */
gint64 mh_chart_store_next_rank (MhDb *db, const char *patient_id, GError **error);
GPtrArray *mh_chart_store_revisions (MhDb *db, const char *object_id, GError **error);

GPtrArray *mh_chart_store_notes (MhDb *db, const MhNotesQuery *query, GError **error);
GPtrArray *mh_chart_store_addenda (MhDb *db, const char *note_id, GError **error);

/* Lines of prescriptions signed since @since that last beyond @now or have no end. */
GPtrArray *mh_chart_store_medicines (MhDb *db,
                                     const char *patient_id,
                                     gint64 since,
                                     gint64 now,
                                     GError **error);

/* Verified values (MhResult, the columns a chart shows), newest first. */
GPtrArray *mh_chart_store_newest (MhDb *db, const char *patient_id, guint limit, GError **error);
/* The newest @most values of each analyte, those of one together, newest first. */
GPtrArray *mh_chart_store_values (MhDb *db, const char *patient_id, guint most, GError **error);
GPtrArray *mh_chart_store_series (MhDb *db,
                                  const char *patient_id,
                                  const char *analyte,
                                  guint limit,
                                  GError **error);

/* mh_chart_event_type of all kinds or one, newest first; see the table of sources there. */
GPtrArray *
mh_timeline_store_read (MhDb *db, const MhTimelineQuery *query, const char *kind, GError **error);
/* Announces what it will ask. */
void mh_timeline_store_prefetch (MhDb *db, const MhTimelineQuery *query, const char *kind);

G_END_DECLS
