/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One patient's chart: everything that is read of it, and what is kept in it, passes through
 * mh_chart_open(). Problems, doses of vaccine and lines of history are changed alike
 * (mh-chart-items.c), each change leaves a chart_revision; notes have rules of their own
 * (mh-chart-notes.c).
 */
#include "server/clinic/chart/mh-chart-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* The guard: the patient whose chart it is, if the actor may look into it; else MH_ERROR_NOT_FOUND
 * or MH_ERROR_FORBIDDEN. Every function of this room that reads or writes of a patient asks here
 * first. */
MhRecord *mh_chart_open (const MhRequest *req, const char *patient_id, GError **error);

/* --- put together --- */

/* mh_chart_type: the first page in one answer. @data_dir: for the table of ICD-10, NULL: none. */
MhRecord *
mh_chart_service_read (const MhRequest *req, const char *patient_id, gint64 now, GError **error);
/* mh_chart_event_type, newest first. @kind NULL: all. */
GPtrArray *mh_chart_service_timeline (const MhRequest *req,
                                      const MhTimelineQuery *query,
                                      const char *kind,
                                      GError **error);
/* mh_chart_value_type by test: the newest values of each analyte. */
GPtrArray *mh_chart_service_results (const MhRequest *req, const char *patient_id, GError **error);
/* All values of one; MH_ERROR_NOT_FOUND when there are none. */
MhRecord *mh_chart_service_series (const MhRequest *req,
                                   const char *patient_id,
                                   const char *analyte,
                                   GError **error);
/* The summary as A4. *out_patient (unref) is whose. Takes a reader of its own. */
GBytes *mh_chart_service_pdf (MhServer *server,
                              const MhActor *actor,
                              const char *patient_id,
                              const char *language,
                              MhRecord **out_patient,
                              GError **error);

/* --- problems, doses, history: @type is one of the three; of nobody there are none --- */

GPtrArray *mh_chart_items_list (const MhRequest *req,
                                const MhRecordType *type,
                                const char *patient_id,
                                GError **error);
MhRecord *mh_chart_items_read (const MhRequest *req,
                               const MhRecordType *type,
                               const char *id,
                               GError **error);
MhRecord *mh_chart_items_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_chart_items_update (const MhRequest *req, MhPatch patch, GError **error);
/* Content of a chart_revision from the item as it is now; when and by whom is the caller's to say.
 */
void mh_chart_items_fill_revision (MhRecord *revision, MhRecord *item);
/* What the item of that id was, newest first. */
GPtrArray *mh_chart_items_revisions (const MhRequest *req, const char *id, GError **error);

/* --- notes; a list of nobody's are one's own drafts --- */

GPtrArray *mh_chart_notes_list (const MhRequest *req, const MhNotesQuery *query, GError **error);
MhRecord *mh_chart_notes_read (const MhRequest *req, const char *id, GError **error);
/* With .sign it is signed at once. */
MhRecord *mh_chart_notes_create (const MhRequest *req, MhRecord *draft, GError **error);
/* One's own draft; with .sign it is signed. Signed: MH_ERROR_CONFLICT. */
MhRecord *mh_chart_notes_update (const MhRequest *req, MhPatch patch, GError **error);
gboolean mh_chart_notes_drop (const MhRequest *req, const char *id, GError **error);
MhRecord *
mh_chart_notes_add (const MhRequest *req, const char *id, MhRecord *addendum, GError **error);
MhRecord *mh_chart_notes_cosign (const MhRequest *req, const char *id, GError **error);
/* By its author, or who may co-sign. */
MhRecord *
mh_chart_notes_retract (const MhRequest *req, const char *id, const char *reason, GError **error);
/* Over the content of a signed note (SHA-256, hexadecimal). Caller frees. */
char *mh_chart_note_hash (MhRecord *note);

G_END_DECLS
