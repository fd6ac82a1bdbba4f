/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-label.h"

#include "shared/records/lab/mh-sample.h"

/* clang-format off */
const MhCode mh_reprint_reason_codes[] = {
  { MH_REPRINT_LOST, N_("Lost") },
  { MH_REPRINT_DAMAGED, N_("Damaged") },
  { MH_REPRINT_UNREADABLE, N_("Cannot be read") },
  { MH_REPRINT_PRINTER_FAULT, N_("The printer failed") },
  { MH_REPRINT_RELABELLED, N_("Stuck on again") },
  { MH_REPRINT_OTHER, N_("Another reason") },
  { NULL },
};

static const MhField label_request_fields[] = {
  [MH_LABEL_REQUEST_SAMPLES] = { "samples", MH_KIND_LIST, .label = N_("Tubes"), .max = 60,
    .help = N_("Ids; none: all that need a label") },
  [MH_LABEL_REQUEST_PRINTER] = { "printer", MH_KIND_TEXT, .label = N_("Printer"), .max = 120,
    .help = N_("Host and port; none: the hospital's") },
  [MH_LABEL_REQUEST_REASON] = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_reprint_reason_codes,
    .help = N_("Wanted when a label of a tube was printed before") },
  [MH_LABEL_REQUEST_N_LABELS] = { "n_labels", MH_KIND_INT, .label = N_("Labels"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (label_request_fields) == MH_LABEL_REQUEST_N_FIELDS);

/* clang-format on */

/* clang-format off */
const MhRecordType mh_label_request_type = {
  .name = "MhLabelRequest", .code = "label_request",
  .label = N_("Labels"), .fields = label_request_fields, .n_fields = G_N_ELEMENTS (label_request_fields),
};
/* clang-format on */
