/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-tls.h"

#include "shared/base/mh-error.h"
#include "shared/records/lab/mh-analyser.h"

#include <string.h>

#define HANDSHAKE_SECONDS 15
#define CLOSE_SECONDS 2
#define BEGIN_MARK "-----BEGIN CERTIFICATE-----"
#define END_MARK "-----END CERTIFICATE-----"

static gboolean
analysers_tls_is (MhRecord *link, guint field, const char *code)
{
  return g_strcmp0 (mh_record_text (link, field), code) == 0;
}

gboolean
mh_analysers_tls_is_on (MhRecord *link)
{
  return analysers_tls_is (link, MH_LINK_TLS, MH_LINK_TLS_ON)
         || analysers_tls_is (link, MH_LINK_TLS, MH_LINK_TLS_MUTUAL);
}

GPtrArray *
mh_analysers_tls_authority (const char *pem, const char *field, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  const char *from = strstr (pem, BEGIN_MARK);
  while (from != NULL)
    {
      const char *end = strstr (from, END_MARK);
      gsize length = end != NULL ? (gsize)(end - from) + strlen (END_MARK) : strlen (from);
      g_autofree char *one = g_strndup (from, length);
      GTlsCertificate *certificate = g_tls_certificate_new_from_pem (one, -1, NULL);
      if (certificate == NULL)
        break;
      g_ptr_array_add (all, certificate);
      from = strstr (from + length, BEGIN_MARK);
    }

  if (from == NULL && all->len > 0)
    return g_steal_pointer (&all);

  mh_error_set_field (error, field, "format", "This is not a certificate in PEM form.");
  return NULL;
}

GTlsCertificate *
mh_analysers_tls_own (MhServer *server, GError **error)
{
  MhServerConfig *config = mh_server_config (server);
  const char *certificate = mh_server_config_text (config, "analysers.tls_certificate");
  const char *key = mh_server_config_text (config, "analysers.tls_key");
  if (certificate[0] == 0)
    {
      certificate = mh_server_config_text (config, "server.tls_certificate");
      key = mh_server_config_text (config, "server.tls_key");
    }
  return certificate[0] != 0 ? g_tls_certificate_new_from_files (certificate, key, error) : NULL;
}

/* --- who is at the other end --- */

typedef struct
{
  GPtrArray *authority; /* NULL: those that this machine trusts */
  GSocketConnectable *identity;
} Judge;

static void
judge_free_cb (gpointer data, GClosure *closure)
{
  Judge *judge = data;
  g_clear_pointer (&judge->authority, g_ptr_array_unref);
  g_clear_object (&judge->identity);
  g_free (judge);
}

static gboolean
analysers_tls_accept_cb (GTlsConnection *tls,
                         GTlsCertificate *theirs,
                         GTlsCertificateFlags flags,
                         Judge *judge)
{
  for (guint i = 0; i < judge->authority->len; i++)
    if (g_tls_certificate_verify (theirs, judge->identity, g_ptr_array_index (judge->authority, i))
        == G_TLS_CERTIFICATE_NO_FLAGS)
      return TRUE;
  return FALSE;
}

/* Without a database GLib knows no authority at all, and asks analysers_tls_accept_cb() about
 * everybody. */
static void
judge_by (GTlsConnection *tls, GPtrArray *authority, GSocketConnectable *identity)
{
  Judge *judge = g_new0 (Judge, 1);
  judge->authority = g_ptr_array_ref (authority);
  judge->identity = identity != NULL ? g_object_ref (identity) : NULL;
  g_tls_connection_set_database (tls, NULL);
  g_signal_connect_data (tls, "accept-certificate", G_CALLBACK (analysers_tls_accept_cb), judge,
                         judge_free_cb, 0);
}

/* --- the two ends --- */

static GIOStream *
begin_server (GIOStream *base,
              MhRecord *link,
              GTlsCertificate *own,
              GPtrArray *authority,
              GError **error)
{
  if (own == NULL)
    {
      mh_error_set (error, MH_ERROR_BUSY, "The server has no certificate to show.");
      return NULL;
    }
  GIOStream *tls = g_tls_server_connection_new (base, own, error);
  if (tls == NULL || !analysers_tls_is (link, MH_LINK_TLS, MH_LINK_TLS_MUTUAL))
    return tls;
  g_object_set (tls, "authentication-mode", G_TLS_AUTHENTICATION_REQUIRED, NULL);
  judge_by (G_TLS_CONNECTION (tls), authority, NULL);
  return tls;
}

static GIOStream *
begin_client (GIOStream *base,
              MhRecord *link,
              GTlsCertificate *own,
              GPtrArray *authority,
              GError **error)
{
  if (own == NULL && analysers_tls_is (link, MH_LINK_TLS, MH_LINK_TLS_MUTUAL))
    {
      mh_error_set (error, MH_ERROR_BUSY, "The server has no certificate to show.");
      return NULL;
    }

  g_autoptr (GSocketConnectable) there = g_network_address_new (
      mh_record_text (link, MH_LINK_HOST), (guint16)mh_record_int (link, MH_LINK_PORT));
  GIOStream *tls = g_tls_client_connection_new (base, there, error);

  if (tls != NULL && own != NULL)
    g_tls_connection_set_certificate (G_TLS_CONNECTION (tls), own);
  if (tls != NULL && authority != NULL)
    judge_by (G_TLS_CONNECTION (tls), authority, there);
  return tls;
}

GIOStream *
mh_analysers_tls_begin (GSocket *socket,
                        MhRecord *link,
                        GTlsCertificate *own,
                        GCancellable *stop,
                        GError **error)
{
  const char *pem = mh_record_text (link, MH_LINK_TLS_AUTHORITY);
  g_autoptr (GPtrArray) authority
      = pem != NULL ? mh_analysers_tls_authority (pem, "tls_authority", error) : NULL;
  if (pem != NULL && authority == NULL)
    return NULL;

  g_autoptr (GSocketConnection) base = g_socket_connection_factory_create_connection (socket);
  g_autoptr (GIOStream) tls = analysers_tls_is (link, MH_LINK_TRANSPORT, MH_LINK_LISTEN)
                                  ? begin_server (G_IO_STREAM (base), link, own, authority, error)
                                  : begin_client (G_IO_STREAM (base), link, own, authority, error);

  if (tls == NULL)
    return NULL;

  /* Analysers end a line by ending it. */
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_socket_set_timeout (socket, HANDSHAKE_SECONDS);
  gboolean done = g_tls_connection_handshake (G_TLS_CONNECTION (tls), stop, error);

  g_socket_set_timeout (socket, CLOSE_SECONDS);
  return done ? g_steal_pointer (&tls) : NULL;
}
