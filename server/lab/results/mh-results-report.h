/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a report is made of, and who makes it. The room of reports knows results and not the other
 * way round: server/app gives its function here once, when the server is made.
 */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Everything borrowed. @results: those that go into it, in report order. */
typedef struct
{
  MhCatalogueView *view;
  MhRecord *order, *patient;
  GPtrArray *items, *samples, *results;
  const char *status; /* MH_REPORT_STATUS_…; NULL: final */
  MhRecord *change;   /* report_change with its values that made this version; NULL: none */
} MhReportDraft;

/* The contract of mh_reports_service_freeze(). */
typedef MhRecord *(*MhReportFreeze) (const MhRequest *req,
                                     const MhReportDraft *draft,
                                     GError **error);

void mh_results_set_freeze (MhReportFreeze freeze);

G_END_DECLS
