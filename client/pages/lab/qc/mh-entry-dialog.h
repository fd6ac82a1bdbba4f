/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A form in a window of its own for what is added below another record ("log a fault"), made or
 * changed: its fields, what it says, and the route that takes it. */
#include <gtk/gtk.h>

#include "client/mh-context.h"
#include "client/widgets/form/mh-form.h"

G_BEGIN_DECLS

/* What came back (not NULL); what @seen gave while the server is away. @opener: may be gone. */
typedef void (*MhEntryDone) (GtkWidget *opener, MhRecord *answer, gpointer data);

typedef struct
{
  const char *title;         /* translated */
  const char *save;          /* of the button, translated; may have a mnemonic */
  const char *hint;          /* a line above the form, translated; or NULL */
  const char *const *fields; /* NULL: as the type has them */
  const char *route;
  const char *id;   /* of the record in the route's path; NULL: none */
  MhRecord *draft;  /* what stands there at first: new without a version, else changed by PATCH */
  MhEntryDone done; /* or NULL */
  gpointer data;    /* must stay as long as the opener */
  /* What helps to fill the form, put above it; or NULL. Returns what has the focus first
   * (borrowed), NULL: the first empty field. The slot and the form stay as long as what is put
   * there. */
  GtkWidget *(*dress) (GtkBox *place, MhRecordSlot *slot, MhForm *form);
  gboolean wide;   /* many fields: two columns where there is room */
  MhRecord *about; /* what it is added to, kept as long as the dialog; or NULL */
  /* What the desk holds of @about until the server has it (new reference); or NULL: nothing. */
  MhRecord *(*seen) (MhRecord *about, MhRecord *draft);
} MhEntryWanted;

/* Borrowed: what the dialog whose slot this is was told to be about. */
MhRecord *mh_entry_dialog_about (MhRecordSlot *slot);
void mh_entry_dialog_show (GtkWidget *opener, MhContext *context, const MhEntryWanted *wanted);

G_END_DECLS
