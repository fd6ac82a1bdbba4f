/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The token of the waiting room on a strip of 80 mm: the number large, where to go, no reason. */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

/* Finished, transfer full. @language NULL: English. */
MhDocument *mh_report_token (MhRecord *hospital, MhRecord *token, const char *language);

G_END_DECLS
