/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Rows of tables that are only ever added to (ledger, invoices, audit) keep the patient they were
 * written for when two records are merged; whoever reads them by patient reads through the merge.
 * One step is enough: a merge moves merged_into of those that were merged before as well.
 */

/* Static SQL: @column is the patient whose id is @parameter ("$1"), or was merged into it. */
#define MH_SQL_SAME_PATIENT(column, parameter)                                                     \
  column " IN (SELECT same.id FROM patient same WHERE same.id = " parameter                        \
         " UNION ALL SELECT same.id FROM patient same WHERE same.merged_into = " parameter ")"
