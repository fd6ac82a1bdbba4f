/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "server/ctl/mh-ctl.h"
#include "server/messages/mail/mh-mail-bounces.h"

#define MOST (1024 * 1024)

int
mh_ctl_mail_bounces (MhCtl *ctl, GError **error)
{
  const char *folder = mh_server_config_text (mh_ctl_config (ctl), "smtp.bounce_maildir");
  MhStore *store = mh_ctl_store (ctl, TRUE, error);
  guint n = 0;
  if (store == NULL || !mh_mail_bounces_read (store, folder, &n, error))
    return MH_CTL_FAILED;
  printf ("%u returned mails read.\n", n);
  return MH_CTL_DONE;
}

int
mh_ctl_mail_bounce (MhCtl *ctl, GError **error)
{
  g_autofree char *bytes = g_malloc (MOST);
  gboolean known = FALSE;
  gsize length = fread (bytes, 1, MOST, stdin);
  MhStore *store = mh_ctl_store (ctl, TRUE, error);
  if (store == NULL || !mh_mail_bounces_take (store, bytes, length, &known, error))
    return MH_CTL_FAILED;
  puts (known ? "Noted." : "Not about a mail of ours.");
  return known ? MH_CTL_DONE : MH_CTL_NO;
}
