/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is spoken over one line, from its first byte to its last. */
#include "server/lab/analysers/mh-analysers-wire.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* What all lines of one link share. */
typedef struct
{
  MhServer *server;
  MhRecord *link; /* as it was when the link was started */
  GCancellable *stop;
  GTimeZone *zone;
  char *us;             /* the hospital's code */
  GTlsCertificate *own; /* NULL: the server has none */
  GMutex lock;          /* of what follows */
  gpointer sender;      /* the line that a message of the queue is under way on */
  guint n_lines;
  gint clock_state; /* atomic: 0 nothing known yet, 1 right, 2 wrong */
} MhAnalysersLink;

/* Until the line ends, the analyser falls silent in the middle of something, or it is stopped.
 * *error says which. */
void mh_analysers_session_run (MhAnalysersLink *link, MhWire *wire, GError **error);

G_END_DECLS
