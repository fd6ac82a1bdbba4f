/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Freezers, racks and boxes, and the map of all their positions. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_STORAGE_PANE (mh_storage_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhStoragePane, mh_storage_pane, MH, STORAGE_PANE, MhPane)

G_END_DECLS
