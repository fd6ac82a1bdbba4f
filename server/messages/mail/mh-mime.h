/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Messages by GMime: composed, and delivery status notifications (RFC 3464) read. */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct
{
  const char *from; /* "City Hospital <noreply@hms.example>" or an address */
  const char *to;   /* an address */
  const char *subject, *text, *html;
  const char *message_id; /* without brackets */
  gint64 date;            /* µs */
  GTimeZone *zone;        /* of the Date header; NULL: UTC */
  GBytes *pdf;            /* attached, or NULL */
  const char *pdf_name;   /* plain ASCII */
} MhMimeMail;

/* With CRLF lines, nothing in it that would break a header. MH_ERROR_INVALID on "to" or "from" for
 * what is no address. Transfer full. */
GBytes *mh_mime_compose (const MhMimeMail *mail, GError **error);
/* The bare address of "Name <address>" with its domain in A-labels; NULL: it is none, or it needs
 * SMTPUTF8. Caller frees. */
char *mh_mime_address (const char *text);

typedef struct
{
  char *recipient;  /* of the envelope the notice came to: bounce+TOKEN@… */
  char *message_id; /* of the mail that came back, or NULL */
  char *action;     /* failed, delayed, delivered, relayed, expanded */
  char *status;     /* "5.1.1" */
  char *diagnostic;
} MhMimeBounce;

/* FALSE: the message is no delivery status notification. Clear it. */
gboolean mh_mime_read_bounce (const char *bytes, gsize length, MhMimeBounce *out_bounce);
void mh_mime_bounce_clear (MhMimeBounce *bounce);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhMimeBounce, mh_mime_bounce_clear)

G_END_DECLS
