/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What an administrator looks after: one row each says how it is listed, made, changed and signed
 * off. Adding a kind is adding a row. */
#include "client/mh-context.h"
#include "client/models/mh-record-slot.h"
#include "client/widgets/form/mh-form.h"
#include "client/widgets/table/mh-record-table.h"

G_BEGIN_DECLS

/* Something done with one record, without a body. */
typedef struct
{
  const char *route; /* "mail.drop" */
  const char *title; /* N_(): on its button */
  const char *done;  /* N_(): what is said then */
  const char *back;  /* the route that takes it back, without a body too; NULL: nothing does */
  const char *ask;   /* N_(): asked first, what nothing takes back; or NULL */
} MhAdminAction;

typedef struct
{
  const char *id;    /* "users": remembers columns */
  const char *title; /* N_() */
  const MhRecordType *type;
  const char *permission;       /* to see it; "": everybody who sees the page */
  const char *write_permission; /* NULL: read only */
  const char *list_route;
  const char *create_route; /* NULL: none */
  const char *update_route; /* NULL: none */
  MhAdminAction action;     /* route NULL: none */
  MhAdminAction second;     /* another */
  const char *group;        /* N_(): its heading in the list of topics */
  const char *fresh;        /* N_(): "New person"; needed where one can be made */
  const char *empty;        /* N_(): what a list without rows says */
  /* What opening a row does instead of the form, the dialog that it shows; NULL: the form. */
  GtkWidget *(*open) (GtkWidget *from, MhContext *context, MhRecord *record);
  /* More beside the form, which follows what is typed; NULL: none. */
  GtkWidget *(*more) (MhContext *context, MhRecordSlot *slot);
  /* The form was made: what in it follows what else stands there; NULL: nothing. */
  void (*formed) (MhForm *form, MhRecordSlot *slot);
  /* With the answer to making one, when it tells what is told once; NULL: nothing. */
  void (*made) (GtkWidget *from, MhContext *context, MhRecord *record);
  /* What stands there instead of a list: a pane; NULL: the list. Needs id, title, group,
   * permission. */
  GtkWidget *(*pane) (MhContext *context);
  gboolean by_name;     /* its rows stand in the order of the first column, not of their making */
  const char *verified; /* name of the field that signs a row off, or NULL */
  gboolean filtered;    /* by type and id of a record: the audit trail */
  const MhTableColumn *columns;
  const char *const *fields; /* of the form; NULL: all that may be edited */
} MhAdminKind;

extern const MhAdminKind mh_admin_kinds[]; /* ends with an all-NULL row */

G_END_DECLS
