/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Laboratory → verification: the queue, STAT first, and the order under decision. Opened with an
 * order's id. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_VERIFY_PAGE (mh_verify_page_get_type ())
G_DECLARE_FINAL_TYPE (MhVerifyPage, mh_verify_page, MH, VERIFY_PAGE, MhPane)

GtkWidget *mh_verify_page_new (MhContext *context);

G_END_DECLS
