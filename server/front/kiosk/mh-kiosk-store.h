/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of the kiosk's visits. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Patients of the hospital with exactly that phone and date of birth, who are alive, not merged and
 * not protected; two at most: who is meant must be sure. @phone: digits as the patients keep them.
 */
GPtrArray *mh_kiosk_store_match (MhDb *db,
                                 const char *hospital_id,
                                 const char *phone,
                                 const char *birth_date,
                                 GError **error);
/* Codes asked for by that patient since. */
gboolean mh_kiosk_store_codes_since (MhDb *db,
                                     const char *patient_id,
                                     gint64 since,
                                     gint64 *out_count,
                                     GError **error);
/* Orders of the patient that have a released report, newest first, thirty at most. */
GPtrArray *mh_kiosk_store_reported (MhDb *db, const char *patient_id, GError **error);
/* Visits that ended before; rows deleted, -1 on error. */
gint64 mh_kiosk_store_purge (MhTx *tx, gint64 before, GError **error);

G_END_DECLS
