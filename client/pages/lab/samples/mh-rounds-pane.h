/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who is to be bled, by place and time: works from the local copy; collecting goes by the dialog of
 * the board, with both identifiers and each label scanned back. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ROUNDS_PANE (mh_rounds_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhRoundsPane, mh_rounds_pane, MH, ROUNDS_PANE, MhPane)

G_END_DECLS
