/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* JSON ⇄ record by the description alone. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef enum
{
  MH_JSON_CREATE,  /* from a client: unknown fields and SERVER_SET fields are issues */
  MH_JSON_PATCH,   /* as CREATE, IMMUTABLE fields too */
  MH_JSON_TRUSTED, /* from our own server or store: unknown fields are ignored, all fields accepted
                    */
} MhJsonMode;

typedef enum
{
  MH_JSON_SKIP_UNSET = 1 << 0, /* leave unset fields out (default: they are null) */
  MH_JSON_WITH_SECRETS = 1 << 1,
  MH_JSON_STORED_ONLY = 1 << 2, /* columns only: what audit hashes are taken over */
  MH_JSON_AS_INPUT = 1 << 3,    /* what a client may send: set fields, without SERVER_SET */
} MhJsonFlags;

/* Wrong kinds, unknown codes and unreadable values become issues with paths ("items[2].test"); the
 * record is returned only when there are none. Runs no business checks: see mh-record-check.h. */
MhRecord *
mh_record_from_json (const MhRecordType *type, JsonObject *object, MhJsonMode mode, GError **error);
MhRecord *mh_record_from_text (const MhRecordType *type,
                               const char *json,
                               gssize length,
                               MhJsonMode mode,
                               GError **error);
/* As above with at most @max_values members and elements: MH_ERROR_TOO_LARGE. */
MhRecord *mh_record_from_text_within (const MhRecordType *type,
                                      const char *json,
                                      gssize length,
                                      MhJsonMode mode,
                                      guint max_values,
                                      GError **error);
void mh_record_put_json (MhRecord *record, guint flags, GString *out);
char *mh_record_to_json (MhRecord *record, guint flags);

G_END_DECLS
