/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of price lists. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

GPtrArray *mh_tariff_store_entries (MhDb *db, const char *list_id, GError **error);
/* Before new ones take their place. */
gboolean mh_tariff_store_drop_entries (MhDb *db, const char *list_id, GError **error);

G_END_DECLS
