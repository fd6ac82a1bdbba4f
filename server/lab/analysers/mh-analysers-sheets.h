/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The values of one message, whose tubes and analytes are known, into the sheets of their orders:
 * by the results' service, as a person would write them. Those of an order are saved together, and
 * where that is refused one by one.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct _MhAnalysersSheets MhAnalysersSheets;

/* All is borrowed and must stay as long. the actor: in whose name they are written. */
MhAnalysersSheets *mh_analysers_sheets_new (const MhRequest *req, MhRecord *link);
void mh_analysers_sheets_free (MhAnalysersSheets *sheets);
/* @result of mh_device_result_type, borrowed, with order, sample, analyte and the value taken. */
void mh_analysers_sheets_add (MhAnalysersSheets *sheets, MhRecord *result);
/* Sets the status of each result that was added; what an order does not take goes to the inbox.
 * FALSE with @error only when the database fails. */
gboolean mh_analysers_sheets_save (MhAnalysersSheets *sheets, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhAnalysersSheets, mh_analysers_sheets_free)

G_END_DECLS
