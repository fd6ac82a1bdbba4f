/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Alerts as somebody reads them and sees to them. Raising them: mh-alerts.h. */
#include "server/messages/alerts/mh-alerts-store.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Hospital, person and rights of @query are filled in from the actor. */
GPtrArray *
mh_alerts_service_list (const MhRequest *req, const MhAlertsQuery *query, GError **error);
/* MH_ERROR_NOT_FOUND for one that is not for the actor. */
MhRecord *mh_alerts_service_read (const MhRequest *req, const char *id, GError **error);
/* MH_ERROR_CONFLICT when it is over; acknowledging again changes the note. */
MhRecord *mh_alerts_service_acknowledge (const MhRequest *req,
                                         const char *id,
                                         MhRecord *noting,
                                         GError **error);
/* MH_ERROR_INVALID without minutes; MH_ERROR_CONFLICT when it is over. */
MhRecord *
mh_alerts_service_snooze (const MhRequest *req, const char *id, MhRecord *noting, GError **error);

#define MH_JOB_ALERT_SWEEP "alert.sweep"
#define MH_JOB_ALERT_PURGE "alert.purge"
#define MH_ALERTS_KEEP (400 * MH_DAY)

/* What was put off and is due opens again; what nobody saw to goes to the supervisors. */
gboolean mh_alerts_service_sweep (MhTx *tx, GError **error);
/* The jobs that do so; before they start. */
void mh_alerts_service_register (MhServer *server);

G_END_DECLS
