/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Revenue, tax, outstanding amounts and refunds, grouped; as records, as a list to print. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct
{
  const char *report;    /* MH_ERROR_NOT_FOUND when there is none of that name */
  const char *by;        /* NULL: by day */
  const char *from, *to; /* days, both counted in; NULL: this month up to today */
} MhFiguresWanted;

/* MH_ERROR_INVALID for days out of order or more than 1,100 apart. */
MhRecord *
mh_figures_service_make (const MhRequest *req, const MhFiguresWanted *wanted, GError **error);
/* The same as a file: for a spreadsheet, or on paper in @language. Takes a reader of its own.
 * *out_name: of the file, caller frees. */
GBytes *mh_figures_service_csv (MhServer *server,
                                const MhActor *actor,
                                const MhFiguresWanted *wanted,
                                char **out_name,
                                GError **error);
GBytes *mh_figures_service_pdf (MhServer *server,
                                const MhActor *actor,
                                const MhFiguresWanted *wanted,
                                const char *language,
                                char **out_name,
                                GError **error);

G_END_DECLS
