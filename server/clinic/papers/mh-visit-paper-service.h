/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The summary of a visit on paper, with what was prescribed and answered in it. */
#include "server/platform/actor/mh-actor.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* The visit on A4, by a reader of its own; what is not signed says so. *out_visit: transfer full.
 */
GBytes *mh_visit_paper_service_pdf (MhServer *server,
                                    const MhActor *actor,
                                    const char *id,
                                    const char *language,
                                    MhRecord **out_visit,
                                    GError **error);

G_END_DECLS
