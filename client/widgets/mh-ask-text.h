/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A question with one line to fill in: why an order is cancelled, what a picture shows. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @action names the consequence. What is typed is kept under @drafts and @id ("order_cancel", the
 * order's id) until it is answered, as in a form (mh-typed.h): Escape, a crash or another sign-in
 * lose nothing. NULL @drafts: a secret, which is kept nowhere. */
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

G_END_DECLS
