/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Two versions of a record, field by field: what was changed here, and what the server has, which
 * somebody else changed meanwhile. A person chooses for each field in which they differ; what both
 * say, and what only the server says, needs no question.
 */
#include "client/sync/mh-sync.h"

G_BEGIN_DECLS

#define MH_TYPE_MERGE (mh_merge_get_type ())
G_DECLARE_FINAL_TYPE (MhMerge, mh_merge, MH, MERGE, GObject)

/* @patch: the fields that were changed here, null where one was emptied. @base: what they were
 * before, when that is known: a field that nobody else has touched is not asked about. */
MhMerge *mh_merge_new (MhRecord *patch, MhRecord *base, MhRecord *current);
/* Of an operation that the server refused since the record had changed; NULL for any other. */
MhMerge *mh_merge_new_for_op (const MhOp *op);

guint mh_merge_n_questions (MhMerge *merge);
guint mh_merge_field (MhMerge *merge, guint question); /* index in the record's type */
MhRecord *mh_merge_mine (MhMerge *merge);   /* as it would be with all that was done here */
MhRecord *mh_merge_theirs (MhMerge *merge); /* as the server has it */
gboolean mh_merge_is_mine (MhMerge *merge, guint question); /* at first it is */
void mh_merge_choose (MhMerge *merge, guint question, gboolean mine);
/* What has to be sent over the server's version, NULL when that stays as it is. Caller unrefs. */
MhRecord *mh_merge_patch (MhMerge *merge);

G_END_DECLS
