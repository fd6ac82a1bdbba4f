/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A patient's released results over time: a table of the latest, and the trend of each number. */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  MhRecord *hospital, *patient;
  GPtrArray *results; /* of mh_result_type, released ones, oldest first */
  gint64 made;        /* µs; stands on the paper and in the file */
} MhCumulative;

/* @language: as of mh_report_lab(). */
MhDocument *mh_report_cumulative (const MhCumulative *cumulative, const char *language);

G_END_DECLS
