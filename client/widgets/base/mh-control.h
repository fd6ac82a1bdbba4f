/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room: the control that edits a field, chosen by its kind. */
#include <gtk/gtk.h>

#include "client/models/mh-record-slot.h"

G_BEGIN_DECLS

typedef struct _MhControl MhControl;

struct _MhControl
{
  GtkWidget *widget; /* what stands in the row */
  GtkWidget *focus;  /* what takes the focus */
  const MhField *field;
  guint index;
  gboolean showing; /* the record is being shown: changes are not the person's */
  GListModel *refs; /* REF: what may be chosen */
  void (*show) (MhControl *control, MhRecord *record);
  /* Into @record. FALSE with *out_complaint (translated) when it cannot be read. *out_echo: what
   * was understood, when that is not plain from the text. */
  gboolean (*read) (MhControl *control, MhRecord *record, char **out_echo, char **out_complaint);
  void (*changed) (gpointer row);
  void (*activated) (gpointer row);
  gpointer row;
  gpointer own; /* of its kind alone */
  GDestroyNotify free_own;
};

/* @context: for lists of records to refer to. */
MhControl *mh_control_new (MhContext *context,
                           const MhRecordType *type,
                           guint index,
                           gpointer row,
                           void (*changed) (gpointer row),
                           void (*activated) (gpointer row));
void mh_control_free (MhControl *control);

G_END_DECLS
