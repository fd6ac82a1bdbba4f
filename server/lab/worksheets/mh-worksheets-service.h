/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Worksheets per bench: made from what waits, with the analyser's controls first and duplicates
 * last. Values entered on a sheet go where they belong: a patient's into the results, a control's
 * into quality control, a duplicate's beside its first value.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/lab/mh-worksheet.h"

G_BEGIN_DECLS

/* With its lines. MH_ERROR_CONFLICT when nothing waits there. */
MhRecord *mh_worksheets_service_create (const MhRequest *req, MhRecord *draft, GError **error);
GPtrArray *
mh_worksheets_service_list (const MhRequest *req, const char *status, guint limit, GError **error);
MhRecord *mh_worksheets_service_read (const MhRequest *req, const char *id, GError **error);
/* Note and state. */
MhRecord *mh_worksheets_service_update (const MhRequest *req, MhPatch patch, GError **error);
/* @put: worksheet_put. MH_ERROR_INVALID with "entries[i].line_id" or "entries[i].value";
 * MH_ERROR_CONFLICT when the sheet is not open. When every line has a value it is done. */
MhRecord *
mh_worksheets_service_save (const MhRequest *req, const char *id, MhRecord *put, GError **error);
/* Never in the write queue. */
GBytes *mh_worksheets_service_pdf (MhServer *server,
                                   const MhActor *actor,
                                   const char *id,
                                   const char *language,
                                   GError **error);

G_END_DECLS
