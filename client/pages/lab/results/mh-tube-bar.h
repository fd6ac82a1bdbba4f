/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The tubes of an order in a row: picture, accession, when it was collected and received; a press
 * tells the chain of custody. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_TUBE_BAR (mh_tube_bar_get_type ())
G_DECLARE_FINAL_TYPE (MhTubeBar, mh_tube_bar, MH, TUBE_BAR, MhPane)

/* mh_order_type with its samples; NULL, or without any: hidden. */
void mh_tube_bar_show (MhTubeBar *bar, MhRecord *order);
/* The tube that is being worked on stands out. NULL: none. */
void mh_tube_bar_mark (MhTubeBar *bar, const char *sample_id);

G_END_DECLS
