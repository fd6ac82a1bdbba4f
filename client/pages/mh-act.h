/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* An act that asks for nothing to be typed, and shows nothing but what came of it. */
#include <gtk/gtk.h>

#include "client/models/mh-command.h"

G_BEGIN_DECLS

typedef struct
{
  const char *heading, *body, *yes; /* translated; @yes: the button that does it */
} MhActQuestion;

/* Sends @command (copied) and says where @from stands what came of it: @done (copied, translated),
 * that it waits for the server, or why it was refused. */
void mh_act (GtkWidget *from, MhContext *context, const MhCommand *command, const char *done);
/* As mh_act(), if a person says yes to @question first. */
void mh_act_asked (GtkWidget *from,
                   MhContext *context,
                   const MhActQuestion *question,
                   const MhCommand *command,
                   const char *done);

G_END_DECLS
