/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-smtp.h"

#include "server/platform/late/mh-late-curl.h"
#include "server/platform/late/mh-late.h"

struct _MhSmtp
{
  GMutex lock;
  MhSmtpConfig config; /* its own words */
  const MhLateMail *late;
  MhLateSmtp *inner; /* NULL: nothing was sent yet */
};

MhSmtp *
mh_smtp_new (const MhSmtpConfig *config)
{
  MhSmtp *smtp = g_new0 (MhSmtp, 1);
  g_mutex_init (&smtp->lock);
  smtp->config = (MhSmtpConfig){ .url = g_strdup (config->url),
                                 .username = g_strdup (config->username),
                                 .password = g_strdup (config->password),
                                 .ca_file = g_strdup (config->ca_file),
                                 .ehlo = g_strdup (config->ehlo) };
  return smtp;
}

void
mh_smtp_free (MhSmtp *smtp)
{
  if (smtp == NULL)
    return;
  if (smtp->inner != NULL)
    smtp->late->smtp_free (smtp->inner);
  g_free ((char *)smtp->config.url);
  g_free ((char *)smtp->config.username);
  g_free ((char *)smtp->config.password);
  g_free ((char *)smtp->config.ca_file);
  g_free ((char *)smtp->config.ehlo);
  g_mutex_clear (&smtp->lock);
  g_free (smtp);
}

static gboolean
is_ready (MhSmtp *smtp, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&smtp->lock);
  if (smtp->inner != NULL)
    return TRUE;
  smtp->late = mh_late_find ("curl", "mh_late_mail", error);
  if (smtp->late != NULL)
    smtp->inner = smtp->late->smtp_new (&smtp->config);
  return smtp->late != NULL;
}

MhSmtpOutcome
mh_smtp_send (MhSmtp *smtp,
              const char *from,
              const char *to,
              GBytes *message,
              int *out_code,
              char **out_answer)
{
  g_autoptr (GError) error = NULL;
  if (is_ready (smtp, &error))
    return smtp->late->smtp_send (smtp->inner, from, to, message, out_code, out_answer);
  *out_code = 0;
  *out_answer = g_strdup (error->message);
  return MH_SMTP_LATER;
}
