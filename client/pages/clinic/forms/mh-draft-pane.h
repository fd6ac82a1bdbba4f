/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Writes one form: its rows, the chosen row in full, and a trial of the whole. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_DRAFT_PANE (mh_draft_pane_get_type ())
/* Signal "changed": by the person. */
G_DECLARE_FINAL_TYPE (MhDraftPane, mh_draft_pane, MH, DRAFT_PANE, MhPane)

/* A definition's JSON; NULL: an empty form. */
void mh_draft_pane_show (MhDraftPane *pane, const char *content);
/* What is written as a definition's JSON, caller frees; NULL when something is wrong with it: the
 * words stand in the pane. */
char *mh_draft_pane_content (MhDraftPane *pane);

G_END_DECLS
