/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/front/kiosk/mh-kiosk-service.h"

G_BEGIN_DECLS

/* Plain words about a test or panel; NULL: it is not offered at a kiosk. @out_name: what people
 * call it. Both are the row's, in English where there are none in @language. */
const char *mh_kiosk_words (MhRecord *row, const char *language, const char **out_name);

/* --- wrong attempts --- */

typedef struct
{
  char *key;
  guint most;
} MhKioskGuard;

/* MH_ERROR_RATE while one of them has to wait. */
gboolean
mh_kiosk_guard_check (MhDb *db, const MhKioskGuard *guards, guint n, gint64 now, GError **error);
/* Counts a wrong attempt in a transaction of its own. */
gboolean mh_kiosk_guard_fail (MhServer *server,
                              const MhWho *who,
                              const MhKioskGuard *guards,
                              guint n,
                              GError **error);
/* "kiosk:WHAT:" with a hash of @value: numbers do not stand in keys. Caller frees. */
char *mh_kiosk_guard_key (const char *what, const char *value);

G_END_DECLS
