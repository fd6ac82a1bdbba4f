/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The analysers: how each is doing, its settings, on and off. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_LINKS_PANE (mh_links_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhLinksPane, mh_links_pane, MH, LINKS_PANE, MhPane)

G_END_DECLS
