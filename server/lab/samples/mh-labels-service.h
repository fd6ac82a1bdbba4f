/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Labels printed by the server: a durable job speaks ZPL to the hospital's label printer (setting
 * label.printer, TCP, usually port 9100), so that a printer that is switched on later prints what
 * was asked for. Prints are counted and in the chain of custody, reprints with their reason. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

#define MH_JOB_LABEL_PRINT "label.print"

/* @request: an MhLabelRequest. A tube whose label was printed before wants a reason. Gives the
 * request with how many labels will come. MH_ERROR_CONFLICT: no printer is set. */
MhRecord *mh_labels_service_print (const MhRequest *req,
                                   const char *order_id,
                                   MhRecord *request,
                                   GError **error);
/* The printer's address: @wanted is a name of the setting ("ward=10.0.0.9:9100, desk=…"), NULL the
 * first. NULL: none. Pure. Caller frees. */
char *mh_labels_service_address (const char *setting, const char *wanted);
/* To "host:port". Worker or job only. */
gboolean mh_labels_service_send (const char *address, const char *zpl, GError **error);
void mh_labels_service_register (MhServer *server);

/* What must be collected, as a list to walk by: places, then times; tubes in the order of draw.
 * @collection: one of MH_COLLECT_…, or NULL for all. Transfer full. */
GBytes *mh_rounds_service_pdf (MhServer *server,
                               const MhActor *actor,
                               const char *collection,
                               const char *language,
                               GError **error);

G_END_DECLS
