/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/store/mh-audit-chain.h"

#include "shared/base/mh-json.h"
#include "shared/base/mh-sha256.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/platform/mh-audit.h"

static void
hash_hex (const char *first, const GString *second, char out_hash[MH_AUDIT_HASH_LENGTH + 1])
{
  MhSha256 sum;
  mh_sha256_begin (&sum);
  mh_sha256_add_text (&sum, first);
  mh_sha256_add (&sum, second->str, second->len);
  mh_sha256_end_into (&sum, out_hash);
}

static void
audit_chain_put (GString *json, const char *name, MhRecord *entry, guint field)
{
  mh_json_member_text (json, name, mh_record_text (entry, field));
}

/* Members in the order of their names: that is the canonical form. */
void
mh_audit_chain_hash (MhRecord *entry, const char *previous, char out_hash[MH_AUDIT_HASH_LENGTH + 1])
{
  g_autoptr (GString) json = g_string_sized_new (512);
  mh_json_open (json, '{');
  audit_chain_put (json, "after", entry, MH_AUDIT_ENTRY_AFTER_HASH);
  audit_chain_put (json, "before", entry, MH_AUDIT_ENTRY_BEFORE_HASH);
  audit_chain_put (json, "changes", entry, MH_AUDIT_ENTRY_CHANGES);
  audit_chain_put (json, "hospital", entry, MH_AUDIT_ENTRY_HOSPITAL_ID);
  audit_chain_put (json, "id", entry, MH_ID);
  audit_chain_put (json, "object", entry, MH_AUDIT_ENTRY_OBJECT_ID);
  audit_chain_put (json, "patient", entry, MH_AUDIT_ENTRY_PATIENT_ID);
  audit_chain_put (json, "reason", entry, MH_AUDIT_ENTRY_REASON);
  audit_chain_put (json, "request", entry, MH_AUDIT_ENTRY_REQUEST_ID);
  audit_chain_put (json, "role", entry, MH_AUDIT_ENTRY_ROLE);
  mh_json_member_int (json, "seq", mh_record_int (entry, MH_AUDIT_ENTRY_SEQ));
  audit_chain_put (json, "station", entry, MH_AUDIT_ENTRY_STATION);
  audit_chain_put (json, "type", entry, MH_AUDIT_ENTRY_OBJECT_TYPE);
  audit_chain_put (json, "user", entry, MH_AUDIT_ENTRY_USER_ID);
  audit_chain_put (json, "username", entry, MH_AUDIT_ENTRY_USERNAME);
  mh_json_member_int (json, "utc", mh_record_int (entry, MH_AUDIT_ENTRY_AT));
  audit_chain_put (json, "verb", entry, MH_AUDIT_ENTRY_VERB);
  mh_json_close (json, '}');
  hash_hex (previous, json, out_hash);
}

void
mh_audit_record_hash (MhRecord *record, char out_hash[MH_AUDIT_HASH_LENGTH + 1])
{
  out_hash[0] = 0;
  if (record == NULL)
    return;
  g_autoptr (GString) json = g_string_sized_new (1024);
  mh_record_put_json (record, MH_JSON_STORED_ONLY | MH_JSON_WITH_SECRETS, json);
  hash_hex ("", json, out_hash);
}
