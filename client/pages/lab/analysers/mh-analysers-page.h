/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Analysers, the inbox of what they sent, and their messages, each in a tab. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ANALYSERS_PAGE (mh_analysers_page_get_type ())
G_DECLARE_FINAL_TYPE (MhAnalysersPage, mh_analysers_page, MH, ANALYSERS_PAGE, MhPane)

GtkWidget *mh_analysers_page_new (MhContext *context);

G_END_DECLS
