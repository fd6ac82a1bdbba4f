/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Choosing a coded value by a key or two. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Of @choices (MhValueChoice, in their order; may be NULL) the one that @typed stands for, in any
 * case: its code, its text, its place (one digit, where no text begins so), the beginning of a
 * text, of a code, of a word of a text. The first that fits; NULL: none, or nothing typed. */
MhRecord *mh_choice_find (GPtrArray *choices, const char *typed);
/* The one normal choice; NULL where several are, or nothing else could be: a blood group is not
 * "normal". */
MhRecord *mh_choice_normal (GPtrArray *choices);

G_END_DECLS
