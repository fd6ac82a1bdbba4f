/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/mh-ask.h"

#include <stdlib.h>
#include <string.h>

GSocketConnection *
ask_connect (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_socket_client_set_timeout (client, 20);
  return g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
}

gboolean
ask_send (GSocketConnection *connection, const char *bytes, gssize length)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  return g_output_stream_write_all (out, bytes, length < 0 ? strlen (bytes) : (gsize)length, NULL,
                                    NULL, NULL);
}

char *
ask_read_all (GSocketConnection *connection)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GString *out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char buffer[8192];
  gssize n;
  while ((n = g_input_stream_read (in, buffer, sizeof buffer, NULL, &error)) > 0)
    g_string_append_len (out, buffer, n);
  /* the end has to come; a reset is one */
  g_assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
  return g_string_free (out, FALSE);
}

Answer *
answer_parse (const char *bytes)
{
  Answer *answer = g_new0 (Answer, 1);
  const char *end = strstr (bytes, "\r\n\r\n");
  if (!g_str_has_prefix (bytes, "HTTP/1.1 ") || end == NULL)
    {
      answer->headers = g_strdup ("");
      answer->body = g_strdup (bytes);
      return answer;
    }
  answer->status = (guint)atoi (bytes + strlen ("HTTP/1.1 "));
  answer->headers = g_strndup (bytes, (gsize)(end + 2 - bytes));
  answer->body = g_strdup (end + 4);
  return answer;
}

Answer *
ask (guint16 port,
     const char *method,
     const char *path,
     const char *token,
     const char *headers,
     const char *body)
{
  g_autoptr (GSocketConnection) connection = ask_connect (port);
  if (connection == NULL)
    return answer_parse ("");
  GString *out = g_string_new (NULL);
  g_string_printf (out, "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n", method, path);
  if (token != NULL)
    g_string_append_printf (out, "Authorization: Bearer %s\r\n", token);
  if (headers != NULL)
    g_string_append (out, headers);
  if (body != NULL)
    g_string_append_printf (out, "Content-Length: %zu\r\n", strlen (body));
  g_string_append_printf (out, "\r\n%s", body != NULL ? body : "");
  ask_send (connection, out->str, (gssize)out->len);
  g_string_free (out, TRUE);
  g_autofree char *bytes = ask_read_all (connection);
  return answer_parse (bytes);
}

char *
answer_header (const Answer *answer, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (answer->headers, "\r\n", -1);
  gsize length = strlen (name);
  for (guint i = 1; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strstrip (g_strdup (lines[i] + length + 1));
  return NULL;
}

void
answer_free (Answer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->headers);
  g_free (answer->body);
  g_free (answer);
}
