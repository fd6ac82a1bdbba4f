/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Striking out what was noted wrongly: it stays, with the reason, and counts no more. */
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

/* Asks for the reason under @heading, sends it by @route for the row @id and reads @list again. */
void mh_strike_ask (MhPane *pane,
                    MhRecordList *list,
                    const char *route,
                    const char *id,
                    const char *heading);

G_END_DECLS
