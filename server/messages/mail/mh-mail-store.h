/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the mails. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* NULL and 0: any. */
typedef struct
{
  const char *hospital_id, *status, *event, *order_id;
  const char *patient_id; /* only what goes to this patient, not to the staff */
  gboolean undelivered;   /* only what was deferred, refused or sent back */
  const char *typed;      /* only what has these words: to whom, which order, about what, answer */
  gint64 before_at;       /* cursor: queued_at and id of the last row seen */
  const char *before_id;
  guint limit;
} MhMailQuery;

/* Newest first. */
GPtrArray *mh_mail_store_list (MhDb *db, const MhMailQuery *query, GError **error);
gboolean mh_mail_store_sent_since (MhDb *db, gint64 since, gint64 *out_count, GError **error);
/* The hospital's own texts. */
GPtrArray *mh_mail_store_templates (MhDb *db, const char *hospital_id, GError **error);
/* NULL without error: it has none of its own. */
MhRecord *mh_mail_store_template (MhDb *db,
                                  const char *hospital_id,
                                  const char *event,
                                  const char *language,
                                  GError **error);

G_END_DECLS
