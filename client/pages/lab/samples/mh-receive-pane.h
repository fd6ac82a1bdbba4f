/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Tubes that reach the laboratory, scanned one after the other: each is received at once and
 * counted, what cannot be received stays in sight with the reason. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_RECEIVE_PANE (mh_receive_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhReceivePane, mh_receive_pane, MH, RECEIVE_PANE, MhPane)

G_END_DECLS
