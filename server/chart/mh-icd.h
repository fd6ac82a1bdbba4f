/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The server's table of ICD-10. It is read once, when it is first wanted: the hospital's own
 * "icd10.csv" in the data folder if there is one, else what comes with the program (ICD-10-CM of
 * fiscal year 2024).
 */
#include "shared/rules/mh-icd10.h"

G_BEGIN_DECLS

/* NULL with @error when the hospital's file cannot be read. Thread-safe; the table stays. */
const MhIcd10 *mh_icd (const char *data_dir, GError **error);
/* Begins to read it on a thread of its own, so that the first search does not wait. */
void mh_icd_warm (const char *data_dir);

G_END_DECLS
