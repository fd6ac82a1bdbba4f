/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A note as it is read: what was written, who signed, what was added since. Signed ones take
 * addenda, a co-signature, or the mark that they were entered in error. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_NOTE_VIEW (mh_note_view_get_type ())
G_DECLARE_FINAL_TYPE (MhNoteView, mh_note_view, MH, NOTE_VIEW, MhPane)

/* What the list knows of it; the whole note with its addenda is fetched. */
void mh_note_view_show (MhNoteView *view, MhRecord *note);
void mh_note_view_add (MhNoteView *view); /* an addendum; nothing for a draft */
/* Borrowed; NULL: none. */
const char *mh_note_view_note_id (MhNoteView *view);

G_END_DECLS
