/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Validation: one function, the same messages on the client while typing and on the server at the
 * border. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef enum
{
  MH_CHECK_CREATE, /* all REQUIRED fields must be there */
  MH_CHECK_PATCH, /* only the set fields are looked at; the type's check() runs on the merged record
                   */
} MhCheckMode;

/* Adds to @issues; codes: required, too_long, too_many, out_of_range, unknown_code, format. */
void mh_record_check (MhRecord *record, MhCheckMode mode, MhIssues *issues);
/* One field, for a form while typing. */
void mh_record_check_field (MhRecord *record, guint field, MhIssues *issues);
/* The most that a field takes when its row does not say: characters of a text, entries of a list.
 */
guint mh_field_most (const MhField *field);
/* Characters of one entry of a list. */
guint mh_field_entry_most (void);
/* mh_record_check() and mh_issues_raise() in one. */
gboolean mh_record_validate (MhRecord *record, MhCheckMode mode, GError **error);

G_END_DECLS
