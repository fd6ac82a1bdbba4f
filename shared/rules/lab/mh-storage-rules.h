/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Positions of a box as people name them, and how long a tube is kept. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* "A1" is position 0; rows are letters (A … Z, AA …), columns numbers from 1. Caller frees. */
char *mh_storage_rules_position_text (gint64 n_columns, gint64 position);
/* The position of "b 7" or "B07"; -1: none of this box. */
gint64 mh_storage_rules_position (const char *text, gint64 n_rows, gint64 n_columns);
/* The first of @n_positions that is not in @taken (ascending, n_taken); -1: full. */
gint64 mh_storage_rules_first_free (const gint64 *taken, guint n_taken, gint64 n_positions);
/* Until when a tube stored @at is kept: the place's days, else the hospital's. */
gint64 mh_storage_rules_keep_until (gint64 at, gint64 place_days, gint64 setting_days);
/* Does it take a second person to dispose of it @now? */
gboolean mh_storage_rules_needs_witness (gint64 keep_until, gint64 now);

G_END_DECLS
