/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The relatives of one patient who are patients too: shown, opened, linked, taken away. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_FAMILY_PANE (mh_family_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhFamilyPane, mh_family_pane, MH, FAMILY_PANE, MhPane)

void mh_family_pane_show (MhFamilyPane *pane, MhRecord *patient); /* NULL: nobody */

G_END_DECLS
