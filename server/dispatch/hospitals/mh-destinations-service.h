/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Where a patient is driven: the hospitals in use by need, road and state. */
#include "server/dispatch/maps/mh-maps.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Texts as they stand in a query. NULL: not said; with @call_id place and priority are the call's.
 */
typedef struct
{
  const char *call_id;
  const char *at;       /* "LAT,LON" */
  const char *need;     /* codes of care with commas between */
  const char *priority; /* "P1" … */
  gint64 now;
} MhDestinationsQuery;

/* Of mh_destination_type: the proposed ones, the best first, then those left out. MH_ERROR_INVALID
 * at the parameter that is wrong; MH_ERROR_NOT_FOUND: no map, no call. */
GPtrArray *mh_destinations_service_list (const MhRequest *req,
                                         MhMaps *maps,
                                         const MhDestinationsQuery *query,
                                         GError **error);

G_END_DECLS
