/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A GListModel of records for a list route: from the server when it is there, else from the local
 * copy until it is. It stays live: a record that others change is exchanged in its row, a new one
 * appears, without moving the rest. Until it is told for the first time what to show it is empty
 * and asks for nothing, whatever others change. Further pages come with mh_record_list_more().
 * Needs no display.
 *
 *   MhRecordList *list = mh_record_list_new (context, "order.list");
 *   mh_record_list_set_args (list, (const char *[]){ "tab", "paid", NULL });
 */
#include "client/models/mh-model.h"

G_BEGIN_DECLS

#define MH_TYPE_RECORD_LIST (mh_record_list_get_type ())
/* Property "n-items" (uint), told of after each load too. */
G_DECLARE_FINAL_TYPE (MhRecordList, mh_record_list, MH, RECORD_LIST, MhModel)

/* Does this changed record belong into the list as it is filtered? Decides for live rows. */
typedef gboolean (*MhBelongs) (MhRecord *record, gpointer data);

MhRecordList *mh_record_list_new (MhContext *context, const char *route_id);
/* Replaces filters and reloads; an overtaken request is cancelled. "q" searches: when the server
 * takes longer than a moment, what the local copy knows is shown until it answers (still loading).
 * NULL: none. */
void mh_record_list_set_args (MhRecordList *list, const char *const *args);
void mh_record_list_set_belongs (MhRecordList *list, MhBelongs belongs, gpointer data);
/* How the server sorts the rows: what comes by the feed or from the local copy is put in its place.
 * NULL: what is new comes first. As GCompareFunc of two MhRecord. */
void mh_record_list_set_compare (MhRecordList *list, GCompareFunc compare);
/* TRUE: the server's rows go into the local copy too, to be there when it is away. */
void mh_record_list_set_keep (MhRecordList *list, gboolean keep);
void mh_record_list_reload (MhRecordList *list);
void mh_record_list_more (MhRecordList *list);
gboolean mh_record_list_is_loading (MhRecordList *list);
/* The rows are still what earlier arguments found: nobody means them who presses Enter now. */
gboolean mh_record_list_is_stale (MhRecordList *list);
const char *mh_record_list_problem (MhRecordList *list);
/* What is shown comes from the local copy: the server was away. */
gboolean mh_record_list_from_cache (MhRecordList *list);
/* When the local copy, which is shown, was last what the server had, µs UTC: as of then the rows
 * are true. They are asked for again as soon as the server is reached. 0: they are the server's. */
gint64 mh_record_list_as_of (MhRecordList *list);
/* The first row for which @func holds (borrowed from the list); NULL: none. */
MhRecord *mh_record_list_first (MhRecordList *list, MhBelongs func, gpointer data);
/* Position of the record of that id, or -1. */
int mh_record_list_find (MhRecordList *list, const char *id);

G_END_DECLS
