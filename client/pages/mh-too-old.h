/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The words for a sample that is older than it keeps (shared/rules/lab/mh-stability.h). */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* "Too old for K since 13:45": of a tube at @at; NULL: it keeps. Caller frees. */
char *mh_too_old_tube (MhRecord *sample, gint64 at);
/* "The sample was too old: it kept until 13:45", of a value (result_row) that is there, or is being
 * typed @now; NULL: it was not. Caller frees. */
char *mh_too_old_value (MhRecord *row, gboolean typing, gint64 now);

G_END_DECLS
