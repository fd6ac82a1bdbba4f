/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-family-store.h"

#include "shared/records/mh-types.h"
#include "shared/sql/mh-sql-text.h"

static const char sql_of[] = "WHERE (r.patient_id = $1 OR r.relative_id = $1)"
                             " AND r.deleted_at IS NULL ORDER BY r.id";

GPtrArray *
mh_family_store_of (MhDb *db, const char *patient_id, GError **error)
{
  return mh_store_select (db, &mh_family_link_type, mh_sql_select (&mh_family_link_type, sql_of),
                          MH_ARGS (MH_TEXT (patient_id)), error);
}
