/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A client that sends bytes as they are, for loopback. */
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint status; /* 0: the connection ended without an answer */
  char *headers;
  char *body;
} Answer;

/* NULL: nobody listens. */
GSocketConnection *ask_connect (guint16 port);
gboolean ask_send (GSocketConnection *connection, const char *bytes, gssize length);
/* Everything until the server closes; NUL-terminated. */
char *ask_read_all (GSocketConnection *connection);
/* One request with "Connection: close" of its own. @headers: lines that end with CRLF, or NULL. */
Answer *ask (guint16 port,
             const char *method,
             const char *path,
             const char *token,
             const char *headers,
             const char *body);
/* The first answer in @bytes. */
Answer *answer_parse (const char *bytes);
/* Value of a header, NULL if absent; caller frees. */
char *answer_header (const Answer *answer, const char *name);
void answer_free (Answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

G_END_DECLS
