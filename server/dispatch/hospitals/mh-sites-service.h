/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Hospitals of the rescue service: what they have, what they tell of their beds, from whom they ask
 * to be spared. Every call names a hospital by the id of its site or by its own, if it works with
 * this program. Its own people report for it and answer; for the others, and when they ask by
 * telephone, dispatchers write it down.
 */
#include "server/dispatch/hospitals/mh-sites-store.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

/* Of those that the actor keeps, or whose people they are; else MH_ERROR_NOT_FOUND. */
MhRecord *mh_sites_service_read (const MhRequest *req, const char *id, GError **error);
GPtrArray *mh_sites_service_list (const MhRequest *req, gint64 now, GError **error);
MhRecord *mh_sites_service_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_sites_service_update (const MhRequest *req, MhPatch patch, GError **error);

/* The hospital with its NEDOCS. MH_ERROR_INVALID at the figure that cannot be; then nothing of the
 * report is kept. @made_at: as mh_edit_made_at(). */
MhRecord *mh_sites_service_report (const MhRequest *req,
                                   const char *id,
                                   MhRecord *report,
                                   gint64 made_at,
                                   GError **error);
GPtrArray *
mh_sites_service_reports (const MhRequest *req, const char *id, MhListPage page, GError **error);

MhRecord *
mh_sites_service_divert (const MhRequest *req, const char *id, MhRecord *draft, GError **error);
MhRecord *mh_sites_service_renew (const MhRequest *req,
                                  const char *diversion_id,
                                  gint64 until,
                                  GError **error);
MhRecord *
mh_sites_service_end_diversion (const MhRequest *req, const char *diversion_id, GError **error);
GPtrArray *
mh_sites_service_diversions (const MhRequest *req, const char *id, MhListPage page, GError **error);

/* Counts the beds that are kept again, and writes it when it has changed. */
gboolean mh_sites_service_count_kept (MhTx *tx, const char *site_id, GError **error);
/* May @actor speak for the hospital? MH_ERROR_FORBIDDEN. */
gboolean mh_sites_service_may_speak (const MhActor *actor,
                                     MhRecord *site,
                                     const char *right,
                                     GError **error);

G_END_DECLS
