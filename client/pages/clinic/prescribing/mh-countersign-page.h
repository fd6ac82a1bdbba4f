/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Prescriptions that a second person has to sign: what is prescribed, what was warned of and why it
 * is prescribed all the same. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_COUNTERSIGN_PAGE (mh_countersign_page_get_type ())
G_DECLARE_FINAL_TYPE (MhCountersignPage, mh_countersign_page, MH, COUNTERSIGN_PAGE, MhPane)

GtkWidget *mh_countersign_page_new (MhContext *context);

G_END_DECLS
