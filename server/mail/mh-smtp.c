/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/mail/mh-smtp.h"

#include "server/late/mh-late-curl.h"
#include "server/late/mh-late.h"

struct _MhSmtp
{
  const MhLateMail *late;
  MhLateSmtp *inner;
  char *missing; /* why nothing can be sent; or NULL */
};

MhSmtp *
mh_smtp_new (const MhSmtpConfig *config)
{
  g_autoptr (GError) error = NULL;
  MhSmtp *smtp = g_new0 (MhSmtp, 1);
  smtp->late = mh_late_find ("curl", "mh_late_mail", &error);
  if (smtp->late != NULL)
    smtp->inner = smtp->late->smtp_new (config);
  else
    smtp->missing = g_strdup (error->message);
  return smtp;
}

void
mh_smtp_free (MhSmtp *smtp)
{
  if (smtp == NULL)
    return;
  if (smtp->inner != NULL)
    smtp->late->smtp_free (smtp->inner);
  g_free (smtp->missing);
  g_free (smtp);
}

MhSmtpOutcome
mh_smtp_send (MhSmtp *smtp,
              const char *from,
              const char *to,
              GBytes *message,
              int *out_code,
              char **out_answer)
{
  if (smtp->inner != NULL)
    return smtp->late->smtp_send (smtp->inner, from, to, message, out_code, out_answer);
  *out_code = 0;
  *out_answer = g_strdup (smtp->missing);
  return MH_SMTP_STOPPED;
}
