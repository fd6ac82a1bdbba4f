/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is to be measured for one order, and what is known of it: one row for each analyte of each
 * live test, in the order of the report, with its tube, limits, value now and value before. The
 * grid, the saving and the verification all work on these rows. An analyte that two tests want from
 * one tube is measured once and stands under the first.
 */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/qc/mh-qc-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/rules/lab/mh-range.h"

G_BEGIN_DECLS

typedef struct
{
  MhRecord *item;    /* the ordered test that it stands under */
  MhRecord *sample;  /* NULL: no tube yet */
  MhRecord *test;    /* of the catalogue; NULL for what a panel calculates */
  MhRecord *panel;   /* NULL unless a panel calculates it */
  MhRecord *analyte; /* of the catalogue */
  MhSubject subject; /* the patient on the day of collection */
  MhRecord
      *reference; /* ranges of that day, of the catalogue; NULL: none, which is never "normal" */
  MhRecord *critical;
  MhRecord *previous;
  MhRecord *group, *group_on_record; /* of what is determined twice; owned */
  MhRecord *before;                  /* as stored, NULL: nothing yet; owned */
  MhRecord *after; /* as it will be: the same record until mh_results_row_edit(); owned */
  guint position;
  gboolean kept;       /* what .before says is in the history already */
  gboolean regrown;    /* its isolates are others than those stored */
  gboolean calculated; /* by us; FALSE where a formula asks for what nobody here can know */
} MhResultsRow;

typedef struct
{
  MhServer *server; /* borrowed */
  MhCatalogueView *view;
  MhQcKnown *known; /* of the analysers */
  GTimeZone *zone;
  MhRecord *order, *patient;
  GPtrArray *items, *samples, *results, *previous;
  GPtrArray *holds, *events, *escalations, *attachments; /* of the order; events of the patient */
  GPtrArray *rows;                                       /* of MhResultsRow */
  GHashTable *item_rows; /* id of an item → GPtrArray of the rows it needs, shared ones too */
  gint64 collected_at;   /* of the first tube; 0: none yet */
  double isi;            /* of the reagent in use, setting lab.isi; 0: not set, then no INR */
  gint64 verify_levels;  /* signatures where a bench says nothing of its own */
  gint64 now;
} MhResultsPlan;

MhResultsPlan *
mh_results_plan_load (const MhRequest *req, const char *order_id, gint64 now, GError **error);
void mh_results_plan_free (MhResultsPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhResultsPlan, mh_results_plan_free)

/* "HGB", or "CSFGR:GRAM" where several tubes of an order are looked at for the same thing. NULL:
 * none; *out_several is TRUE when the short name fits more than one. */
MhResultsRow *
mh_results_plan_find (MhResultsPlan *plan, const char *analyte, gboolean *out_several);
gboolean mh_results_row_is_received (const MhResultsRow *row);
gboolean mh_results_row_is_verified (const MhResultsRow *row);
/* Code of the test, or of the panel, that it stands under. */
const char *mh_results_row_test (const MhResultsRow *row);
/* MH_ANALYTE_KIND_…: what the grid takes. A calculated analyte whose formula cannot be worked out
 * from this order (the INR without the reagent's sensitivity index) is typed like a measured one.
 */
const char *mh_results_row_kind (const MhResultsRow *row);
/* .after as a record of its own that may be changed. Only for rows that have one. */
MhRecord *mh_results_row_edit (MhResultsRow *row);
/* Does what will be differ from what is stored? */
gboolean mh_results_row_is_changed (const MhResultsRow *row);
/* Text of the value as it will be, NULL: none. */
const char *mh_results_row_value (const MhResultsRow *row);
/* The last instant at which it may be measured from its sample; 0: its test states nothing, and of
 * what a panel calculates: what that comes from tells. */
gint64 mh_results_row_stable_until (const MhResultsRow *row);
/* Was its value measured later? */
gboolean mh_results_row_is_too_old (const MhResultsRow *row);
/* What the grid shows; of one test alone, or @test NULL: of all. */
MhRecord *mh_results_plan_sheet (MhResultsPlan *plan, const MhActor *actor, const char *test);
/* Did this person enter any of the order's values? */
gboolean mh_results_plan_entered_by (MhResultsPlan *plan, const char *user_id);

G_END_DECLS
