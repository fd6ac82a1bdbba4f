/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Assessments of a visit by the forms in use. open() takes the visit's id. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ASSESS_PANE (mh_assess_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhAssessPane, mh_assess_pane, MH, ASSESS_PANE, MhPane)

G_END_DECLS
