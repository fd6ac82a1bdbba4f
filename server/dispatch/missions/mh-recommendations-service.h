/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Which units a call may get, and why not the others, each figure beside its words. */
#include "server/dispatch/maps/mh-maps.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

typedef struct
{
  const char *call_id;
  gboolean left_out; /* those instead */
  guint limit;
  gint64 now;
} MhRecommendationsQuery;

/* Of mh_recommendation_type, the best first. */
GPtrArray *mh_recommendations_service_list (const MhRequest *req,
                                            MhMaps *maps,
                                            const MhRecommendationsQuery *query,
                                            GError **error);

G_END_DECLS
