/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A doctor's day: who waits for them, who is with them and who went; their drafts; notes of others
 * that wait for their co-signature. Enter opens the chart, F8 calls the next step of the visit. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_DOCTOR_PAGE (mh_doctor_page_get_type ())
G_DECLARE_FINAL_TYPE (MhDoctorPage, mh_doctor_page, MH, DOCTOR_PAGE, MhPane)

GtkWidget *mh_doctor_page_new (MhContext *context);

G_END_DECLS
