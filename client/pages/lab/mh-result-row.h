/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One analyte in the grid: what is typed, and what follows from it. */
#include <gtk/gtk.h>

#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef struct _MhResultLine MhResultLine;

typedef void (*MhResultLineChanged) (MhResultLine *line, gpointer data);

/* @row: a result_row record. Attaches its cells to @grid at @top. */
MhResultLine *mh_result_line_new (MhRecord *row,
                                  GtkGrid *grid,
                                  int top,
                                  MhResultLineChanged changed,
                                  gpointer data);
void mh_result_line_free (MhResultLine *line);
const char *mh_result_line_code (MhResultLine *line);
/* As typed (a choice's code for coded analytes); "" for nothing. Caller frees. */
char *mh_result_line_value (MhResultLine *line);
const char *mh_result_line_comment (MhResultLine *line);
gboolean mh_result_line_is_calculated (MhResultLine *line);
gboolean mh_result_line_may_edit (MhResultLine *line);
/* Typed and not yet confirmed by the server. */
gboolean mh_result_line_is_dirty (MhResultLine *line);
/* May be sent: empty, or readable and plausible. */
gboolean mh_result_line_is_valid (MhResultLine *line);
/* What the server made of it. What was typed since stays. */
void mh_result_line_confirm (MhResultLine *line, MhRecord *row, const char *sent);
/* The server's or our own complaint; NULL clears. */
void mh_result_line_complain (MhResultLine *line, const char *message);
/* For calculated ones. NULL: not calculated. */
void mh_result_line_set_calculated (MhResultLine *line, const char *value);
MhRecord *mh_result_line_row (MhResultLine *line);
GtkWidget *mh_result_line_control (MhResultLine *line); /* where the focus goes, or NULL */

G_END_DECLS
