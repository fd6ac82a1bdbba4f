/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the short messages. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* NULL and 0: any. */
typedef struct
{
  const char *hospital_id, *status, *code, *patient_id;
  gint64 before_at; /* cursor: queued_at and id of the last row seen */
  const char *before_id;
  guint limit;
} MhSmsQuery;

/* Newest first. */
GPtrArray *mh_sms_store_list (MhDb *db, const MhSmsQuery *query, GError **error);
/* Queued to that number since. */
gboolean mh_sms_store_to_since (MhDb *db,
                                const char *recipient,
                                gint64 since,
                                gint64 *out_count,
                                GError **error);
gboolean mh_sms_store_sent_since (MhDb *db, gint64 since, gint64 *out_count, GError **error);
/* Those the provider has, of whose end nothing was heard, sent between the two instants. */
GPtrArray *mh_sms_store_unheard (MhDb *db, gint64 from, gint64 to, guint limit, GError **error);
/* The hospital's own texts. */
GPtrArray *mh_sms_store_texts (MhDb *db, const char *hospital_id, GError **error);
/* NULL without an error: it has none of its own. */
MhRecord *mh_sms_store_text (MhDb *db,
                             const char *hospital_id,
                             const char *event,
                             const char *language,
                             GError **error);

G_END_DECLS
