/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What insurers owe: each with its claims, and what it has paid or refuses, recorded against them.
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_INSURERS_PANE (mh_insurers_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhInsurersPane, mh_insurers_pane, MH, INSURERS_PANE, MhPane)

G_END_DECLS
