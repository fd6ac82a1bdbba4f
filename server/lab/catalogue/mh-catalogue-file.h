/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The catalogue as a file, and back. A table (CSV) holds the rows of one kind, a column for each
 * field; a JSON file holds all kinds. What goes out comes in again without a difference, and what
 * was made from it by an empty installation goes out byte for byte as it came. Ids, versions and
 * sign-offs stay behind: a row is known by its code, a range by its whole window, and a sign-off
 * never comes with a file.
 *
 * A column that a file does not have is left as it is; an empty cell (null) empties the field. The
 * ranges of an analyte that a file names are taken as a whole: those it does not list are removed.
 */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/actor/mh-actor.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* The kinds, in the order in which they need each other; NULL behind the last. */
const MhRecordType *mh_catalogue_file_kind (guint index);
/* Of the code ("test"); NULL: no kind of ours. */
const MhRecordType *mh_catalogue_file_find (const char *code);

/* @hospital_id: what belongs to another hospital (its price lists) is left out; NULL: all. */
GString *mh_catalogue_file_json (MhCatalogueView *view, const char *hospital_id);
GString *
mh_catalogue_file_csv (MhCatalogueView *view, const MhRecordType *type, const char *hospital_id);

/* The rows of a file, each on its own: what stands in @record was mentioned. */
typedef struct
{
  guint line;       /* of a table; place in its kind of a JSON file, from 1 */
  MhRecord *record; /* NULL: it could not be read */
} MhCatalogueRow;

/* @type: of a table; NULL for JSON. Rows in the order in which kinds need each other. Remarks
 * (catalogue_remark) for rows that cannot be read; NULL with @error when the file as a whole cannot
 * be. */
GPtrArray *mh_catalogue_file_read (const char *text,
                                   gsize length,
                                   const MhRecordType *type,
                                   GPtrArray *remarks,
                                   GError **error);
void mh_catalogue_row_free (MhCatalogueRow *row);
void mh_catalogue_file_remark (GPtrArray *remarks,
                               guint line,
                               MhRecord *record,
                               const MhRecordType *type,
                               const MhIssues *issues);
/* Is it written to files? */
gboolean mh_catalogue_file_has (const MhRecordType *type, guint field);

G_END_DECLS
