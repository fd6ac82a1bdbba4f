/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One analyte in the grid: what is typed, and what follows from it. */
#include <gtk/gtk.h>

#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef struct _MhResultLine MhResultLine;

typedef void (*MhResultLineChanged) (MhResultLine *line, gpointer data);

/* A line takes this many columns and rows of its grid; unused rows have no height. */
#define MH_RESULT_LINE_COLUMNS 8
#define MH_RESULT_LINE_ROWS 4

/* @row: a result_row record. @name: of the line, NULL: the analyte's. Attaches its cells to @grid
 * at
 * @top. */
MhResultLine *mh_result_line_new (MhRecord *row,
                                  const char *name,
                                  GtkGrid *grid,
                                  int top,
                                  MhResultLineChanged changed,
                                  gpointer data);
void mh_result_line_free (MhResultLine *line);
/* The cells below each other, where the window is as narrow as a phone. */
void mh_result_line_set_narrow (MhResultLine *line, gboolean narrow);
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
/* The focus comes: what Escape goes back to, also when a draft was saved since. */
void mh_result_line_enter (MhResultLine *line);
void mh_result_line_restore (MhResultLine *line);
/* The focus goes: a choice is written out. TRUE: another value than when it came. */
gboolean mh_result_line_settle (MhResultLine *line);
/* The value when the focus came; NULL: it never did. */
const char *mh_result_line_entered (MhResultLine *line);
/* As if a person had typed it. */
void mh_result_line_type (MhResultLine *line, const char *value);
void mh_result_line_put_comment (MhResultLine *line, const char *comment);
/* The value times its dilution: "45x10" is "450". Caller frees. */
char *mh_result_line_result (MhResultLine *line);
/* Code of the normal choice where nothing is typed yet; NULL: there is none. Caller frees. */
char *mh_result_line_normal (MhResultLine *line);
/* All choices below the entry. */
void mh_result_line_offer (MhResultLine *line);
/* Of MhPhrase: a point and a code in the comment become the phrase. */
void mh_result_line_set_phrases (MhResultLine *line, GListModel *phrases);
/* The outbox has @value and the comment: stored, as far as this desk can. */
void mh_result_line_kept (MhResultLine *line, const char *value);
/* The row as it would be with what is typed. New record. */
MhRecord *mh_result_line_now (MhResultLine *line);
/* The server's or our own complaint; NULL clears. */
void mh_result_line_complain (MhResultLine *line, const char *message);
/* What is to be looked at though it may be sent: it does not fit the other values. Takes @doubt;
 * NULL: nothing. */
void mh_result_line_set_doubt (MhResultLine *line, char *doubt);
/* Its sample is older than it keeps. Takes @too_old; NULL: it is not. */
void mh_result_line_set_too_old (MhResultLine *line, char *too_old);
/* For calculated ones. NULL: not calculated. */
void mh_result_line_set_calculated (MhResultLine *line, const char *value);
MhRecord *mh_result_line_row (MhResultLine *line);
GtkWidget *mh_result_line_control (MhResultLine *line); /* where the focus goes, or NULL */

G_END_DECLS
