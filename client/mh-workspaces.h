/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a signed-in person sees: the header, the side bar with what they may do, and the pages, each
 * made when it is first shown. */
#include "client/mh-header.h"

G_BEGIN_DECLS

#define MH_TYPE_WORKSPACES (mh_workspaces_get_type ())
/* Signal "scanned" (int MhScanKind, const char *code), from the header's search. */
G_DECLARE_FINAL_TYPE (MhWorkspaces, mh_workspaces, MH, WORKSPACES, MhPane)

/* Begins at the page that this person left last at this desk, else at the one of their work. */
GtkWidget *mh_workspaces_new (MhContext *context);
MhHeader *mh_workspaces_header (MhWorkspaces *workspaces);
GtkWidget *mh_workspaces_page (MhWorkspaces *workspaces);     /* on show; may be NULL */
const char *mh_workspaces_page_id (MhWorkspaces *workspaces); /* its id in mh_pages; NULL: none */
/* @page: an id of mh-pages.h; nothing happens when the person may not see it. @what may be NULL. */
void mh_workspaces_go (MhWorkspaces *workspaces, const char *page, const char *what);
/* Another patient, or none, is on the page now. */
void mh_workspaces_patient_changed (MhWorkspaces *workspaces);
/* As mh_shell_ask_chart(). */
void mh_workspaces_ask_chart (MhWorkspaces *workspaces, const char *patient_id, const char *kind);
void mh_workspaces_toggle_side_bar (MhWorkspaces *workspaces);

G_END_DECLS
