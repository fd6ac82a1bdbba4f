/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The register of equipment: what stands where, what is due, what happened to it. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_EQUIPMENT_PAGE (mh_equipment_page_get_type ())
G_DECLARE_FINAL_TYPE (MhEquipmentPage, mh_equipment_page, MH, EQUIPMENT_PAGE, MhPane)

GtkWidget *mh_equipment_page_new (MhContext *context);

G_END_DECLS
