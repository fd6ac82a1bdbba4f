/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

GPtrArray *mh_handovers_store_list (MhDb *db,
                                    const char *hospital_id,
                                    const char *before_id,
                                    guint limit,
                                    GError **error);
GPtrArray *mh_handovers_store_items (MhDb *db, const char *handover_id, GError **error);

G_END_DECLS
