/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Fluids of a visit: in, out, by the hour. open() takes the visit's id. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_FLUID_PANE (mh_fluid_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhFluidPane, mh_fluid_pane, MH, FLUID_PANE, MhPane)

G_END_DECLS
