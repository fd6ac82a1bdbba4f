/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Reports that are to go on paper, and the pictures of the letterheads. */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_REPORT_DELIVERY_WAITING "waiting"
#define MH_REPORT_DELIVERY_PRINTED "printed"
#define MH_REPORT_DELIVERY_DROPPED "dropped"     /* by a person */
#define MH_REPORT_DELIVERY_OVERTAKEN "overtaken" /* a newer version waits instead */
extern const MhCode mh_report_delivery_status_codes[];

enum
{
  MH_REPORT_DELIVERY_HOSPITAL_ID = MH_N_COMMON,
  MH_REPORT_DELIVERY_ORDER_ID,
  MH_REPORT_DELIVERY_ORDER_NUMBER,
  MH_REPORT_DELIVERY_PATIENT_ID,
  MH_REPORT_DELIVERY_PATIENT_NAME,
  MH_REPORT_DELIVERY_REPORT_ID,
  MH_REPORT_DELIVERY_VERSION_NO,
  MH_REPORT_DELIVERY_REPORT_STATUS,
  MH_REPORT_DELIVERY_WARD,
  MH_REPORT_DELIVERY_PRIORITY,
  MH_REPORT_DELIVERY_STATUS,
  MH_REPORT_DELIVERY_QUEUED_AT,
  MH_REPORT_DELIVERY_DONE_AT,
  MH_REPORT_DELIVERY_BY_NAME,
  MH_REPORT_DELIVERY_N_FIELDS,
};

/* Body of POST /report-deliveries/print: these, in one job. */
#define MH_REPORT_BATCH_MOST 200
enum
{
  MH_REPORT_BATCH_IDS,
  MH_REPORT_BATCH_LANGUAGE,
  MH_REPORT_BATCH_PREVIEW,
  MH_REPORT_BATCH_N_FIELDS,
};

/* Kept for good: an old report is drawn with the logo it went out with. */
enum
{
  MH_REPORT_LOGO_HOSPITAL_ID = MH_N_COMMON,
  MH_REPORT_LOGO_HASH,
  MH_REPORT_LOGO_PNG,
  MH_REPORT_LOGO_N_FIELDS,
};

G_END_DECLS
