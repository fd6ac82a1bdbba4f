/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Where a tube lies, as part of what happens to it. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* A "stored" event that names a box gets its position (the first free one if none is named) and the
 * words for the place; a box of another hospital, a position outside it or one that is taken is
 * MH_ERROR_INVALID, a full box MH_ERROR_CONFLICT. Other events lose both. */
gboolean mh_samples_place_check (MhTx *tx, MhRecord *tube, MhRecord *event, GError **error);
/* Lays the event's place on @tube: stored tubes have one and a date until when they are kept, tubes
 * that leave have none. */
gboolean
mh_samples_place_stamp (MhTx *tx, MhRecord *tube, MhRecord *event, gint64 at, GError **error);

G_END_DECLS
