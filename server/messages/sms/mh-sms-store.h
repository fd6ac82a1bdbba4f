/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the short messages. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Newest first. NULL: any. @before_id NULL: from the newest. */
GPtrArray *mh_sms_store_list (MhDb *db,
                              const char *hospital_id,
                              const char *status,
                              const char *code,
                              gint64 before_at,
                              const char *before_id,
                              guint limit,
                              GError **error);
/* Queued to that number since. */
gboolean mh_sms_store_to_since (MhDb *db,
                                const char *recipient,
                                gint64 since,
                                gint64 *out_count,
                                GError **error);
gboolean mh_sms_store_sent_since (MhDb *db, gint64 since, gint64 *out_count, GError **error);
/* Those the provider has, of whose end nothing was heard, sent between the two instants. */
GPtrArray *mh_sms_store_unheard (MhDb *db, gint64 from, gint64 to, guint limit, GError **error);

G_END_DECLS
