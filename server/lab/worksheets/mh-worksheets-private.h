/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/lab/worksheets/mh-worksheets-service.h"
#include "server/lab/worksheets/mh-worksheets-store.h"

G_BEGIN_DECLS

/* Takes @worksheet (NULL with @error set: gives NULL). */
MhRecord *mh_worksheets_with_lines (MhDb *db, MhRecord *worksheet, GError **error);

G_END_DECLS
