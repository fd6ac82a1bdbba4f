/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who is on the way to the hospital, when, with what; answered, received and taken over here. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_ARRIVALS_PAGE (mh_arrivals_page_get_type ())
G_DECLARE_FINAL_TYPE (MhArrivalsPage, mh_arrivals_page, MH, ARRIVALS_PAGE, MhPane)

GtkWidget *mh_arrivals_page_new (MhContext *context);

G_END_DECLS
