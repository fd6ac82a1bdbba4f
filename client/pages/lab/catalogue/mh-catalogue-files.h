/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The catalogue as a file and back: tried first, then asked, then taken in. */
#include "client/pages/lab/catalogue/mh-catalogue-kinds.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

/* @type: rows of a table (CSV); NULL: all as JSON. */
void mh_catalogue_files_save (MhPane *pane, const MhRecordType *type);
/* A file that ends in .csv is a table of @type. @done is called after something was written. */
void mh_catalogue_files_take (MhPane *pane, const MhRecordType *type, void (*done) (MhPane *pane));

G_END_DECLS
