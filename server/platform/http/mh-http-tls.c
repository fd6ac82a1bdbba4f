/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-http-tls.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <sys/socket.h>

#include "shared/base/mh-error.h"

#define PRIORITY "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"

struct _MhHttpIdentity
{
  gatomicrefcount refs;
  gnutls_certificate_credentials_t credentials;
  gnutls_priority_t priority;
  gnutls_datum_t ticket_key;
};

struct _MhHttpTls
{
  MhHttpIdentity *identity;
  gnutls_session_t session;
  int fd;
  gboolean open;    /* the handshake is over */
  gboolean failed;  /* for good */
  gboolean drained; /* the socket had nothing more */
  gsize held;       /* plain bytes whose record has not left */
};

/* --- identity --- */

static MhHttpIdentity *
identity_fail (MhHttpIdentity *identity, const char *file, int code, GError **error)
{
  mh_error_set (error, MH_ERROR_STORE, "The certificate %s cannot be used: %s.", file,
                gnutls_strerror (code));
  mh_http_identity_unref (identity);
  return NULL;
}

MhHttpIdentity *
mh_http_identity_new (const char *certificate_file, const char *key_file, GError **error)
{
  MhHttpIdentity *identity = g_new0 (MhHttpIdentity, 1);
  g_atomic_ref_count_init (&identity->refs);
  int code = gnutls_certificate_allocate_credentials (&identity->credentials);
  if (code >= 0)
    code = gnutls_certificate_set_x509_key_file (identity->credentials, certificate_file, key_file,
                                                 GNUTLS_X509_FMT_PEM);
  if (code >= 0)
    code = gnutls_priority_init (&identity->priority, PRIORITY, NULL);
  if (code >= 0)
    code = gnutls_session_ticket_key_generate (&identity->ticket_key);
  return code >= 0 ? identity : identity_fail (identity, certificate_file, code, error);
}

MhHttpIdentity *
mh_http_identity_ref (MhHttpIdentity *identity)
{
  g_atomic_ref_count_inc (&identity->refs);
  return identity;
}

void
mh_http_identity_unref (MhHttpIdentity *identity)
{
  if (!g_atomic_ref_count_dec (&identity->refs))
    return;
  if (identity->credentials != NULL)
    gnutls_certificate_free_credentials (identity->credentials);
  if (identity->priority != NULL)
    gnutls_priority_deinit (identity->priority);
  if (identity->ticket_key.data != NULL)
    gnutls_memset (identity->ticket_key.data, 0, identity->ticket_key.size);
  gnutls_free (identity->ticket_key.data);
  g_free (identity);
}

/* --- a line --- */

static ssize_t
pull (gnutls_transport_ptr_t transport, void *buffer, size_t size)
{
  MhHttpTls *tls = transport;
  ssize_t n = recv (tls->fd, buffer, size, 0);
  tls->drained = n < 0 && errno == EAGAIN;
  return n;
}

static ssize_t
push (gnutls_transport_ptr_t transport, const giovec_t *parts, int n_parts)
{
  MhHttpTls *tls = transport;
  struct msghdr message = { .msg_iov = (struct iovec *)parts, .msg_iovlen = (size_t)n_parts };
  return sendmsg (tls->fd, &message, MSG_NOSIGNAL);
}

MhHttpTls *
mh_http_tls_new (MhHttpIdentity *identity, int fd)
{
  static const gnutls_datum_t protocol = { (unsigned char *)"http/1.1", 8 };
  MhHttpTls *tls = g_new0 (MhHttpTls, 1);
  tls->identity = mh_http_identity_ref (identity);
  tls->fd = fd;
  gnutls_init (&tls->session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);
  gnutls_priority_set (tls->session, identity->priority);
  gnutls_credentials_set (tls->session, GNUTLS_CRD_CERTIFICATE, identity->credentials);
  gnutls_certificate_server_set_request (tls->session, GNUTLS_CERT_IGNORE);
  gnutls_session_ticket_enable_server (tls->session, &identity->ticket_key);
  gnutls_alpn_set_protocols (tls->session, &protocol, 1, 0);
  gnutls_transport_set_ptr (tls->session, tls);
  gnutls_transport_set_pull_function (tls->session, pull);
  gnutls_transport_set_vec_push_function (tls->session, push);
  return tls;
}

