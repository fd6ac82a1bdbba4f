/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The chain of the audit log (rules.md 14): each row's hash is the SHA-256 of the former row's hash
 * followed by the row as canonical JSON. Writing and verifying share this one function. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_AUDIT_HASH_LENGTH 64

/* Lower-case hex of @entry (an mh_audit_entry_type record), which follows the row with hash
 * @previous (empty for the first). */
void mh_audit_chain_hash (MhRecord *entry,
                          const char *previous,
                          char out_hash[MH_AUDIT_HASH_LENGTH + 1]);
/* Hash of a record's columns as they are stored; @record NULL gives an empty text. */
void mh_audit_record_hash (MhRecord *record, char out_hash[MH_AUDIT_HASH_LENGTH + 1]);

G_END_DECLS
