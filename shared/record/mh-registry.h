/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* All record types of the house by code and by name. The list itself stands in shared/records. */
#include "shared/record/mh-record-type.h"

G_BEGIN_DECLS

/* Called once at start by mh_records_register(); not thread-safe. */
void mh_registry_add (const MhRecordType *const *types, guint n_types);
guint mh_registry_size (void);
const MhRecordType *mh_registry_nth (guint index);
const MhRecordType *mh_registry_find (const char *code); /* "order"; NULL: none */

G_END_DECLS
