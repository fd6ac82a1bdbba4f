/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the three files of a line of the grid: what it holds (mh-result-row.c), what is said of
 * what is typed (mh-result-row-judge.c), and its widgets (mh-result-row-cells.c). */
#include "client/pages/lab/results/mh-result-row.h"
#include "shared/rules/lab/mh-range.h"

G_BEGIN_DECLS

enum
{
  NAME,
  VALUE,
  UNIT,
  FLAG,
  RANGE,
  PREVIOUS,
  TREND,
  COMMENT,
  PROBLEM,
  N_CELLS
};

struct _MhResultLine
{
  MhRecord *row;
  GtkGrid *grid;
  int top;
  GtkWidget *cells[N_CELLS];
  GtkWidget *control, *flag, *problem, *comment, *unit; /* of the cells */
  GListModel *phrases;                                  /* for the comment, or NULL */
  char *name;
  char *stored; /* the value the server has */
  char *stored_comment;
  char *calculated;
  char *doubt;   /* to be looked at, NULL: nothing */
  char *too_old; /* the sample, NULL: it is not */
  char *entered; /* the value when the focus came */
  MhResultLineChanged changed;
  gpointer data;
  gboolean filling;
  gboolean complained; /* what stands below it is wrong, not only to be looked at */
};

/* Of the row as the server sent it. */
const char *mh_result_line_text (MhResultLine *line, guint field);
gboolean mh_result_line_is_coded (MhResultLine *line);
/* NULL: nothing, or nothing that there is. */
MhRecord *mh_result_line_chosen (MhResultLine *line);
void mh_result_line_changed_cb (MhResultLine *line);
void mh_result_line_comment_cb (MhResultLine *line);
void mh_result_line_expand_comment_cb (MhResultLine *line);

/* NULL: fine. Caller frees. *out_judgement: its flag and what is reported, as the server will. */
char *mh_result_line_complaint (MhResultLine *line, const char *typed, MhJudgement *out_judgement);
/* What the choice, or the dilution, means in the end; the unit otherwise. */
void mh_result_line_show_meaning (MhResultLine *line);
/* Complaint, flag and trend of what stands there now. */
void mh_result_line_judge (MhResultLine *line);

/* All of them, into the grid. */
void mh_result_line_make_cells (MhResultLine *line);

G_END_DECLS
