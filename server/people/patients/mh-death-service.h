/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A patient has died, or was thought to have. What follows elsewhere (bookings, queues) is what
 * those rooms watch patients for. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* @death: a death. MH_ERROR_INVALID for a time to come or before the birth, MH_ERROR_CONFLICT when
 * a death is recorded already. */
MhRecord *mh_death_service_record (const MhRequest *req,
                                   const char *patient_id,
                                   MhRecord *death,
                                   GError **error);
/* @withdrawal: why. Nothing that followed comes back. */
MhRecord *mh_death_service_withdraw (const MhRequest *req,
                                     const char *patient_id,
                                     MhRecord *withdrawal,
                                     GError **error);

/* For what is done for a patient: refused as "deceased" at @field when @patient has died. What was
 * done at @made_at, up to the moment of the death, and is only told now (0: it is done now) is
 * taken. */
gboolean mh_death_check (MhRecord *patient, gint64 made_at, const char *field, GError **error);

G_END_DECLS
