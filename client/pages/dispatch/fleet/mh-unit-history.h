/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Changes of one unit's state, newest first. */
#include "client/models/mh-model.h"
#include "client/widgets/charts/mh-timeline.h"

G_BEGIN_DECLS

#define MH_TYPE_UNIT_HISTORY (mh_unit_history_get_type ())
/* Signal "arrived" */
G_DECLARE_FINAL_TYPE (MhUnitHistory, mh_unit_history, MH, UNIT_HISTORY, MhModel)

MhUnitHistory *mh_unit_history_new (MhContext *context);
/* Asked for when @state (of its unit) is another one, or newer, than before. NULL: none. */
void mh_unit_history_want (MhUnitHistory *history, MhRecord *state);
void mh_unit_history_tell (MhUnitHistory *history, MhTimeline *timeline);
const char *mh_unit_history_problem (MhUnitHistory *history); /* NULL: none */

G_END_DECLS
