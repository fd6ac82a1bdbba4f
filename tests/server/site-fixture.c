/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/site-fixture.h"

#include <string.h>

#include "server/app/mh-server-app.h"
#include "server/ctl/mh-demo.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"

Site *
site_new_with (const MhTestDb *test, const char *const *settings)
{
  g_autoptr (GError) error = NULL;
  Site *site = g_new0 (Site, 1);
  const MhDemoPlan plan = { .patients = 1, .orders = 0, .seed = 1 };
  MhServerConfig *config = mh_server_config_load (NULL, &error);
  g_assert_no_error (error);
  mh_server_config_set (config, "database.url", test->url);
  mh_server_config_set (config, "server.listen", "127.0.0.1:0");
  mh_server_config_set (config, "server.jobs", "false");
  mh_server_config_set (config, "limits.rate_login", "0");
  for (guint i = 0; settings != NULL && settings[i] != NULL; i += 2)
    mh_server_config_set (config, settings[i], settings[i + 1]);
  site->server = mh_server_new (config, &error);
  g_assert_no_error (error);
  mh_assert_ok (mh_demo_fill (mh_server_store (site->server), &plan, &error), error);
  site->serving = mh_serving_start (site->server, &error);
  g_assert_no_error (error);
  site->host = g_strdup (strstr (mh_serving_url (site->serving), "//") + 2);
  return site;
}

Site *
site_new (const MhTestDb *test)
{
  return site_new_with (test, NULL);
}

void
site_free (Site *site)
{
  mh_serving_stop (site->serving);
  mh_serving_free (site->serving);
  mh_server_free (site->server);
  g_free (site->host);
  g_free (site);
}

static GByteArray *
read_all (GInputStream *stream)
{
  GByteArray *all = g_byte_array_new ();
  guint8 piece[65536];
  for (gssize n; (n = g_input_stream_read (stream, piece, sizeof piece, NULL, NULL)) > 0;)
    g_byte_array_append (all, piece, (guint)n);
  return all;
}

int
site_call_bytes (Site *site,
                 const char *method,
                 const char *path,
                 const char *token,
                 const char *headers,
                 GBytes *body,
                 char **out_head,
                 GBytes **out_body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, site->host, 80, NULL, &error);
  g_assert_no_error (error);
  gsize size = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  g_autofree char *key = mh_id_new ();
  g_autofree char *authorization
      = token != NULL ? g_strdup_printf ("Authorization: Bearer %s\r\n", token) : g_strdup ("");
  g_autofree char *text = g_strdup_printf (
      "%s /api/v1%s HTTP/1.1\r\nHost: %s\r\nConnection: "
      "close\r\n%sIdempotency-Key: %s\r\n%s"
      "%sContent-Length: %zu\r\n\r\n",
      method, path, site->host, authorization, key,
      strstr (headers, "If-Match:") == NULL ? "If-Match: \"1\"\r\n" : "", headers, size);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_assert_true (g_output_stream_write_all (out, text, strlen (text), NULL, NULL, &error));
  /* A server that refuses by the head alone may have hung up already. */
  if (size > 0)
    g_output_stream_write_all (out, data, size, NULL, NULL, NULL);
  g_autoptr (GByteArray) answer
      = read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  const char *begin = g_strstr_len ((char *)answer->data, (gssize)answer->len, "\r\n\r\n");
  g_assert_nonnull (begin);
  g_assert_true (memcmp (answer->data, "HTTP/1.1 ", 9) == 0);
  gsize head = (gsize)(begin - (char *)answer->data) + 4;
  if (out_head != NULL)
    *out_head = g_strndup ((char *)answer->data, head);
  if (out_body != NULL)
    *out_body = g_bytes_new (answer->data + head, answer->len - head);
  return (int)g_ascii_strtoll ((char *)answer->data + strlen ("HTTP/1.1 "), NULL, 10);
}

int
site_call (Site *site,
           const char *method,
           const char *path,
           const char *token,
           const char *body,
           char **out_body)
{
  g_autoptr (GBytes) sent = body != NULL ? g_bytes_new_static (body, strlen (body)) : NULL;
  g_autoptr (GBytes) answer = NULL;
  int status = site_call_bytes (site, method, path, token, "Content-Type: application/json\r\n",
                                sent, NULL, &answer);
  if (out_body != NULL)
    *out_body = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  return status;
}

char *
site_sign_in (Site *site, const char *username)
{
  g_autofree char *body
      = g_strdup_printf ("{\"username\":\"%s\",\"password\":\"mahima-demo\"}", username);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (site_call (site, "POST", "/session", NULL, body, &answer), ==, 200);
  g_assert_null (strstr (answer, "argon2"));
  g_autoptr (JsonObject) view = mh_json_parse_object (answer, -1, &error);
  g_assert_no_error (error);
  return g_strdup (mh_json_text (view, "token"));
}
