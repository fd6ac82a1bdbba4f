/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Zones on the map. A border that is none (open, crossing itself, off the earth) is refused at its
 * field `corners`, or at the corner: shared/geo/mh-fence.h. */
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

MhRecord *mh_zones_service_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_zones_service_update (const MhRequest *req, MhPatch patch, GError **error);

G_END_DECLS
