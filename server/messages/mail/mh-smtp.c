/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-smtp.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_SECONDS 10L
#define TOTAL_SECONDS 120L
#define MOST_ANSWER 300

struct _MhSmtp
{
  GMutex lock;
  CURL *curl; /* NULL until something is sent: a server without mail has nothing of it in memory */
  char *url, *username, *password, *ca_file;
  gboolean is_local;
};

typedef struct
{
  const char *at;
  gsize left;
  GString *last; /* the server's newest line */
} Transfer;

/* --- set-up --- */

static gboolean
is_local (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;
  return g_strcmp0 (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

MhSmtp *
mh_smtp_new (const MhSmtpConfig *config)
{
  MhSmtp *smtp = g_new0 (MhSmtp, 1);
  gsize length = strlen (config->url);
  while (length > 0 && config->url[length - 1] == '/')
    length--;
  g_autofree char *base = g_strndup (config->url, length);

  g_mutex_init (&smtp->lock);
  smtp->url = g_strconcat (base, "/", config->ehlo != NULL ? config->ehlo : "localhost", NULL);
  smtp->username = g_strdup (config->username);
  smtp->password = g_strdup (config->password);
  smtp->ca_file = g_strdup (config->ca_file);
  smtp->is_local = is_local (config->url);
  return smtp;
}

void
mh_smtp_free (MhSmtp *smtp)
{
  if (smtp == NULL)
    return;

  if (smtp->curl != NULL)
    curl_easy_cleanup (smtp->curl);
  g_mutex_clear (&smtp->lock);
  g_free (smtp->url);
  g_free (smtp->username);
  g_free (smtp->password);
  g_free (smtp->ca_file);
  g_free (smtp);
}

/* --- the dialogue --- */

static size_t
smtp_give (char *buffer, size_t size, size_t count, void *data)
{
  Transfer *transfer = data;
  gsize n = MIN (size * count, transfer->left);
  memcpy (buffer, transfer->at, n);
  transfer->at += n;
  transfer->left -= n;
  return n;
}

static size_t
smtp_note (char *line, size_t size, size_t count, void *data)
{
  Transfer *transfer = data;
  gsize length = MIN (size * count, MOST_ANSWER);
  g_string_truncate (transfer->last, 0);
  g_string_append_len (transfer->last, line, (gssize)length);
  return size * count;
}

static void
smtp_prepare (MhSmtp *smtp, Transfer *transfer, struct curl_slist *to, const char *from)
{
  CURL *curl = smtp->curl;
  curl_easy_reset (curl);
  curl_easy_setopt (curl, CURLOPT_URL, smtp->url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_USE_SSL,
                    (long)(smtp->is_local ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (smtp->ca_file != NULL && *smtp->ca_file != '\0')
    curl_easy_setopt (curl, CURLOPT_CAINFO, smtp->ca_file);
  if (smtp->username != NULL && *smtp->username != '\0')
    {
      curl_easy_setopt (curl, CURLOPT_USERNAME, smtp->username);
      curl_easy_setopt (curl, CURLOPT_PASSWORD, smtp->password);
    }

  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, TOTAL_SECONDS);
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, to);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)transfer->left);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, smtp_give);
  curl_easy_setopt (curl, CURLOPT_READDATA, transfer);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, smtp_note);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, transfer);
}

static MhSmtpOutcome
smtp_outcome_of (CURLcode result, long code)
{
  if (result == CURLE_OK)
    return MH_SMTP_SENT;
  if (result == CURLE_LOGIN_DENIED || result == CURLE_PEER_FAILED_VERIFICATION
      || result == CURLE_SSL_CACERT_BADFILE || result == CURLE_USE_SSL_FAILED || code == 530)
    return MH_SMTP_STOPPED;
  return code >= 500 && code < 600 ? MH_SMTP_REFUSED : MH_SMTP_LATER;
}

/* Servers like to repeat the recipient in their answer; a log must not. */
static char *
without_addresses (const char *text)
{
  g_autoptr (GRegex) address = g_regex_new ("<?[^\\s<>]+@[^\\s<>]+>?", 0, 0, NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  char *clean = g_regex_replace_literal (address, valid, -1, 0, "<…>", 0, NULL);
  return g_strstrip (clean);
}

MhSmtpOutcome
mh_smtp_send (MhSmtp *smtp,
              const char *from,
              const char *to,
              GBytes *message,
              int *out_code,
              char **out_answer)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&smtp->lock);
  g_autoptr (GString) last = g_string_new (NULL);
  gsize length = 0;
  const char *bytes = g_bytes_get_data (message, &length);
  Transfer transfer = { bytes, length, last };
  g_autofree char *sender = g_strdup_printf ("<%s>", from);
  g_autofree char *recipient = g_strdup_printf ("<%s>", to);
  struct curl_slist *list = curl_slist_append (NULL, recipient);
  long code = 0;

  if (smtp->curl == NULL)
    smtp->curl = curl_easy_init ();
  smtp_prepare (smtp, &transfer, list, sender);
  CURLcode result = curl_easy_perform (smtp->curl);

  curl_easy_getinfo (smtp->curl, CURLINFO_RESPONSE_CODE, &code);
  curl_slist_free_all (list);
  g_assert (locker != NULL);
  *out_code = (int)code;

  gboolean from_server = last->len > 0 && (result == CURLE_OK || code >= 400);
  *out_answer = without_addresses (from_server ? last->str : curl_easy_strerror (result));
  return smtp_outcome_of (result, code);
}
