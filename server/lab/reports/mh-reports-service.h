/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Released reports and the papers of an order. A report is frozen once and drawn from its frozen
 * text ever after. Papers are drawn on the caller's thread, outside any transaction; what has to be
 * counted (copies, printed labels) is written before, so that no two papers carry the same number.
 */
#include "server/lab/results/mh-results-report.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Stores the next version of the order's report: content, hash, number. What was there stays as it
 * is, and whoever has seen it is told. MH_ERROR_CONFLICT when the version before allows no such
 * successor (mh_report_rules_may_become()). */
MhRecord *
mh_reports_service_freeze (const MhRequest *req, const MhReportDraft *draft, GError **error);
/* All versions, newest first, with their content: a desk draws the paper itself. */
GPtrArray *mh_reports_service_list (const MhRequest *req, const char *order_id, GError **error);
/* Of the actor's hospital, newest first. @before_id NULL: from the newest on. */
GPtrArray *mh_reports_service_recent (const MhRequest *req,
                                      const char *before_id,
                                      guint limit,
                                      GError **error);
/* A report_check: is what stands on a paper what was released? Says nothing about the patient.
 * @hash, NULL: not asked; @version 0: not asked. MH_ERROR_NOT_FOUND for an unknown report. */
MhRecord *mh_reports_service_check (MhDb *db,
                                    const char *report_id,
                                    gint64 version,
                                    const char *hash,
                                    GError **error);

/* The report of that id alone, none when there is no such: what a paper's QR code names. */
GPtrArray *mh_reports_service_named (const MhRequest *req, const char *id, GError **error);
/* The version of the order's report that counts. MH_ERROR_NOT_FOUND: none was released. */
MhRecord *mh_reports_service_newest (MhDb *db, const char *order_id, GError **error);
/* Keeps that the patient, who is nobody of ours, fetched @report. */
gboolean mh_reports_service_fetched (MhTx *tx, MhRecord *report, GError **error);
/* Sets the link that the paper's QR holds, where the hospital has a public address. */
void mh_reports_service_put_link (MhServer *server, MhRecord *report);

/* A frozen report as a PDF, neither counted nor marked: for the house's own mails. Takes a reader
 * of its own. */
GBytes *mh_reports_service_drawing (MhServer *server,
                                    MhRecord *report,
                                    const char *language,
                                    GError **error);

typedef struct
{
  MhServer *server;
  const MhActor *actor;
  const MhWho *who;
  const char *order_id;
  const char *receipt_id; /* of a receipt: this one, instead of the order's newest */
  const char *language;   /* NULL: English */
  gint64 version;         /* of a report; 0: the newest */
  gboolean copy;          /* of a report: count it and mark it */
  gint64 now;
} MhPaperWanted;

typedef struct
{
  GBytes *pdf;
  char *name; /* file name without a patient's data */
  char *patient_id;
  char *object_id; /* report, receipt or order */
} MhPaperMade;

void mh_paper_made_clear (MhPaperMade *made);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhPaperMade, mh_paper_made_clear)

/* Each takes its own reader and, if it counts, writes through the write queue: workers only.
 * MH_ERROR_NOT_FOUND before a report is released, before money was taken, without tubes. */
gboolean
mh_reports_service_report (const MhPaperWanted *wanted, MhPaperMade *out_made, GError **error);
/* .order_id is the patient's id here; released results of @from to before @to (µs; 0: to now). */
gboolean mh_reports_service_cumulative (const MhPaperWanted *wanted,
                                        gint64 from,
                                        gint64 to,
                                        MhPaperMade *out_made,
                                        GError **error);
gboolean
mh_reports_service_receipt (const MhPaperWanted *wanted, MhPaperMade *out_made, GError **error);
gboolean
mh_reports_service_labels (const MhPaperWanted *wanted, MhPaperMade *out_made, GError **error);

G_END_DECLS
