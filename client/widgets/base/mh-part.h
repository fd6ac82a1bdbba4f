/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between MhPane and MhDialog: what every part of the screen that is made from a template keeps. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

typedef struct
{
  MhContext *context;
  GCancellable *cancellable;
  GPtrArray *kept;
  guint revision; /* of what the template's closures tell */
  char *problem;  /* what is wrong now, in words; NULL: nothing */
  gboolean busy;  /* something was sent and is not answered yet */
} MhPart;

void mh_part_init (MhPart *part);
/* The panes inside @widget get the context first, so that their owner may talk to them in begin().
 * TRUE: it had none before. */
gboolean mh_part_take_context (MhPart *part, GtkWidget *widget, MhContext *context);
/* Writes @object (transfer full) to @location; dispose gives it up and clears @location. */
void mh_part_keep (MhPart *part, gpointer location, gpointer object);
/* Cancels what is under way, then frees the template's children of every class below @base. */
void mh_part_dispose (MhPart *part, GtkWidget *widget, GType base);

G_END_DECLS
