/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Labels sent to a label printer of the network by the server.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_REPRINT_LOST "lost"
#define MH_REPRINT_DAMAGED "damaged"
#define MH_REPRINT_UNREADABLE "unreadable"
#define MH_REPRINT_PRINTER_FAULT "printer_fault"
#define MH_REPRINT_RELABELLED "relabelled"
#define MH_REPRINT_OTHER "other"
extern const MhCode mh_reprint_reason_codes[];

/* Body of POST /orders/{id}/labels, and its answer. */
enum
{
  MH_LABEL_REQUEST_SAMPLES,
  MH_LABEL_REQUEST_PRINTER,
  MH_LABEL_REQUEST_REASON,
  MH_LABEL_REQUEST_N_LABELS,
  MH_LABEL_REQUEST_N_FIELDS,
};

G_END_DECLS
