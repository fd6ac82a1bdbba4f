/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Between the files of this room: fields that hold codes or ids of other records, chosen by name.
 * What is typed finds records, Enter takes the one whose code or name stands there in full, else
 * the first, and who leaves the box has taken the former, or the only one it finds; one choice
 * stands in the box by its name, several stand above it and Backspace in the empty box takes the
 * last away. A code that is typed in full counts as well.
 */
#include "client/widgets/base/mh-control.h"

G_BEGIN_DECLS

typedef struct
{
  const char *type;  /* code of the record's type; NULL: any */
  const char *field; /* whose value it is */
  const char *list_route;
  const char *value;      /* the field of those listed that is stored: "code", "id" */
  const char *also_route; /* what it lists is chosen from, too; NULL: nothing */
} MhPickFrom;

/* NULL: the field is typed, or a reference with few to choose from. */
const MhPickFrom *mh_pick_from (const MhRecordType *type, const MhField *field);
void mh_pick_make (MhControl *control, MhContext *context, const MhPickFrom *from);

G_END_DECLS
