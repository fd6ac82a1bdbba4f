/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What libcurl does for mh-fetch.h and mh-smtp.h (mh-late.h), and with it the libraries behind it:
 * the same functions, of the same contract. */
#include <gmodule.h>

#include "server/messages/mail/mh-smtp.h"
#include "server/platform/common/mh-fetch.h"

G_BEGIN_DECLS

typedef struct _MhLateFetcher MhLateFetcher;
typedef struct _MhLateSmtp MhLateSmtp;

typedef struct
{
  MhLateFetcher *(*fetcher_new) (void);
  void (*fetcher_free) (MhLateFetcher *fetcher);
  void (*fetcher_stop) (MhLateFetcher *fetcher);
  MhFetched *(*fetcher_ask) (MhLateFetcher *fetcher, const MhFetch *wanted);
} MhLateFetch;

typedef struct
{
  MhLateSmtp *(*smtp_new) (const MhSmtpConfig *config);
  void (*smtp_free) (MhLateSmtp *smtp);
  MhSmtpOutcome (*smtp_send) (MhLateSmtp *smtp,
                              const char *from,
                              const char *to,
                              GBytes *message,
                              int *out_code,
                              char **out_answer);
} MhLateMail;

G_MODULE_EXPORT extern const MhLateFetch mh_late_fetch;
G_MODULE_EXPORT extern const MhLateMail mh_late_mail;

G_END_DECLS
