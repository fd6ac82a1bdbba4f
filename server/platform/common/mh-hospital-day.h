/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The calendar of a hospital: days, ages and expiry go by its time zone, never by UTC. */
#include "server/platform/store/mh-store.h"
#include "shared/base/mh-date.h"

G_BEGIN_DECLS

/* UTC where the hospital names no zone, or @hospital_id is NULL (somebody of no hospital). New
 * reference; NULL with @error. */
GTimeZone *mh_hospital_zone (MhDb *db, const char *hospital_id, GError **error);
/* The day there at the instant @at. */
gboolean
mh_hospital_day (MhDb *db, const char *hospital_id, gint64 at, MhDate *out_day, GError **error);

G_END_DECLS
