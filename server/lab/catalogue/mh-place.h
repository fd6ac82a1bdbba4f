/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Where and when something happens, as the hospital's clock and money have it. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/base/mh-date.h"

G_BEGIN_DECLS

typedef struct
{
  const char *hospital_id; /* of the actor */
  char *code, *currency;
  GTimeZone *zone;
  char today[MH_DATE_LENGTH + 1];
} MhPlace;

/* The zone of the hospital (UTC if it is unknown). Unref it. */
GTimeZone *mh_place_zone (MhCatalogueView *view, const char *hospital_id);
/* MH_ERROR_INVALID when the actor has no hospital. Clear it. */
gboolean mh_place_of (const MhRequest *req, gint64 now, MhPlace *out_place, GError **error);
void mh_place_clear (MhPlace *place);
typedef struct
{
  MhDate from, to; /* both counted in */
} MhDays;

/* The days that somebody asked for, both counted in. @from, @to NULL: this month up to today, here.
 * MH_ERROR_INVALID when they cannot be read, are out of order or @most apart. */
gboolean mh_place_days (const MhPlace *place,
                        const char *from,
                        const char *to,
                        guint most,
                        MhDays *out_days,
                        GError **error);
/* When @day begins there. */
gint64 mh_place_midnight (const MhPlace *place, MhDate day);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhPlace, mh_place_clear)

G_END_DECLS
