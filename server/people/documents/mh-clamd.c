/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/documents/mh-clamd.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

#include "shared/base/mh-error.h"

#define DEFAULT_PORT 3310
#define SECONDS 60
#define PIECE (64 * 1024)
#define LONGEST_ANSWER 1024

static GSocketConnectable *
clamd_parse (const char *address)
{
  g_autoptr (GError) ignored = NULL;
  if (g_str_has_prefix (address, "unix:/"))
    return G_SOCKET_CONNECTABLE (g_unix_socket_address_new (address + strlen ("unix:")));
  if (g_str_has_prefix (address, "tcp:") && address[strlen ("tcp:")] != 0)
    return g_network_address_parse (address + strlen ("tcp:"), DEFAULT_PORT, &ignored);
  return NULL;
}

gboolean
mh_clamd_is_address (const char *address)
{
  g_autoptr (GSocketConnectable) place = clamd_parse (address);
  return place != NULL;
}

/* Each piece behind its length in four bytes, the greatest first; a length of 0 ends the file. */
static gboolean
send_file (GOutputStream *out, GBytes *file, GError **error)
{
  static const char command[] = "zINSTREAM";
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (file, &size);
  if (!g_output_stream_write_all (out, command, sizeof command, NULL, NULL, error))
    return FALSE;

  for (gsize at = 0; at < size; at += PIECE)
    {
      guint32 length = GUINT32_TO_BE ((guint32)MIN (PIECE, size - at));
      if (!g_output_stream_write_all (out, &length, sizeof length, NULL, NULL, error)
          || !g_output_stream_write_all (out, data + at, MIN (PIECE, size - at), NULL, NULL, error))
        return FALSE;
    }

  guint32 end = 0;
  return g_output_stream_write_all (out, &end, sizeof end, NULL, NULL, error);
}

/* "stream: OK", "stream: Eicar-Test-Signature FOUND", "INSTREAM size limit exceeded. ERROR" */
static gboolean
clamd_read_answer (const char *answer, char **out_threat, GError **error)
{
  static const char head[] = "stream: ", found[] = " FOUND";
  const char *text = g_str_has_prefix (answer, head) ? answer + strlen (head) : answer;
  if (strcmp (text, "OK") == 0 && text != answer)
    {
      *out_threat = NULL;
      return TRUE;
    }

  if (g_str_has_suffix (text, found) && text != answer)
    {
      *out_threat = g_strndup (text, strlen (text) - strlen (found));
      return TRUE;
    }

  mh_error_set (error, MH_ERROR_BUSY, "The virus scanner gave no verdict.");
  return FALSE;
}

gboolean
mh_clamd_scan (const char *address, GBytes *file, char **out_threat, GError **error)
{
  g_autoptr (GSocketConnectable) place = clamd_parse (address);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) inner = NULL;
  char answer[LONGEST_ANSWER + 1];
  gsize length = 0;

  g_return_val_if_fail (place != NULL, FALSE);
  g_socket_client_set_timeout (client, SECONDS);
  g_autoptr (GSocketConnection) line = g_socket_client_connect (client, place, NULL, &inner);
  GIOStream *stream = G_IO_STREAM (line);

  /* A daemon that does not want more says so and hangs up; its word counts, not the broken line. */
  if (line != NULL && !send_file (g_io_stream_get_output_stream (stream), file, &inner))
    g_clear_error (&inner);

  if (line == NULL
      || !g_input_stream_read_all (g_io_stream_get_input_stream (stream), answer, LONGEST_ANSWER,
                                   &length, NULL, &inner))
    {
      mh_error_set (error, MH_ERROR_BUSY, "The virus scanner cannot be reached: %s",
                    inner->message);
      return FALSE;
    }

  answer[length] = 0;
  return clamd_read_answer (g_strchomp (answer), out_threat, error);
}
