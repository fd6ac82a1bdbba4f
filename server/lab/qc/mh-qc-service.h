/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Internal quality control (rules.md 5). Controls are measured in runs; the values of one analyser
 * and analyte are judged together by Westgard's rules. A rejected run locks the release of what
 * that analyser measures of that analyte until somebody says what was done about it and every
 * control of the run is good again.
 */
#include "server/lab/qc/mh-qc-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/lab/mh-qc.h"

G_BEGIN_DECLS

/* --- for other rooms --- */

/* What one request has read of the analysers of one hospital, so that each bench, analyser and
 * analyte is asked for once however many values there are. Not to be kept beyond the transaction,
 * nor beyond a control or an entry of an analyser's log that it writes. */
typedef struct _MhQcKnown MhQcKnown;
MhQcKnown *mh_qc_known_new (void);
void mh_qc_known_free (MhQcKnown *known);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhQcKnown, mh_qc_known_free)

/* May what the subject's equipment (a code; NULL or unregistered: nothing to ask) measured of the
 * analyte be released at @now? Else MH_ERROR_CONFLICT with one issue: its field is the analyte, its
 * code "qc_rejected" or one of mh_equipment_block_codes, its message names the control and the
 * rule, or the equipment. */
gboolean mh_qc_may_release (MhDb *db,
                            MhQcKnown *known,
                            const MhQcSubject *subject,
                            gint64 now,
                            GError **error);

/* A value and what is known of where it came from. Nothing is owned. */
typedef struct
{
  MhQcKnown *known;
  const char *hospital_id, *bench, *analyte;
  const char *instrument;  /* a code, MH_INSTRUMENT_BY_HAND, or NULL: nobody said */
  gboolean measured;       /* a number that was not worked out from others */
  gboolean may_be_by_hand; /* by the catalogue */
} MhQcTyped;

/* Codes of the analysers that it may have been measured on: those that control the analyte, of the
 * bench before all others; where none does, what stands at the bench and is not retired. Empty: it
 * was no analyser. Free with g_strfreev(). */
char **mh_qc_instruments_for (MhDb *db, const MhQcTyped *typed, GError **error);
/* What that will read for @n values that share .known and the hospital, announced
 * (mh_db_prefetch()).
 */
void mh_qc_instruments_prefetch (MhDb *db, const MhQcTyped *typed, guint n);
/* The equipment with one of those codes, as .known keeps it. NULL without error: there is none. */
MhRecord *mh_qc_instrument_of (MhDb *db, const MhQcTyped *typed, const char *code, GError **error);
/* mh_qc_may_release() of what the value was measured on. Where nobody said, of everything that it
 * may have been measured on: the error then asks for the analyser, too. By hand, where the
 * catalogue allows it, there is nothing to ask. */
gboolean mh_qc_may_release_typed (MhDb *db, const MhQcTyped *typed, gint64 now, GError **error);

/* A control's value as an analyser or a worksheet gives it. */
typedef struct
{
  const char *hospital_id;
  const char *equipment;
  const char *analyte;
  const char *control_id; /* what stands on the control's tube; or */
  const char *target_id;  /* the target itself */
  const char *value;
  const char *run_id; /* levels of one run are judged together; NULL: see below */
  gint64 at;          /* 0: now */
  const char *source; /* MH_QC_ANALYSER … */
  const char *comment;
} MhQcReading;

/* Takes it into quality control, judged (an MhQcPoint); never into a patient's results. Without a
 * run_id it joins the analyser's run of this analyte that is not older than half an hour and has no
 * value of this control yet. MH_ERROR_NOT_FOUND: no such control is measured for that there;
 * MH_ERROR_INVALID: no number; MH_ERROR_CONFLICT: the control expired. */
MhRecord *mh_qc_take_point (MhTx *tx, const MhQcReading *reading, GError **error);
/* The control (MhQcLot) of this id. NULL without error: it is not a control's. */
MhRecord *
mh_qc_find_control (MhDb *db, const char *hospital_id, const char *control_id, GError **error);

/* --- for the laboratory's desks --- */

/* @run (qc_run) as sent; gives it with .state, .points and .locks. MH_ERROR_INVALID with
 * "entries[i].value" or "entries[i].target_id". */
MhRecord *mh_qc_service_run (const MhRequest *req, MhRecord *run, GError **error);
GPtrArray *mh_qc_service_points (const MhRequest *req, MhQcPointsQuery *query, GError **error);
/* Excluding and counting again need qc.write and a reason; gives the point as it is seen now. */
MhRecord *
mh_qc_service_remark (const MhRequest *req, const char *point_id, MhRecord *remark, GError **error);

/* Materials, lots and targets; @draft's type says which. */
MhRecord *mh_qc_service_create (const MhRequest *req, MhRecord *draft, GError **error);
MhRecord *mh_qc_service_update (const MhRequest *req, MhPatch patch, GError **error);
/* Of the accepted values of a target in @from ≤ at < @to (0, 0: of all). */
MhRecord *mh_qc_service_statistics (const MhRequest *req,
                                    const char *target_id,
                                    gint64 from,
                                    gint64 to,
                                    GError **error);
/* The laboratory's own mean and SD take the place of the maker's: MH_ERROR_CONFLICT with fewer than
 * MH_QC_ESTABLISH_AFTER accepted values. */
MhRecord *mh_qc_service_adopt (const MhRequest *req, const char *target_id, GError **error);

GPtrArray *
mh_qc_service_locks (const MhRequest *req, const char *state, MhListPage page, GError **error);
MhRecord *mh_qc_service_lock (const MhRequest *req, const char *lock_id, GError **error);
/* Gives the lock. MH_ERROR_CONFLICT when it is released already. */
MhRecord *
mh_qc_service_act (const MhRequest *req, const char *lock_id, MhRecord *action, GError **error);
GPtrArray *mh_qc_service_actions (const MhRequest *req, const char *lock_id, GError **error);
/* Patients' values measured since the last good control (MhQcSuspect), oldest first. */
GPtrArray *
mh_qc_service_suspects (const MhRequest *req, const char *lock_id, gint64 now, GError **error);
/* What becomes of one of them; gives the decision. */
MhRecord *
mh_qc_service_review (const MhRequest *req, const char *lock_id, MhRecord *review, GError **error);

/* --- papers --- */

typedef struct
{
  const char *equipment;
  const char *analyte;  /* NULL: all of the analyser */
  const char *month;    /* "2026-11"; NULL: this one */
  const char *language; /* or NULL */
} MhQcMonthWanted;

/* Charts, figures, rejections with what was done, exclusions with their reasons. Never in the write
 * queue.
 */
GBytes *mh_qc_service_month_pdf (MhServer *server,
                                 const MhActor *actor,
                                 const MhQcMonthWanted *wanted,
                                 GError **error);

typedef struct
{
  const char *lock_id;
  const char *language; /* or NULL */
  gboolean pdf;         /* else comma-separated values */
} MhQcSuspectsWanted;

/* *out_suspects (new reference): who stands in it, for the log of reads. Never in the write queue.
 */
GBytes *mh_qc_service_suspects_file (MhServer *server,
                                     const MhActor *actor,
                                     const MhQcSuspectsWanted *wanted,
                                     GPtrArray **out_suspects,
                                     GError **error);

G_END_DECLS
