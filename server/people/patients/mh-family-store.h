/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of family links. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Those of which the patient is one end, oldest first. */
GPtrArray *mh_family_store_of (MhDb *db, const char *patient_id, GError **error);

G_END_DECLS
