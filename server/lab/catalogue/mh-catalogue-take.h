/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Takes a file of catalogue rows in (mh-catalogue-file.h): all of it or nothing. Everything is
 * checked first, row by row and against the catalogue as it would be afterwards, so that a test may
 * name an analyte of the same file; a row that is bad stops the file, with its line, its column and
 * what to do.
 */
#include "server/lab/catalogue/mh-catalogue-file.h"
#include "server/platform/actor/mh-request.h"

G_BEGIN_DECLS

typedef struct
{
  const char *text; /* the file */
  gsize length;
  const MhRecordType *type; /* of its rows; NULL: it says so itself */
  gboolean dry_run;
} MhCatalogueTake;

/* A catalogue_taken: counts and remarks. With dry_run nothing is written. NULL with @error when the
 * file cannot be read at all (MH_ERROR_INVALID or MH_ERROR_MALFORMED names the place), or
 * MH_ERROR_FORBIDDEN: prices need price.write, the rest catalogue.write. */
MhRecord *mh_catalogue_take (const MhRequest *req,
                             MhCatalogueView *view,
                             const MhCatalogueTake *take,
                             GError **error);

G_END_DECLS
