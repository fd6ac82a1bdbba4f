/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is wrong with the prescription being written, the gravest first: what stops asks for a
 * reason in its place, what is only to be known stands there, what could not be checked is said in
 * one line. The reasons are kept in the prescription, so with its draft.
 */
#include "client/models/mh-prescription-check.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_DRUG_ALERTS (mh_drug_alerts_get_type ())
G_DECLARE_FINAL_TYPE (MhDrugAlerts, mh_drug_alerts, MH, DRUG_ALERTS, MhPane)

/* Once. */
void mh_drug_alerts_setup (MhDrugAlerts *alerts, MhRecordSlot *slot, MhPrescriptionCheck *check);
/* Another prescription stands in the slot. */
void mh_drug_alerts_refresh (MhDrugAlerts *alerts);
/* TRUE when every interrupting alert has its reason, and only those are kept in the prescription;
 * else the focus is on the first that has none. */
gboolean mh_drug_alerts_check (MhDrugAlerts *alerts);

G_END_DECLS
