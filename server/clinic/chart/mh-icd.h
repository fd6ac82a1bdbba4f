/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The server's table of ICD-10: the hospital's own "icd10.csv" in the data folder if there is one,
 * read once, when it is first wanted, and held from then on; else what is part of the program
 * (ICD-10-CM of fiscal year 2024), which is read where it lies.
 */
#include "shared/rules/clinic/mh-icd10.h"

G_BEGIN_DECLS

/* NULL with @error when the hospital's file cannot be read. Thread-safe; the table stays. */
const MhIcd10 *mh_icd (const char *data_dir, GError **error);

G_END_DECLS
