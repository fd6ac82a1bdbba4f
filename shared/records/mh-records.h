/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Every record type of the house. */
#include "shared/records/mh-alert.h"
#include "shared/records/mh-analyser.h"
#include "shared/records/mh-analyte.h"
#include "shared/records/mh-attachment.h"
#include "shared/records/mh-audit.h"
#include "shared/records/mh-catalogue-record.h"
#include "shared/records/mh-critical.h"
#include "shared/records/mh-equipment.h"
#include "shared/records/mh-escalation.h"
#include "shared/records/mh-figures.h"
#include "shared/records/mh-gateway.h"
#include "shared/records/mh-handover.h"
#include "shared/records/mh-hospital.h"
#include "shared/records/mh-invoice.h"
#include "shared/records/mh-isolate.h"
#include "shared/records/mh-label.h"
#include "shared/records/mh-ledger.h"
#include "shared/records/mh-machine.h"
#include "shared/records/mh-mail.h"
#include "shared/records/mh-microbe.h"
#include "shared/records/mh-order.h"
#include "shared/records/mh-patient.h"
#include "shared/records/mh-payment.h"
#include "shared/records/mh-phrase.h"
#include "shared/records/mh-prescription.h"
#include "shared/records/mh-problem.h"
#include "shared/records/mh-qc.h"
#include "shared/records/mh-reagent.h"
#include "shared/records/mh-referral.h"
#include "shared/records/mh-reflex-rule.h"
#include "shared/records/mh-report-change.h"
#include "shared/records/mh-report.h"
#include "shared/records/mh-result-version.h"
#include "shared/records/mh-result.h"
#include "shared/records/mh-sample.h"
#include "shared/records/mh-settings.h"
#include "shared/records/mh-settlement.h"
#include "shared/records/mh-shift.h"
#include "shared/records/mh-storage.h"
#include "shared/records/mh-tax-rule.h"
#include "shared/records/mh-test.h"
#include "shared/records/mh-till.h"
#include "shared/records/mh-tube-hold.h"
#include "shared/records/mh-user.h"

G_BEGIN_DECLS

/* Adds all types to the registry; any number of times, from any thread. */
void mh_records_register (void);

G_END_DECLS
