/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/messages/sms/mh-sms.h"

G_BEGIN_DECLS

gboolean mh_sms_enqueue (MhTx *tx, MhRecord *sms, gint64 run_at, GError **error);
/* What somebody there has just asked for, or waits for: goes also to numbers that opted out of the
 * rest, and at night. */
gboolean mh_sms_is_asked_for (MhRecord *sms);
/* A code that comes late or twice is worse than none. */
gboolean mh_sms_is_code (MhRecord *sms);

gboolean
mh_sms_is_opted_out (MhDb *db, const char *number, gboolean *out_opted_out, GError **error);
gboolean
mh_sms_opt (MhTx *tx, const char *number, gboolean out, const char *source, GError **error);

/* What is known of a message now; an earlier state never takes the place of a later one. */
/* @sid: the provider's name of it, kept where the answer that named it was lost; or NULL. */
gboolean mh_sms_heard (MhTx *tx,
                       const char *id,
                       const char *sid,
                       const char *status,
                       int code,
                       GError **error);

G_END_DECLS
