/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Tube labels in the language of label printers (Zebra Programming Language II), for a printer of
 * the network. The same content as mh_report_labels(); the printer draws the letters.
 */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-report-label.h"

G_BEGIN_DECLS

/* One format (^XA … ^XZ) for each tube in the order given, as many copies as its .label_count says.
 * Rejected and cancelled tubes get none. Caller frees; "" when there is nothing to label. */
char *mh_label_zpl (MhRecord *hospital,
                    MhRecord *patient,
                    MhRecord *order,
                    GPtrArray *samples,
                    const MhLabelSize *size);
/* Text for a ^FD field after ^FH_: what the printer would take for a command (^ ~), the escape
 * itself (_) and \ are written as hexadecimal; control characters become spaces. At most @most
 * letters, the rest is cut. Caller frees. */
char *mh_label_zpl_text (const char *text, guint most);

G_END_DECLS
