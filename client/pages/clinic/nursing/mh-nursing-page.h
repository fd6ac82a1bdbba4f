/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who is there, by urgency and waiting time; each visit's vital signs, assessments, fluids and
 * steps. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_NURSING_PAGE (mh_nursing_page_get_type ())
G_DECLARE_FINAL_TYPE (MhNursingPage, mh_nursing_page, MH, NURSING_PAGE, MhPane)

GtkWidget *mh_nursing_page_new (MhContext *context);

G_END_DECLS
