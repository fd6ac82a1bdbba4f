/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A provider's table of what it paid out, read into a settlement. */
#include "server/lab/catalogue/mh-place.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Lines and net amount of a new MhSettlement from a table with the columns kind, reference, amount,
 * and if there are any fee, tax and at (a day of @place or an instant); amounts in units with
 * decimals, a refund with or without its sign. What cannot be read is named line by line in
 * @issues, under the field "text"; MH_ERROR_MALFORMED when it is no such table. */
MhRecord *mh_settlements_file_read (const char *text,
                                    gsize length,
                                    const MhPlace *place,
                                    MhIssues *issues,
                                    GError **error);

G_END_DECLS
