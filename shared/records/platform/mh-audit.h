/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The hash-chained audit trail (each row's hash covers the one before) and the change feed.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_AUDIT_CREATE "create"
#define MH_AUDIT_UPDATE "update"
#define MH_AUDIT_DELETE "delete"
#define MH_AUDIT_READ "read"
#define MH_AUDIT_PRINT "print"
#define MH_AUDIT_LOGIN "login"
#define MH_AUDIT_LOGIN_FAILED "login_failed"
#define MH_AUDIT_LOGOUT "logout"
#define MH_AUDIT_DENIED "denied"
#define MH_AUDIT_VERIFY "verify"
#define MH_AUDIT_PAY "pay"
#define MH_AUDIT_REFUND "refund"
#define MH_AUDIT_MERGE "merge"
#define MH_AUDIT_EXPORT "export"
extern const MhCode mh_audit_verb_codes[];

#define MH_CHANGE_OP_CREATE "create"
#define MH_CHANGE_OP_UPDATE "update"
#define MH_CHANGE_OP_DELETE "delete"
extern const MhCode mh_change_op_codes[];

enum
{
  MH_AUDIT_ENTRY_SEQ = MH_N_COMMON,
  MH_AUDIT_ENTRY_AT,
  MH_AUDIT_ENTRY_USER_ID,
  MH_AUDIT_ENTRY_USERNAME,
  MH_AUDIT_ENTRY_ROLE,
  MH_AUDIT_ENTRY_STATION,
  MH_AUDIT_ENTRY_HOSPITAL_ID,
  MH_AUDIT_ENTRY_VERB,
  MH_AUDIT_ENTRY_OBJECT_TYPE,
  MH_AUDIT_ENTRY_OBJECT_ID,
  MH_AUDIT_ENTRY_PATIENT_ID,
  MH_AUDIT_ENTRY_CHANGES,
  MH_AUDIT_ENTRY_BEFORE_HASH,
  MH_AUDIT_ENTRY_AFTER_HASH,
  MH_AUDIT_ENTRY_REASON,
  MH_AUDIT_ENTRY_REQUEST_ID,
  MH_AUDIT_ENTRY_PREVIOUS_HASH,
  MH_AUDIT_ENTRY_HASH,
  MH_AUDIT_ENTRY_N_FIELDS,
};

/* Stored row of the feed; it goes out as a feed_change. */
enum
{
  MH_CHANGE_SEQ = MH_N_COMMON,
  MH_CHANGE_TYPE,
  MH_CHANGE_RECORD_ID,
  MH_CHANGE_RECORD_VERSION,
  MH_CHANGE_OP,
  MH_CHANGE_HOSPITAL_ID,
  MH_CHANGE_PATIENT_ID,
  MH_CHANGE_N_FIELDS,
};

enum
{
  MH_FEED_CHANGE_SEQ,
  MH_FEED_CHANGE_TYPE,
  MH_FEED_CHANGE_ID,
  MH_FEED_CHANGE_VERSION,
  MH_FEED_CHANGE_OP,
  MH_FEED_CHANGE_RECORD,
  MH_FEED_CHANGE_N_FIELDS,
};

enum
{
  MH_CHANGE_PAGE_ITEMS,
  MH_CHANGE_PAGE_NEXT,
  MH_CHANGE_PAGE_LAST,
  MH_CHANGE_PAGE_SERVER_EPOCH,
  MH_CHANGE_PAGE_N_FIELDS,
};

G_END_DECLS
