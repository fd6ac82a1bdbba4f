/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Lists with commas, semicolons or tabs (RFC 4180, by libcsv), read in a stream: quoted cells may
 * hold line breaks, a byte order mark is passed over, the sign between cells is found out from the
 * first line. */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

/* @line: where the row begins, from 1. FALSE with @error ends the reading. */
typedef gboolean (
    *MhCsvRow) (guint line, const char *const *cells, guint n_cells, gpointer data, GError **error);

/* MH_ERROR_MALFORMED names the line of a quote that does not close, text that is not UTF-8 or a
 * line beyond a mebibyte. */
gboolean mh_csv_read (const char *path, MhCsvRow func, gpointer data, GError **error);
/* The same from memory. */
gboolean
mh_csv_read_text (const char *text, gsize length, MhCsvRow func, gpointer data, GError **error);
/* Appends one cell, quoted where it must be; @first: no comma before it. */
void mh_csv_put (GString *out, const char *text, gboolean first);

G_END_DECLS
