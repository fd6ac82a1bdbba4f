/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A list as a file of comma-separated values (RFC 4180, by libcsv). */
#include "shared/reports/mh-report-table.h"

G_BEGIN_DECLS

/* UTF-8 with a byte order mark, so that spreadsheets read it as such; sub-headings become a row of
 * their own. A cell that a spreadsheet would run as a formula gets an apostrophe before it.
 * Transfer full. */
GBytes *mh_table_csv (MhSheet *sheet);

G_END_DECLS
