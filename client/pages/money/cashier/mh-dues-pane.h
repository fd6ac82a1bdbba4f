/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is due, and taking it: cash with change, card slip, UPI, a QR code that turns green, a link.
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_DUES_PANE (mh_dues_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhDuesPane, mh_dues_pane, MH, DUES_PANE, MhPane)

G_END_DECLS
