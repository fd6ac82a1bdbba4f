/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who stands there with the badge. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* The active person of the hospital with that badge; a person without a badge is known by the user
 * name. Errors are on @field: required, unknown. */
MhRecord *mh_badges_service_person (MhDb *db,
                                    const char *hospital_id,
                                    const char *badge,
                                    const char *field,
                                    GError **error);
/* The same, and somebody else than @user_id: same_person. */
MhRecord *mh_badges_service_other (MhDb *db,
                                   const char *hospital_id,
                                   const char *user_id,
                                   const char *badge,
                                   const char *field,
                                   GError **error);

G_END_DECLS
