/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who may be registered twice: merges that wait for a second person, patients that were registered
 * without comparing, and what was decided; two records side by side, field by field. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_MERGES_PAGE (mh_merges_page_get_type ())
G_DECLARE_FINAL_TYPE (MhMergesPage, mh_merges_page, MH, MERGES_PAGE, MhPane)

/* As a page it opens with a patient's id: who is like that one. */
GtkWidget *mh_merges_page_new (MhContext *context);

G_END_DECLS
