/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Numbered migrations, carried inside the program. All that are missing are tried first in one
 * transaction that is rolled back, then each runs in a transaction of its own and is recorded with
 * the SHA-256 of its text in table schema_migration. Refused with a sentence that says what to do
 * (MH_ERROR_STORE): a database newer than the program, and a migration whose text is not the one
 * that was applied. One text serves both databases; a line that ends in "-- @postgres" or "--
 * @sqlite" counts only there.
 */
#include "shared/db/mh-db.h"

G_BEGIN_DECLS

typedef struct
{
  int number;
  const char *name;
  const char *sql;
} MhMigration;

/* The program's own, in order; written by the build from migrations/. */
extern const MhMigration mh_migrations[];
extern const guint mh_n_migrations;

gboolean mh_migrate (MhDb *db, gint64 now, GError **error);
/* TRUE when the database is exactly at the program's schema; changes nothing. */
gboolean mh_migrate_check (MhDb *db, GError **error);

typedef enum
{
  MH_MIGRATE_CHECK,
  MH_MIGRATE_DRY, /* only the trial */
  MH_MIGRATE_RUN,
} MhMigrateMode;

typedef struct
{
  const MhMigration *steps;
  guint n;
} MhMigrations;

/* The same over any list. *out_pending (may be NULL): how many were missing before. */
gboolean mh_migrate_list (MhDb *db,
                          MhMigrations list,
                          MhMigrateMode mode,
                          gint64 now,
                          guint *out_pending,
                          GError **error);

G_END_DECLS
