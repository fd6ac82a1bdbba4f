/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * ICD-10 in memory: found by the beginning of a code, or by the beginnings of several words in any
 * order. British and American spellings are one ("anaemia"), and what clinicians say for short is
 * understood ("htn", "mi", "t2dm"). Built once, then read by any thread; no I/O.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct _MhIcd10 MhIcd10;

typedef struct
{
  const char *code; /* "E11.9" */
  const char *title;
  gboolean billable; /* FALSE: a heading with codes below it */
} MhIcd10Row;

/* @csv: lines "code,billable,title" below a header line, titles quoted where they hold a comma.
 * Takes it. MH_ERROR_INVALID with the number of the first line that cannot be read. */
MhIcd10 *mh_icd10_new (char *csv, GError **error);
void mh_icd10_free (MhIcd10 *icd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhIcd10, mh_icd10_free)

guint mh_icd10_n_rows (const MhIcd10 *icd);
/* With or without dot, any case; NULL: there is no such code. */
const MhIcd10Row *mh_icd10_find (const MhIcd10 *icd, const char *code);
/* At most @limit rows (const MhIcd10Row *), the best first: those whose code begins so, then those
 * with all words, whole words and short titles before others. Caller owns the array alone. */
GPtrArray *mh_icd10_search (const MhIcd10 *icd, const char *q, guint limit);

G_END_DECLS
