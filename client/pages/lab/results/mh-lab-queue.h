/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Orders that wait at a bench, the most pressing first, and how a queue shows them. */
#include "client/models/mh-record-list.h"
#include "client/widgets/table/mh-record-table.h"

G_BEGIN_DECLS

/* How the server sorts with sort=pressing, oldest and reported: STAT before urgent before routine
 * and in each who has waited longest; who has waited longest; what was reported last. */
int mh_lab_queue_compare_pressing (gconstpointer one, gconstpointer other);
int mh_lab_queue_compare_oldest (gconstpointer one, gconstpointer other);
int mh_lab_queue_compare_reported (gconstpointer one, gconstpointer other);
/* The most pressing first. Takes @orders. Transfer full. */
GListModel *mh_lab_queue_new (GListModel *orders);
/* Those whose name, order number, MRN or tube has what is written in @search. Takes @orders.
 * Transfer full. */
GListModel *mh_lab_queue_filter (GListModel *orders, GtkEditable *search);
/* Id of the one that comes after @id, else the first other one; NULL: there is none. Caller frees.
 */
char *mh_lab_queue_next (GListModel *queue, const char *id);

/* Cells. Nothing for routine work, so that the others stand out. */
char *mh_lab_urgency_text (MhRecord *order);
const char *mh_lab_urgency_style (MhRecord *order);
char *mh_lab_waited_text (MhRecord *order);
/* Shorter than mh_words_since(), for a column. */
char *mh_lab_since (gint64 from, gint64 until);
char *mh_lab_tubes_text (MhRecord *order);
const char *mh_lab_waited_style (MhRecord *order);

G_END_DECLS
