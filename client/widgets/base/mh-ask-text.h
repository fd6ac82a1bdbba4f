/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A question with one line to fill in: why an order is cancelled, what a picture shows. */
#include <gtk/gtk.h>

#include "client/models/mh-command.h"

G_BEGIN_DECLS

/* @action names the consequence. What is typed is kept under @drafts and @id ("order_cancel", the
 * order's id) until what it is asked for is done, as in a form (mh-typed.h): Escape, a crash or
 * another sign-in lose nothing. NULL @drafts: a secret, which is kept nowhere. */
void mh_ask_text_async (GtkWidget *parent,
                        const char *drafts,
                        const char *id,
                        const char *heading,
                        const char *body,
                        const char *label,
                        const char *action,
                        GAsyncReadyCallback callback,
                        gpointer data);
/* NULL when it was cancelled. Caller frees. */
char *mh_ask_text_finish (GAsyncResult *result);
/* Does what was asked for (mh_command_async()) with the result that the question ended with: the
 * words are forgotten when it is done or waits for the server. What is refused is told by @callback
 * as ever; the next time the words stand in the line again, below the refusal. NULL @asked: nothing
 * was asked. */
void mh_ask_text_command_async (GAsyncResult *asked,
                                MhContext *context,
                                const MhCommand *command,
                                GAsyncReadyCallback callback,
                                gpointer data);
/* The same where something else comes of the words; @error NULL: it is done. */
void mh_ask_text_answered (GAsyncResult *asked, const GError *error);

G_END_DECLS
