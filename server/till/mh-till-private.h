/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/till/mh-till-service.h"

G_BEGIN_DECLS

/* Where and when something happens, as the hospital's clock and money have it. */
typedef struct
{
  const char *hospital_id; /* of the actor */
  char *code, *currency;
  GTimeZone *zone;
  char today[11];
} MhTillPlace;

/* MH_ERROR_INVALID when the actor has no hospital. Clear it. */
gboolean mh_till_place (MhDb *db,
                        MhServer *server,
                        const MhActor *actor,
                        gint64 now,
                        MhTillPlace *out_place,
                        GError **error);
void mh_till_place_clear (MhTillPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhTillPlace, mh_till_place_clear)

/* MH_ERROR_CONFLICT when @day is locked there. */
gboolean
mh_till_check_open_day (MhDb *db, const char *hospital_id, const char *day, GError **error);

G_END_DECLS
