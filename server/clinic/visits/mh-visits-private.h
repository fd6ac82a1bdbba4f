/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "server/clinic/visits/mh-visits-service.h"
#include "server/clinic/visits/mh-visits-store.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* The visit, if it is open; MH_ERROR_CONFLICT when it is signed, cancelled or left. */
MhRecord *mh_visits_get_open (const MhRequest *req, const char *id, GError **error);
/* The visit of a fact of that time: open, or signed after it. "visit_id" is blamed. */
MhRecord *mh_visits_get_for_fact (const MhRequest *req, const char *id, gint64 at, GError **error);
/* When something was, as a client says: now if it says nothing or a time to come. */
gint64 mh_visits_moment (MhTx *tx, gint64 said);
/* What was @at that moment is of a life: refused as "deceased" at @field when the patient of @visit
 * had died before. *out_over: the patient has died since, what follows from facts does not. */
gboolean mh_visits_check_alive (MhDb *db,
                                MhRecord *visit,
                                gint64 at,
                                const char *field,
                                gboolean *out_over,
                                GError **error);
/* Writes on an open visit what its last set of vital signs says, and when it is to be observed
 * again: never, when its patient has died. */
gboolean mh_visits_put_last (MhTx *tx, MhRecord *visit, GError **error);
/* Watches patients: nobody is called to the bed of who has died (MhTxObserver). */
gboolean mh_visits_patient_changed (MhTx *tx,
                                    MhRecord *before,
                                    MhRecord *after,
                                    gpointer data,
                                    GError **error);
/* Sets the doctor's name beside the id; "doctor_id" is blamed. NULL id: takes both away. */
gboolean mh_visits_set_doctor (MhDb *db, MhRecord *visit, const char *doctor_id, GError **error);

G_END_DECLS
