/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * All boxes of a place with every position, drawn as one widget: a box with thousands of positions
 * costs as much as a picture. Arrows walk the positions, from one box into the next at its edge;
 * Page Up and Down go from box to box. What the keys are on is the accessible name. Told apart by
 * shape too: empty a ring, taken full, due with a cross.
 */
#include <gtk/gtk.h>

#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_BOX_MAP (mh_box_map_get_type ())
/* Signals: "moved": another position; "activated": Enter, Space or double click on it. */
G_DECLARE_FINAL_TYPE (MhBoxMap, mh_box_map, MH, BOX_MAP, GtkWidget)

/* @map: an MhStorageMap, NULL: nothing. @now tells which tubes are due. The position stays where it
 * was if its box is still there. */
void mh_box_map_show (MhBoxMap *map, MhRecord *record, gint64 now);
void mh_box_map_select (MhBoxMap *map, const char *box_id, gint64 position);
/* The place of the keys; NULL and -1 without boxes. Borrowed. */
MhRecord *mh_box_map_box (MhBoxMap *map);
gint64 mh_box_map_position (MhBoxMap *map);
/* The MhStorageSpot there; NULL: nothing stands there. Borrowed. */
MhRecord *mh_box_map_spot (MhBoxMap *map);
guint mh_box_map_n_positions (MhBoxMap *map);
guint mh_box_map_n_taken (MhBoxMap *map);

G_END_DECLS
