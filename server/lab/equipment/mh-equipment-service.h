/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The register of equipment. What happens to a piece is added to its log, and its state and its
 * next days follow from that: nobody sets them by hand.
 */
#include "server/lab/catalogue/mh-place.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/lab/mh-equipment.h"

G_BEGIN_DECLS

MhRecord *mh_equipment_service_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_equipment_service_update (const MhRequest *req, MhPatch patch, GError **error);
/* With its plans. */
MhRecord *mh_equipment_service_read (const MhRequest *req, const char *id, GError **error);
/* NULL without error: nobody registered such a code. */
MhRecord *
mh_equipment_service_find (MhDb *db, const char *hospital_id, const char *code, GError **error);

/* A plan of the equipment; its first day is @draft's due_on, or an interval from today. */
MhRecord *mh_equipment_service_plan (const MhRequest *req,
                                     const char *equipment_id,
                                     MhRecord *draft,
                                     GError **error);
MhRecord *mh_equipment_service_replan (const MhRequest *req,
                                       const char *plan_id,
                                       gint64 if_match,
                                       MhRecord *patch,
                                       GError **error);

/* Adds @event (equipment_event) to the log, lets state and next days follow, tells and clears
 * alerts, and gives the equipment with its plans. Rights: a note or a fault needs equipment.read,
 * an override equipment.override, retiring it equipment.write, all else equipment.log.
 * MH_ERROR_INVALID: a day that has not come, a plan of something else; MH_ERROR_CONFLICT: nothing
 * to resolve, or a fault that must be resolved first. */
MhRecord *mh_equipment_service_log (const MhRequest *req,
                                    const char *equipment_id,
                                    MhRecord *event,
                                    GError **error);
GPtrArray *mh_equipment_service_events (const MhRequest *req,
                                        const char *equipment_id,
                                        MhListPage page,
                                        GError **error);

/* Analysers (MhEquipment) at @bench that are not retired, by code. */
GPtrArray *mh_equipment_service_on_bench (MhDb *db,
                                          const char *hospital_id,
                                          const char *bench,
                                          GError **error);
void mh_equipment_service_on_bench_prefetch (MhDb *db, const char *hospital_id, const char *bench);
/* Why nothing measured on @equipment may be released now: a code of mh_equipment_block_codes, or
 * NULL. */
gboolean mh_equipment_service_blocked (MhDb *db,
                                       MhRecord *equipment,
                                       gint64 now,
                                       const char **out_block,
                                       GError **error);

#define MH_JOB_EQUIPMENT_DUE "equipment.due"
/* Counts what was measured, and tells what is due. */
gboolean mh_equipment_service_sweep (MhTx *tx, GError **error);
/* The job that does so every hour; before the jobs start. */
void mh_equipment_service_register (MhServer *server);

G_END_DECLS
