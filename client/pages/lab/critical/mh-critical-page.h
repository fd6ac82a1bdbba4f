/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Critical values: what is still to be told, what was told, and how fast. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CRITICAL_PAGE (mh_critical_page_get_type ())
G_DECLARE_FINAL_TYPE (MhCriticalPage, mh_critical_page, MH, CRITICAL_PAGE, MhPane)

GtkWidget *mh_critical_page_new (MhContext *context);

G_END_DECLS
