/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A desk and a server of the test's own behind a door on loopback. */
#include "client/mh-context.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  SoupServer *server;
  GSocketService *service;
  GHashTable *sockets; /* GSocket by the port of who asks */
} Door;

/* Whatever is asked comes to @handle. libsoup 3.2 forgets every socket that it accepts itself,
 * which LeakSanitizer would tell: the door accepts them. The address; caller frees. */
char *door_open (Door *door, SoupServerCallback handle, gpointer data);
void door_close (Door *door);
/* The socket of who asks; borrowed. */
GSocket *door_socket (Door *door, SoupServerMessage *message);

void answer (SoupServerMessage *message, int status, const char *json);
/* A session of the reception with one @permission. */
void answer_session (SoupServerMessage *message, const char *permission);
/* Nothing happened since. */
void answer_nothing (SoupServerMessage *message);

/* Signed in at @address, and no longer offline. */
MhContext *desk_sign_in (const char *address);

/* Bounded: a test that hangs is no test. */
#define TURN_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;                                    \
    while (!(condition) && g_get_monotonic_time () < end)                                          \
      g_main_context_iteration (NULL, FALSE) ? (void)0 : g_usleep (2000);                          \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