void
mh_http_tls_free (MhHttpTls *tls)
{
  if (tls == NULL)
    return;
  gnutls_deinit (tls->session);
  mh_http_identity_unref (tls->identity);
  g_free (tls);
}

static gboolean
is_for_later (gssize code)
{
  return code == GNUTLS_E_AGAIN || code == GNUTLS_E_INTERRUPTED;
}

static gssize
tls_fail (MhHttpTls *tls, gssize code)
{
  tls->failed = tls->failed || !is_for_later (code);
  errno = is_for_later (code) ? EAGAIN : EPROTO;
  return -1;
}

/* 0, or the code why not. */
static gssize
shake_hands (MhHttpTls *tls)
{
  gssize code = 0;
  while (!tls->open && !tls->failed)
    {
      tls->drained = FALSE;
      code = gnutls_handshake (tls->session);
      tls->open = code == GNUTLS_E_SUCCESS;
      gboolean again = code == GNUTLS_E_WARNING_ALERT_RECEIVED
                       || code == GNUTLS_E_GOT_APPLICATION_DATA || code == GNUTLS_E_INTERRUPTED
                       || (code == GNUTLS_E_AGAIN && !tls->drained
                           && gnutls_record_get_direction (tls->session) == 0);
      if (!tls->open && !again)
        {
          if (gnutls_error_is_fatal ((int)code) != 0)
            gnutls_alert_send_appropriate (tls->session, (int)code);
          return code;
        }
    }

  return tls->failed ? GNUTLS_E_INVALID_SESSION : 0;
}

gssize
mh_http_tls_read (MhHttpTls *tls, void *buffer, gsize size)
{
  gssize n = shake_hands (tls);
  if (n != 0)
    return tls_fail (tls, n);

  /* a record that holds no data (a ticket, a change of keys) says "again" though more may be here
   */
  do
    {
      tls->drained = FALSE;
      n = gnutls_record_recv (tls->session, buffer, size);
    }
  while (is_for_later (n) && !tls->drained);

  /* most clients do not say goodbye */
  if (n == GNUTLS_E_PREMATURE_TERMINATION)
    return 0;

  return n >= 0 ? n : tls_fail (tls, n);
}

void
mh_http_tls_flush (MhHttpTls *tls)
{
  if (tls->held == 0 || tls->failed)
    return;
  gssize n = gnutls_record_send (tls->session, NULL, 0);
  if (n >= 0)
    tls->held = 0;
  else
    tls_fail (tls, n);
}

gssize
mh_http_tls_write (MhHttpTls *tls, const void *data, gsize size)
{
  gssize n = shake_hands (tls);
  if (n == 0 && tls->held > 0)
    mh_http_tls_flush (tls);
  if (n != 0 || tls->failed || tls->held > 0)
    return tls_fail (tls, n != 0 ? n : tls->failed ? GNUTLS_E_PUSH_ERROR : GNUTLS_E_AGAIN);

  gsize piece = MIN (size, gnutls_record_get_max_size (tls->session));
  n = gnutls_record_send (tls->session, data, piece);
  if (!is_for_later (n))
    return n >= 0 ? n : tls_fail (tls, n);

  /* it is a record already, which has only to leave */
  tls->held = piece;
  return (gssize)piece;
}

gboolean
mh_http_tls_holds (MhHttpTls *tls)
{
  return tls->held > 0 && !tls->failed;
}

gboolean
mh_http_tls_has (MhHttpTls *tls)
{
  return gnutls_record_check_pending (tls->session) > 0;
}

gboolean
mh_http_tls_is_open (MhHttpTls *tls)
{
  return tls->open;
}

void
mh_http_tls_end (MhHttpTls *tls)
{
  if (tls->open && !tls->failed && tls->held == 0)
    gnutls_bye (tls->session, GNUTLS_SHUT_WR);
}
