/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Shared by the choice, the job and the list of technicians. */
#include "server/lab/assignment/mh-assignment-store.h"
#include "shared/rules/lab/mh-assign.h"

G_BEGIN_DECLS

/* Day and minute of the day, where the hospital is. */
typedef struct
{
  MhDate day;
  int minute;
} MhAssignmentTime;

gboolean mh_assignment_time (MhDb *db,
                             const char *hospital_id,
                             gint64 now,
                             MhAssignmentTime *out_time,
                             GError **error);
/* By the plan, if the person has one, else by the person's own switch. */
gboolean mh_assignment_on_shift (const MhAssignmentPerson *person, const MhAssignmentTime *time);
/* Work that is to be given to somebody. */
typedef struct
{
  MhRecord *order;
  GPtrArray *items;
  GPtrArray *people; /* MhAssignmentPerson: who might have it */
} MhAssignmentTask;

/* The one of the people; @away: ids that get nothing now, or NULL. *out_person NULL: nobody. */
gboolean mh_assignment_pick (MhTx *tx,
                             const MhAssignmentTask *task,
                             const MhAssignmentTime *time,
                             const char *const *away,
                             const MhAssignmentPerson **out_person,
                             GError **error);
/* Sets the four fields of the technician. @person NULL: nobody. */
void mh_assignment_name (MhTx *tx,
                         MhRecord *order,
                         const MhAssignmentPerson *person,
                         const char *reason);

G_END_DECLS
