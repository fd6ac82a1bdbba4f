/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The rows of an answer of PostgreSQL's, which comes as text: what the driver table of mh-db-pg.c
 * gives for mh_rows_next() and its like. */
#include "shared/db/mh-db-driver.h"
#include <libpq-fe.h>

G_BEGIN_DECLS

/* Takes @result; before the first row. @driver: whose rows these functions are. */
MhRows *mh_pg_rows_new (const MhDbDriver *driver, PGresult *result);
gboolean mh_pg_rows_next (MhRows *rows, GError **error);
guint mh_pg_rows_n_columns (MhRows *rows);
gboolean mh_pg_rows_is_null (MhRows *rows, guint column);
/* Borrowed until the rows go; NULL for a null. */
const char *mh_pg_rows_text (MhRows *rows, guint column);
gboolean mh_pg_rows_bool (MhRows *rows, guint column);
gint64 mh_pg_rows_int (MhRows *rows, guint column);
/* As it was kept, borrowed until the rows go. */
const guint8 *mh_pg_rows_bytes (MhRows *rows, guint column, gsize *out_length);
void mh_pg_rows_free (MhRows *rows);

G_END_DECLS
