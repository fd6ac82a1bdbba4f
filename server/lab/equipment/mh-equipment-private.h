/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/lab/equipment/mh-equipment-service.h"
#include "server/lab/equipment/mh-equipment-store.h"

G_BEGIN_DECLS

/* The day of @at where the hospital stands. */
gboolean mh_equipment_today (MhDb *db,
                             const char *hospital_id,
                             gint64 at,
                             char out[MH_DATE_LENGTH + 1],
                             GError **error);
/* The plan that @event names is done with: its next day follows. Sets the event's plan_name. */
gboolean mh_equipment_plans_fulfil (MhTx *tx, MhRecord *equipment, MhRecord *event, GError **error);
/* Sets the equipment's next days from its plans. */
gboolean mh_equipment_plans_due (MhTx *tx, MhRecord *equipment, GError **error);
/* Raises or clears the alerts about what is due. */
gboolean mh_equipment_plans_tell (MhTx *tx, MhRecord *equipment, GError **error);

G_END_DECLS
