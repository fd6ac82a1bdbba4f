/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/money/settlements/mh-settlements-service.h"

G_BEGIN_DECLS

/* Sets payment, our amount and difference of each line. */
gboolean
mh_settlements_match (MhDb *db, const MhPlace *place, MhRecord *settlement, GError **error);

G_END_DECLS
