/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One question with a coded answer and a note, sent by a route: measure again, ask a supervisor,
 * answer, release a tube, tell of a transfusion. */
#include "client/mh-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *title, *label, *action; /* N_(): of the window, of the choice, of the button */
  const char *route;
  const MhCode *codes;
  guint code, note; /* fields of the body */
} MhNoteKind;

/* @record: what the server made of it, NULL while it waits to be sent. */
typedef void (*MhNoteDone) (MhRecord *record, gpointer data);

/* Who is told, once. */
typedef struct
{
  MhNoteDone done;
  gpointer data;
  GDestroyNotify free_data; /* when the dialog is gone */
} MhNoteTold;

typedef struct
{
  const char *about; /* above the choice */
  const char *id;    /* into the route's path */
  MhRecord *body;    /* gets code and note */
} MhNoteSubject;

void mh_note_dialog_show (GtkWidget *opener,
                          MhContext *context,
                          const MhNoteKind *kind,
                          const MhNoteSubject *subject,
                          MhNoteTold told);

G_END_DECLS
