/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Differences for the audit log and for merging by hand. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* {"phone":["…","…"]}: old and new value of each column that differs; SENSITIVE values show as
 * "•" so that the log never holds them; @old NULL: created, @new_ NULL: deleted. Caller frees. */
char *mh_record_diff_json (MhRecord *old, MhRecord *new_);
/* Indices of columns whose values differ, in table order. */
GArray *mh_record_diff_fields (MhRecord *old, MhRecord *new_);

G_END_DECLS
