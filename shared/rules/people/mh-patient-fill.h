/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the record that stays looks like after a merge (rules.md 13): it wins, and what is blank in
 * it is filled from the one that goes. What belongs together (an address, a guardian with phone, a
 * policy with its number) is taken only as a whole. For safety three things are joined instead: the
 * lists of allergies and conditions hold those of both, a chart that was protected stays so, and
 * what was known of allergies is not forgotten.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* A copy of @survivor, filled; what the server derives (search columns) is left to the caller. */
MhRecord *mh_patient_filled (MhRecord *survivor, MhRecord *loser);
/* Both give a blood group, and not the same one: they are not one person. */
gboolean mh_patient_blood_conflicts (MhRecord *a, MhRecord *b);

G_END_DECLS
