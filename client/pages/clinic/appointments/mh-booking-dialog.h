/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Books somebody: who, with whom, when (free slots are proposed, the chosen one is kept for five
 * minutes), once or again and again; or moves a booking, or books beyond the slots with a reason.
 */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* What came of it (a booking, or a series_request). @opener: may be gone. */
typedef void (*MhBookingDone) (GtkWidget *opener, MhRecord *answer);

typedef struct
{
  MhRecord *patient;       /* or NULL */
  const char *schedule_id; /* or NULL */
  gint64 start;            /* a slot that was pointed at; 0: none */
  gboolean full;           /* that slot is taken: overbooking is offered */
  MhRecord *moving;        /* a booking to be moved; or NULL */
  MhRecord *wish;          /* of the waiting list; or NULL */
  MhBookingDone done;      /* or NULL */
} MhBookingWanted;

void mh_booking_dialog_show (GtkWidget *opener, MhContext *context, const MhBookingWanted *wanted);

G_END_DECLS
