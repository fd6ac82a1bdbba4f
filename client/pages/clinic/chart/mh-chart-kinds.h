/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is different between the lists of a chart (mh-chart-items-pane.h). */
#include "client/widgets/form/mh-form.h"
#include "client/widgets/table/mh-record-table.h"

G_BEGIN_DECLS

typedef struct
{
  const MhRecordType *type;
  const char *list, *create, *update;         /* routes */
  const char *add, *title_new, *title_change; /* N_() */
  const char *icon, *empty, *empty_text;      /* N_() but the icon */
  const char *former;                         /* N_(): the switch that shows what is over too */
  const MhTableColumn *columns;
  gboolean (*is_current) (MhRecord *item);
  int (*compare) (MhRecord *one, MhRecord *other);
  void (*begin) (MhRecord *draft, const char *today);
  char *(*what) (MhRecord *item); /* in one line, and what is below it */
  char *(*detail) (MhRecord *item);
  GtkWidget *(*dress) (GtkBox *place, MhRecordSlot *slot, MhForm *form);
  gboolean schedule; /* vaccines by age above the table */
} MhChartKind;

extern const MhChartKind mh_chart_problems, mh_chart_immunisations, mh_chart_history;

G_END_DECLS
