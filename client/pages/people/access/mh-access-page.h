/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* For whoever looks after patients' records: the openings of protected charts with their reasons,
 * each to be judged by somebody else within three days; and, for any patient, who read, changed and
 * printed what, to be looked at and printed. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ACCESS_PAGE (mh_access_page_get_type ())
G_DECLARE_FINAL_TYPE (MhAccessPage, mh_access_page, MH, ACCESS_PAGE, MhPane)

GtkWidget *mh_access_page_new (MhContext *context);

G_END_DECLS
