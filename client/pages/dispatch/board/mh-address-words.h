/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What an address of the map is, beside its name: its kind, the place it belongs to, and whether
 * the house number is missing there. Caller frees. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

char *mh_address_words (MhRecord *address);

G_END_DECLS
