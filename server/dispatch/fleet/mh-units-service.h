/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The register of units. */
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* MH_ERROR_INVALID on "zone": its hospital has no such zone to be covered. */
MhRecord *mh_units_service_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_units_service_update (const MhRequest *req, MhPatch patch, GError **error);

G_END_DECLS
