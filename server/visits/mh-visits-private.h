/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/visits/mh-visits-service.h"
#include "server/visits/mh-visits-store.h"

G_BEGIN_DECLS

/* The visit, if it is open; MH_ERROR_CONFLICT when it is signed, cancelled or left. */
MhRecord *mh_visits_get_open (MhDb *db, const MhActor *actor, const char *id, GError **error);
/* Sets the doctor's name beside the id; "doctor_id" is blamed. NULL id: takes both away. */
gboolean mh_visits_set_doctor (MhDb *db, MhRecord *visit, const char *doctor_id, GError **error);

G_END_DECLS
