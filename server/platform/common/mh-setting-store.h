/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a setting of shared/records/platform/mh-settings.h is at a hospital: the hospital's own
 * value, else the one for all, else the default. An unknown key is a bug.
 */
#include "server/platform/store/mh-store.h"
#include "shared/records/platform/mh-settings.h"

G_BEGIN_DECLS

/* Announces that one of the following will be asked; see mh_db_prefetch(). */
void mh_setting_prefetch (MhDb *db, const char *hospital_id, const char *key);
/* Caller frees *out_value. @hospital_id NULL: the value for all. */
gboolean mh_setting_text (MhDb *db,
                          const char *hospital_id,
                          const char *key,
                          char **out_value,
                          GError **error);
/* Also money, in minor units. */
gboolean mh_setting_int (MhDb *db,
                         const char *hospital_id,
                         const char *key,
                         gint64 *out_value,
                         GError **error);
gboolean mh_setting_bool (MhDb *db,
                          const char *hospital_id,
                          const char *key,
                          gboolean *out_value,
                          GError **error);

G_END_DECLS
