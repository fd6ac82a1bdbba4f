/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Who is on the way to a hospital, in words and shapes. What depends on the clock goes by the
 * desk's own. Texts are the caller's, styles are CSS classes or NULL. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* "▲ P1: life in danger" */
char *mh_arrival_priority_text (MhRecord *arrival);
const char *mh_arrival_priority_style (MhRecord *arrival);
/* "● Waits for an answer" */
char *mh_arrival_state_text (MhRecord *arrival);
const char *mh_arrival_state_style (MhRecord *arrival);
/* "in 6 min", "⚠ 3 min late", "here for 4 min"; "not known" */
char *mh_arrival_due_text (MhRecord *arrival);
const char *mh_arrival_due_style (MhRecord *arrival);
/* "62 years, man · Stroke unit": whom and what for, as far as it was told. */
char *mh_arrival_patient_text (MhRecord *arrival);

G_END_DECLS
