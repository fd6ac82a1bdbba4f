/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Where a note is written: title, kind, a template's headings with a text below each. Every key is
 * on this desk's disk within a second; a while after the last one, and whenever one turns to
 * something else, the draft is also with the server. A signature ends it.
 */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_NOTE_EDITOR (mh_note_editor_get_type ())
/* Signal "done" (MhRecord *note): signed, or NULL: the draft was dropped. */
G_DECLARE_FINAL_TYPE (MhNoteEditor, mh_note_editor, MH, NOTE_EDITOR, MhPane)

/* A new note of this patient, or the one that was begun here and never saved. */
void mh_note_editor_begin (MhNoteEditor *editor, const char *patient_id);
/* One's own draft. */
void mh_note_editor_open (MhNoteEditor *editor, MhRecord *note);
/* Turns away: what was written is kept. */
void mh_note_editor_leave (MhNoteEditor *editor);
/* Of the note on the screen; NULL: none. Borrowed. */
const char *mh_note_editor_note_id (MhNoteEditor *editor);
/* Keys that the pane around it binds. */
void mh_note_editor_save (MhNoteEditor *editor);
void mh_note_editor_sign (MhNoteEditor *editor);
void mh_note_editor_focus (MhNoteEditor *editor);

G_END_DECLS
