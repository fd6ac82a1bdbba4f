/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-report-delivery.h"

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-template.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_report_delivery_status_codes[] = {
  { MH_REPORT_DELIVERY_WAITING, N_("To be printed") },
  { MH_REPORT_DELIVERY_PRINTED, NS_("Printed") },
  { MH_REPORT_DELIVERY_DROPPED, N_("Not printed") },
  { MH_REPORT_DELIVERY_OVERTAKEN, N_("Replaced by a newer version") },
  { NULL },
};

static const MhField delivery_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REPORT_DELIVERY_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_DELIVERY_ORDER_ID]      = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_REPORT_DELIVERY_ORDER_NUMBER]  = { "order_number", MH_KIND_TEXT, .label = N_("Order number"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_REPORT_DELIVERY_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_DELIVERY_PATIENT_NAME]  = { "patient_name", MH_KIND_TEXT, .label = N_("Patient"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 200 },
  [MH_REPORT_DELIVERY_REPORT_ID]     = { "report_id", MH_KIND_REF, .label = N_("Report"), .target = &mh_report_type, .flags = MH_SERVER_SET | MH_UNIQUE | MH_NO_FORM },
  [MH_REPORT_DELIVERY_VERSION_NO]    = { "version_no", MH_KIND_INT, .label = N_("Version"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_DELIVERY_REPORT_STATUS] = { "report_status", MH_KIND_ENUM, .label = N_("Report"), .codes = mh_report_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_DELIVERY_WARD]          = { "ward", MH_KIND_TEXT, .label = N_("Ward"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_REPORT_DELIVERY_PRIORITY]      = { "priority", MH_KIND_ENUM, .label = N_("Priority"), .codes = mh_order_priority_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_DELIVERY_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_report_delivery_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_DELIVERY_QUEUED_AT]     = { "queued_at", MH_KIND_INSTANT, .label = N_("Released"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REPORT_DELIVERY_DONE_AT]       = { "done_at", MH_KIND_INSTANT, .label = N_("Printed on"), .flags = MH_SERVER_SET },
  [MH_REPORT_DELIVERY_BY_NAME]       = { "by_name", MH_KIND_TEXT, .label = N_("Printed by"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (delivery_fields) == MH_REPORT_DELIVERY_N_FIELDS);

static const MhField batch_fields[] = {
  [MH_REPORT_BATCH_IDS]      = { "ids", MH_KIND_LIST, .label = N_("Reports"), .flags = MH_REQUIRED, .max = MH_REPORT_BATCH_MOST },
  [MH_REPORT_BATCH_LANGUAGE] = { "language", MH_KIND_ENUM, .label = N_("Language"), .codes = mh_report_language_codes },
  [MH_REPORT_BATCH_PREVIEW]  = { "preview", MH_KIND_BOOL, .label = N_("Only to look at"), .help = N_("Nothing is counted, and nothing leaves the queue") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (batch_fields) == MH_REPORT_BATCH_N_FIELDS);

static const MhField logo_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REPORT_LOGO_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_LOGO_HASH]        = { "hash", MH_KIND_TEXT, .label = N_("Hash"), .flags = MH_SERVER_SET | MH_INDEX, .max = 64 },
  [MH_REPORT_LOGO_PNG]         = { "png", MH_KIND_LONG_TEXT, .label = N_("Picture"), .flags = MH_SERVER_SET, .max = 33000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (logo_fields) == MH_REPORT_LOGO_N_FIELDS);

const MhRecordType mh_report_delivery_type = {
  .name = "MhReportDelivery", .code = "report_delivery", .table = "report_delivery", .path = "/report-deliveries",
  .label = NS_("Report to be printed"), .fields = delivery_fields, .n_fields = G_N_ELEMENTS (delivery_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT,
  .hospital = MH_REPORT_DELIVERY_HOSPITAL_ID, .patient = MH_REPORT_DELIVERY_PATIENT_ID,
  .order = MH_REPORT_DELIVERY_ORDER_ID,
};

const MhRecordType mh_report_batch_type = {
  .name = "MhReportBatch", .code = "report_batch",
  .label = N_("Reports printed together"), .fields = batch_fields, .n_fields = G_N_ELEMENTS (batch_fields),
};

const MhRecordType mh_report_logo_type = {
  .name = "MhReportLogo", .code = "report_logo", .table = "report_logo", .path = "/report-logos",
  .label = N_("Logo"), .fields = logo_fields, .n_fields = G_N_ELEMENTS (logo_fields),
  .flags = MH_TYPE_SYNC,
  .hospital = MH_REPORT_LOGO_HOSPITAL_ID,
};
/* clang-format on */
