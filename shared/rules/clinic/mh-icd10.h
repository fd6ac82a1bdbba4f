/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * ICD-10: found by the beginning of a code, or by the beginnings of several words in any order.
 * British and American spellings are one ("anaemia"), and what clinicians say for short is
 * understood ("htn", "mi", "t2dm"). The table is one packed piece that is read where it lies, so
 * that a table which is part of the program takes no memory but for the pages that are looked at.
 * Read by any thread; no I/O.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct _MhIcd10 MhIcd10;

/* Its texts are the table's. */
typedef struct
{
  const char *code; /* "E11.9" */
  const char *title;
  gboolean billable; /* FALSE: a heading with codes below it */
} MhIcd10Row;

/* @csv: lines "code,billable,title" below a header line, titles quoted where they hold a comma.
 * Takes it. MH_ERROR_INVALID with the number of the first line that cannot be read. */
GBytes *mh_icd10_pack (char *csv, GError **error);
/* @bytes: from mh_icd10_pack () on a machine of this kind, beginning where a guint64 may stand.
 * MH_ERROR_INVALID when it is not whole. */
MhIcd10 *mh_icd10_open (GBytes *bytes, GError **error);
/* Both at once. */
MhIcd10 *mh_icd10_new (char *csv, GError **error);
void mh_icd10_free (MhIcd10 *icd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhIcd10, mh_icd10_free)

guint mh_icd10_n_rows (const MhIcd10 *icd);
/* With or without dot, any case; FALSE: there is no such code. */
gboolean mh_icd10_find (const MhIcd10 *icd, const char *code, MhIcd10Row *out_row);
/* At most @limit rows (MhIcd10Row), the best first: those whose code begins so, then those with all
 * words, whole words and short titles before others. Caller owns the array alone. */
GArray *mh_icd10_search (const MhIcd10 *icd, const char *q, guint limit);

G_END_DECLS
