/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Portions of a tube: numbered "-01" to "-99" behind its accession, kept and followed like tubes.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* @request: an MhAliquoting. Only from a tube that is in the laboratory; together they take no more
 * than the tube holds. Gives the request with the new samples; its tests stay with the tube. */
MhRecord *mh_aliquots_service_make (const MhRequest *req,
                                    const char *sample_id,
                                    MhRecord *request,
                                    GError **error);

G_END_DECLS
