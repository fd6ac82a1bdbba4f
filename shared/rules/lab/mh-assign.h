/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Which technician gets an order (rules.md 9): eligible = trained for the bench, on shift, and not
 * somebody who would have to verify what they entered themselves; the least expected minutes of
 * open work; a tie goes to whoever was assigned longest ago. Pure.
 */
#include "shared/base/mh-date.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* An order that its technician has not touched for so long, while doing nothing else, is given to
 * another. */
#define MH_ASSIGN_IDLE_MINUTES 15

typedef struct
{
  const char *id;
  gboolean on_shift;
  const char *const *benches; /* that the person works on alone; NULL: every bench */
  gint64 open_minutes;
  gint64 assigned_at; /* 0: never */
} MhAssignPerson;

typedef struct
{
  const char *const *benches;  /* of the order; NULL: any */
  const char *const *excluded; /* ids: entered or verified part of it, or did not get to it; NULL */
} MhAssignWork;

/* The one of @people that gets the work; NULL: nobody may. Somebody trained for all its benches
 * comes before somebody trained for the most; nobody trained for none gets it. */
const MhAssignPerson *
mh_assign_choose (const MhAssignPerson *people, guint n_people, const MhAssignWork *work);

/* Does the plan say that somebody works at @minute (0-1439) of @day? @shifts: one person's MhShift
 * records. *out_planned FALSE: there is no row at all, and the answer says nothing. */
gboolean mh_assign_on_shift (GPtrArray *shifts, MhDate day, int minute, gboolean *out_planned);
/* The row that is in force then ("08:00-16:00"; "" the whole day), NULL: none. Caller frees. */
char *mh_assign_shift_text (GPtrArray *shifts, MhDate day, int minute);

/* Which of two orders is given out first: STAT, urgent, routine; then the earlier promise; then the
 * older order. As qsort. */
int mh_assign_compare (MhRecord *a, MhRecord *b);

/* Expected minutes of one test: its own, else its bench's, else 3. @test, @bench may be NULL. */
gint64 mh_assign_minutes (MhRecord *test, MhRecord *bench);
/* Minutes that are left of an order: those of its items without results, and four for each tube
 * until the first arrives in the laboratory. 0 for one that is over. */
gint64 mh_assign_open_minutes (MhRecord *order, GPtrArray *items);

/* May a person give this as the reason of an assignment, or is it the house's own? */
gboolean mh_assign_is_manual (const char *reason);

G_END_DECLS
