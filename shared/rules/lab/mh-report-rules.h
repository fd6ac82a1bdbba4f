/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the states of a report mean to readers and to other systems (rules.md 7). Pure. FHIR: R4
 * diagnostic-report-status. HL7: OBR-25 by table 0123, OBX-11 by table 0085. Which state may follow
 * which is in mh-order-rules.h.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef struct
{
  const char *status; /* MH_REPORT_STATUS_… */
  const char *fhir;
  const char *obr25;  /* of a registered one see mh_report_rules_obr25() */
  const char *obx11;  /* of a value in it that was looked at */
  gboolean watermark; /* says across the page that it does not stand */
  gboolean struck;    /* kept, every value struck out */
  gboolean revision;  /* follows a final one, with reason and author */
} MhReportMeaning;

/* NULL for a status that does not exist. Static. */
const MhReportMeaning *mh_report_rules_meaning (const char *status);

/* OBR-25. The order's @samples (NULL: none) tell O (nothing collected yet), S (collected, not in
 * the laboratory) and I (in work) apart while the report is registered. */
const char *mh_report_rules_obr25 (const char *status, GPtrArray *samples);
/* OBX-11 of one value. In a preliminary or partial report a value that nobody verified is R, in a
 * revision a value that did not change stays F. NULL: nothing is sent (not measured yet). */
const char *
mh_report_rules_obx11 (const char *status, const char *result_status, gboolean is_changed);

/* Where the tests of an order stand: registered (none final), partial (some), final (every one that
 * lives, at least one), cancelled (none lives). A panel's components count each, so a panel is
 * final only when every component is final or cancelled. @items: mh_order_item_type. */
const char *mh_report_rules_stage (GPtrArray *items);

G_END_DECLS
