/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The figures of the page Insights: turnaround, workload and the rest, grouped, as records, as a
 * file for a spreadsheet, on paper with their chart. */
#include "server/front/insights/mh-insights-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct
{
  const char *figure;    /* MH_ERROR_NOT_FOUND when there is none of that name */
  const char *by;        /* NULL: what the figure has first */
  const char *from, *to; /* days, both counted in; NULL: the thirty days up to today */
  const char *segment;   /* of turnaround; NULL: from ordered to reported */
  const char *bench, *test, *priority;
  const char *key; /* of items: the row's; NULL: all */
} MhInsightWanted;

/* Room for turnaround that was worked out: a figure is made of all tests of its days, and asked for
 * far more often than more of them are gathered. Once, when the server is made. */
void mh_insights_service_keep (MhServer *server);
/* MH_ERROR_INVALID for days out of order or more than 1,100 apart, and for a group that the figure
 * does not have. */
MhRecord *
mh_insights_service_make (const MhRequest *req, const MhInsightWanted *wanted, GError **error);
/* What is behind a row of it. */
GPtrArray *mh_insights_service_items (const MhRequest *req,
                                      const MhInsightWanted *wanted,
                                      guint limit,
                                      GError **error);
/* Work in the laboratory now. */
GPtrArray *mh_insights_service_benches (const MhRequest *req, GError **error);
/* Takes a reader of its own. *out_name: of the file, caller frees. */
GBytes *mh_insights_service_csv (MhServer *server,
                                 const MhActor *actor,
                                 const MhInsightWanted *wanted,
                                 char **out_name,
                                 GError **error);
GBytes *mh_insights_service_pdf (MhServer *server,
                                 const MhActor *actor,
                                 const MhInsightWanted *wanted,
                                 const char *language,
                                 char **out_name,
                                 GError **error);

G_END_DECLS
