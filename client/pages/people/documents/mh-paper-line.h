/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One document as a line of a table: its small picture, title, what it is and of when, and how far
 * it is. The picture is fetched when the line is on show and kept by the pane that the line stands
 * in; without one, or without the server, an icon stands there.
 */
#include <gtk/gtk.h>

#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* For mh_record_table_set_lines(). */
GtkWidget *mh_paper_line_make (void);
void mh_paper_line_bind (GtkWidget *line, MhRecord *document);

/* Words of a document, for whoever frees them: the day that stands on it, else when it came; how
 * much of it has arrived, whether it is held back, or its size. */
char *mh_paper_day (MhRecord *document);
char *mh_paper_state (MhRecord *document);

G_END_DECLS
