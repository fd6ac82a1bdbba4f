/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Nobody is registered twice by oversight (rules.md 13): this vertical's own part of registering.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* May @patient (derived, not stored) be registered? Nobody alike: TRUE, nothing set. A likely
 * duplicate without a stated reason, and not @late: MH_ERROR_CONFLICT that names the candidates.
 * Otherwise *out_note is what the audit log is told (caller frees), *out_doubtful whether somebody
 * must look at it later. */
gboolean mh_patients_settle_duplicates (const MhRequest *req,
                                        MhRecord *patient,
                                        gboolean late,
                                        char **out_note,
                                        gboolean *out_doubtful,
                                        GError **error);

G_END_DECLS
