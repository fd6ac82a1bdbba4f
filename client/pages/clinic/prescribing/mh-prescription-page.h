/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Clinic → prescription: tests, medicines, advice; signed, then printed. Opened with a patient's
 * id. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_PRESCRIPTION_PAGE (mh_prescription_page_get_type ())
G_DECLARE_FINAL_TYPE (MhPrescriptionPage, mh_prescription_page, MH, PRESCRIPTION_PAGE, MhPane)

GtkWidget *mh_prescription_page_new (MhContext *context);

G_END_DECLS
