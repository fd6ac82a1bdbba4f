/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What PostgreSQL's codes mean to us. */
#include "server/platform/store/mh-pg-listener.h"
#include "shared/db/mh-db-driver.h"

static gboolean
state_is (const char *state, const char *const *prefixes)
{
  for (; *prefixes != NULL; prefixes++)
    if (g_str_has_prefix (state, *prefixes))
      return TRUE;
  return FALSE;
}

void
mh_pg_raise (MhDb *db, const char *state, const char *constraint, const char *text, GError **error)
{
  static const char *const conflicts[] = { "23505", "23503", "23P01", NULL };
  static const char *const invalids[] = { "23", "22", NULL };
  static const char *const disks[] = { "53100", "58", "XX001", "XX002", NULL };
  static const char *const busies[]
      = { "40", "55P03", "57014", "53", "0800", "57P", "25P03", NULL };

  if (state_is (state, conflicts))
    {
      g_free (db->constraint);
      db->constraint = g_strdup (constraint);
      mh_error_set (error, MH_ERROR_CONFLICT,
                    g_str_equal (state, "23503")
                        ? "A record that this one refers to is missing or in use."
                        : "Another record already has this value.");
    }
  else if (state_is (state, invalids))
    mh_error_set (error, MH_ERROR_INVALID, "The database refused a value (%s %s).", state,
                  constraint);
  else if (state_is (state, disks))
    mh_db_raise_trouble (db, g_str_has_prefix (state, "XX") ? MH_DB_DAMAGED : MH_DB_FULL, error,
                         "PostgreSQL: %s (%s)", text, state);
  else if (state_is (state, busies))
    mh_error_set_retry (error, MH_ERROR_BUSY, 1, "The database is busy.");
  else
    mh_error_set (error, MH_ERROR_STORE, "PostgreSQL: %s (%s)", text, state);
}
