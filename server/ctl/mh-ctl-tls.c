/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A private certificate authority and a certificate for this server, for hospitals without a public
 * name. */
#include "server/ctl/mh-ctl.h"

#include <fcntl.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define YEARS_OF_AUTHORITY 10
/* What browsers and clients accept at most. */
#define DAYS_OF_CERTIFICATE 397

typedef struct
{
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t crt;
} Pair;

static void
pair_clear (Pair *pair)
{
  if (pair->crt != NULL)
    gnutls_x509_crt_deinit (pair->crt);
  if (pair->key != NULL)
    gnutls_x509_privkey_deinit (pair->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static gboolean
good (int code, GError **error)
{
  if (code >= 0)
    return TRUE;
  mh_error_set (error, MH_ERROR_INTERNAL, "GnuTLS: %s", gnutls_strerror (code));
  return FALSE;
}

/* Key, number, dates and name: what both certificates have. */
static gboolean
begin_pair (Pair *pair, const char *name, gint64 seconds, GError **error)
{
  guint8 serial[16];
  g_autoptr (MhClock) clock = mh_clock_new ();
  time_t now = (time_t)(mh_clock_now (clock) / MH_SECOND);

  gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial);
  serial[0] &= 0x7f; /* a positive number */
  return good (gnutls_x509_privkey_init (&pair->key), error)
         && good (gnutls_x509_privkey_generate (pair->key, GNUTLS_PK_ECDSA,
                                                GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1),
                                                0),
                  error)
         && good (gnutls_x509_crt_init (&pair->crt), error)
         && good (gnutls_x509_crt_set_version (pair->crt, 3), error)
         && good (gnutls_x509_crt_set_key (pair->crt, pair->key), error)
         && good (gnutls_x509_crt_set_serial (pair->crt, serial, sizeof serial), error)
         && good (gnutls_x509_crt_set_activation_time (pair->crt, now - 3600), error)
         && good (gnutls_x509_crt_set_expiration_time (pair->crt, now + seconds), error)
         && good (gnutls_x509_crt_set_dn_by_oid (pair->crt, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                                 (unsigned)strlen (name)),
                  error);
}

static gboolean
finish_pair (Pair *pair, Pair *signer, GError **error)
{
  guint8 id[64];
  size_t length = sizeof id;
  return good (gnutls_x509_crt_get_key_id (pair->crt, 0, id, &length), error)
         && good (gnutls_x509_crt_set_subject_key_id (pair->crt, id, length), error)
         && good (gnutls_x509_crt_sign2 (pair->crt, signer->crt, signer->key, GNUTLS_DIG_SHA256, 0),
                  error);
}

static gboolean
make_authority (Pair *authority, GError **error)
{
  return begin_pair (authority, "Mahima private authority", YEARS_OF_AUTHORITY * 365 * 86400ll,
                     error)
         && good (gnutls_x509_crt_set_basic_constraints (authority->crt, 1, 0), error)
         && good (gnutls_x509_crt_set_key_usage (authority->crt,
                                                 GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN),
                  error)
         && finish_pair (authority, authority, error);
}

static gboolean
ctl_tls_add_name (gnutls_x509_crt_t crt, const char *name, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (name);
  if (address != NULL)
    return good (gnutls_x509_crt_set_subject_alt_name (
                     crt, GNUTLS_SAN_IPADDRESS, g_inet_address_to_bytes (address),
                     (unsigned)g_inet_address_get_native_size (address), GNUTLS_FSAN_APPEND),
                 error);
  return good (gnutls_x509_crt_set_subject_alt_name (crt, GNUTLS_SAN_DNSNAME, name,
                                                     (unsigned)strlen (name), GNUTLS_FSAN_APPEND),
               error);
}

static gboolean
make_server (Pair *server, Pair *authority, const char *const *names, GError **error)
{
  if (!begin_pair (server, names[0], DAYS_OF_CERTIFICATE * 86400ll, error))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (!ctl_tls_add_name (server->crt, names[i], error))
      return FALSE;
  return good (gnutls_x509_crt_set_basic_constraints (server->crt, 0, -1), error)
         && good (gnutls_x509_crt_set_key_usage (server->crt, GNUTLS_KEY_DIGITAL_SIGNATURE), error)
         && good (gnutls_x509_crt_set_key_purpose_oid (server->crt, GNUTLS_KP_TLS_WWW_SERVER, 0),
                  error)
         && finish_pair (server, authority, error);
}

/* --- files --- */

static gboolean
ctl_tls_write_new (const char *folder,
                   const char *name,
                   const gnutls_datum_t *pem,
                   int mode,
                   GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int file = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  gboolean done
      = file >= 0 && write (file, pem->data, pem->size) == (gssize)pem->size && fsync (file) == 0;
  if (file >= 0)
    close (file);
  if (!done)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "Cannot write %s; an existing file is never overwritten.", path);
  return done;
}

static gboolean
write_pair (const char *folder, const char *stem, Pair *pair, GError **error)
{
  gnutls_datum_t crt = { 0 }, key = { 0 };
  g_autofree char *crt_name = g_strconcat (stem, ".crt", NULL);
  g_autofree char *key_name = g_strconcat (stem, ".key", NULL);
  gboolean done = good (gnutls_x509_crt_export2 (pair->crt, GNUTLS_X509_FMT_PEM, &crt), error)
                  && good (gnutls_x509_privkey_export2_pkcs8 (pair->key, GNUTLS_X509_FMT_PEM, NULL,
                                                              GNUTLS_PKCS_PLAIN, &key),
                           error)
                  && ctl_tls_write_new (folder, key_name, &key, 0600, error)
                  && ctl_tls_write_new (folder, crt_name, &crt, 0644, error);

  gnutls_free (crt.data);
  if (key.data != NULL)
    gnutls_memset (key.data, 0, key.size);
  gnutls_free (key.data);
  return done;
}

int
mh_ctl_tls_init (MhCtl *ctl, GError **error)
{
  const char *folder = mh_ctl_need (ctl, 0, "The folder to write to", error);
  const char *wanted = mh_ctl_option (ctl, "name");
  g_autofree char *all = g_strjoin (",", wanted != NULL ? wanted : g_get_host_name (), "localhost",
                                    "127.0.0.1", "::1", NULL);
  g_auto (GStrv) names = g_strsplit (all, ",", -1);
  g_auto (Pair) authority = { 0 };
  g_auto (Pair) server = { 0 };

  if (folder == NULL)
    return MH_CTL_FAILED;

  g_mkdir_with_parents (folder, 0700);
  if (!make_authority (&authority, error)
      || !make_server (&server, &authority, (const char *const *)names, error)
      || !write_pair (folder, "authority", &authority, error)
      || !write_pair (folder, "server", &server, error))
    return MH_CTL_FAILED;

  printf ("Wrote authority.crt, authority.key, server.crt and server.key to %s.\n"
          "In the server's configuration:\n  [server]\n  tls_certificate=%s/server.crt\n  "
          "tls_key=%s/server.key\n"
          "Give authority.crt to the desks; keep authority.key away from the server.\n",
          folder, folder, folder);

  return MH_CTL_DONE;
}
