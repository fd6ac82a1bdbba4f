/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The hospitals to which the rescue service drives: how crowded they are, their beds, from whom
 * they ask to be spared. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_HOSPITALS_PAGE (mh_hospitals_page_get_type ())
G_DECLARE_FINAL_TYPE (MhHospitalsPage, mh_hospitals_page, MH, HOSPITALS_PAGE, MhPane)

GtkWidget *mh_hospitals_page_new (MhContext *context);

G_END_DECLS
