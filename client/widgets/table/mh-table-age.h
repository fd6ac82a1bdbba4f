/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A line under a table that says how old its rows are, while they are the local copy's. */
#include <gtk/gtk.h>

#include "client/models/mh-record-list.h"

G_BEGIN_DECLS

GtkWidget *mh_table_age_new (void);
/* "As of 13:45, from this desk"; NULL: the rows are the server's. */
char *mh_table_age_text (MhRecordList *source);
/* @source may be NULL: nothing is said. */
void mh_table_age_show (GtkWidget *age, MhRecordList *source);

G_END_DECLS
