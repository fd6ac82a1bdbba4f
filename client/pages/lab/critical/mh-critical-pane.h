/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One critical value: its clock, whom to call, what was read back, closing it. */
#include "client/widgets/base/mh-pane.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_CRITICAL_PANE (mh_critical_pane_get_type ())
/* Signal "told": the item was called about or closed; the list shows it anew. */
G_DECLARE_FINAL_TYPE (MhCriticalPane, mh_critical_pane, MH, CRITICAL_PANE, MhPane)

/* NULL: none. What is typed for another one is kept until this one is left. */
void mh_critical_pane_show (MhCriticalPane *pane, const char *item_id);
const char *mh_critical_pane_item_id (MhCriticalPane *pane);
void mh_critical_pane_save (MhCriticalPane *pane);
GtkWidget *mh_critical_pane_back (MhCriticalPane *pane);

G_END_DECLS
