/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Handing one message to a mail server, by libcurl. Blocking: only from a job. The connection is
 * kept for the next message.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct _MhSmtp MhSmtp;

typedef enum
{
  MH_SMTP_SENT,
  MH_SMTP_LATER,   /* 4xx, no connection, lost after the last dot: try again, same Message-ID */
  MH_SMTP_REFUSED, /* 5xx for this message or recipient: for good */
  MH_SMTP_STOPPED, /* login or certificate refused: no mail goes until somebody puts it right */
} MhSmtpOutcome;

typedef struct
{
  const char *url; /* smtp://host:587 (STARTTLS) or smtps://host:465 */
  const char *username, *password;
  const char *ca_file; /* NULL or "": the system's */
  const char *ehlo;    /* our name; NULL: "localhost" */
  /* Plain text is allowed to a server on this machine only, and TLS is used there too if it is
   * offered. */
} MhSmtpConfig;

MhSmtp *mh_smtp_new (const MhSmtpConfig *config);
void mh_smtp_free (MhSmtp *smtp);
/* "Name <address>" is not an address. @message: CRLF lines. *out_code: of the server's last answer,
 * 0 without one. *out_answer: its text or libcurl's words, without addresses; caller frees.
 * Thread-safe: one message at a time. */
MhSmtpOutcome mh_smtp_send (MhSmtp *smtp,
                            const char *from,
                            const char *to,
                            GBytes *message,
                            int *out_code,
                            char **out_answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhSmtp, mh_smtp_free)

G_END_DECLS
