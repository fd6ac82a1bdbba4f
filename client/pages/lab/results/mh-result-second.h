/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The second determination of a value: a line of its own below the first one's in the grid, and the
 * words for both. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* @row (result_row) as the line of its second determination: a record of the grid's own, with the
 * key "ABO/2" as its code. Only another person than who made the first, @user_id, types in it.
 * NULL: none is wanted. */
MhRecord *mh_result_second_row (MhRecord *row, const char *user_id);
/* Is it the line, or the key, of a second determination? */
gboolean mh_result_second_is (MhRecord *row);
/* What the line sends is named by the first one's key: "ABO". Caller frees. */
char *mh_result_second_base (const char *key);
/* @row with what is typed in its second line. */
void mh_result_second_put (MhRecord *row, const char *value, MhRecord *user);
/* Must the value wait for a second determination that agrees? */
gboolean mh_result_second_keeps_back (MhRecord *row);
/* Why it waits, or who determined it twice; NULL: it is determined once. Caller frees. */
char *mh_result_second_text (MhRecord *row);

/* "Earlier result: B positive of 3 May. Check the sample's identity." NULL: it is the patient's
 * group, or the first. Caller frees. */
char *mh_result_second_group (MhRecord *row);

G_END_DECLS
