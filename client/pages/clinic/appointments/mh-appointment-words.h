/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Words and small helpers that the panes of appointments share. */
#include <gtk/gtk.h>

#include "client/mh-context.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-search-entry.h"

G_BEGIN_DECLS

/* Why it was refused, in the person's language. Caller frees. */
char *mh_appointment_refusal (const GError *error);
/* The same in the dialog that asked: at its fields, the rest in @problem. */
void mh_appointment_refuse (MhDialog *dialog, const GError *error, GtkLabel *problem);
/* "Mon 23 Nov, 09:15". Caller frees. */
char *mh_appointment_when (gint64 instant);
/* Name; age, sex and MRN. */
char *mh_appointment_patient_words (MhRecord *patient, char **out_detail);
/* The entry finds patients while typing and by a scanned card; both come as "chosen". */
void mh_appointment_find_patients (MhSearchEntry *entry, MhContext *context);
/* Fills @choice with names of @schedules (MhRecord); @first: a line before them, or NULL. */
void mh_appointment_fill_schedules (GtkDropDown *choice, GListModel *schedules, const char *first);
/* The schedule chosen there; NULL: the line before them, or none. New reference. */
MhRecord *
mh_appointment_chosen_schedule (GtkDropDown *choice, GListModel *schedules, gboolean has_first);
/* Checks @booking in; goes on without the server, then the booking shows as arrived. */
void mh_appointment_submit_arrival (MhContext *context,
                                    MhRecord *booking,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
/* Asks for a token of the queue of @schedule. @patient NULL: a number without a name. @kind:
 * MH_TOKEN_… @complaint: or NULL. Without the server the token stands in the queue of @today
 * without its number. */
typedef struct
{
  MhRecord *schedule;
  MhRecord *patient; /* NULL: somebody without a name */
  const char *kind;
  const char *complaint; /* NULL or empty: not asked */
} MhTokenWanted;

void mh_appointment_submit_token (MhContext *context,
                                  const MhTokenWanted *wanted,
                                  GAsyncReadyCallback callback,
                                  gpointer data);

G_END_DECLS
