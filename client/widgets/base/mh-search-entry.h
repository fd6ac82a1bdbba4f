/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A box that searches while typing: results of list models drop down below it, the first is chosen
 * by Enter. A code that a scanner types into it is told apart by its form and check character.
 */
#include <gtk/gtk.h>

#include "client/models/mh-record-list.h"

G_BEGIN_DECLS

#define MH_TYPE_SEARCH_ENTRY (mh_search_entry_get_type ())
/* Property "placeholder". Signals: "chosen" (MhRecord *), "scanned" (int MhScanKind, const char
 * *code). */
G_DECLARE_FINAL_TYPE (MhSearchEntry, mh_search_entry, MH, SEARCH_ENTRY, GtkWidget)

/* Title and second line of a result; both are the entry's to free. */
typedef char *(*MhSearchWords) (MhRecord *record, char **out_detail);

GtkWidget *mh_search_entry_new (const char *placeholder);
/* A group of results: @list is asked with q=TEXT and limit. Keeps a reference. */
void mh_search_entry_add (MhSearchEntry *entry,
                          const char *icon,
                          MhRecordList *list,
                          MhSearchWords words);
/* A command found by a part of its title; activates a detailed action name. */
void mh_search_entry_add_command (MhSearchEntry *entry,
                                  const char *title,
                                  const char *icon,
                                  const char *action);
void mh_search_entry_clear (MhSearchEntry *entry); /* groups and commands */
const char *mh_search_entry_text (MhSearchEntry *entry);
void mh_search_entry_set_text (MhSearchEntry *entry, const char *text);

G_END_DECLS
