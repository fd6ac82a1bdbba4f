/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How a visit stands and its next step. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_VISIT_PANE (mh_visit_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhVisitPane, mh_visit_pane, MH, VISIT_PANE, MhPane)

void mh_visit_pane_show (MhVisitPane *pane, MhRecord *visit);

G_END_DECLS
