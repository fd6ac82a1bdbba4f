/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/lab/catalogue/mh-place.h"
#include "server/money/till/mh-till-service.h"

G_BEGIN_DECLS

/* MH_ERROR_CONFLICT when @day is locked there. */
gboolean
mh_till_check_open_day (MhDb *db, const char *hospital_id, const char *day, GError **error);

G_END_DECLS
