/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Twilio's Programmable Messaging, API 2010-04-01: what is asked, what the answers mean, and the
 * signature under what it tells by itself. Blocking: only from a job. Thread-safe.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef struct _MhTwilio MhTwilio;

typedef struct
{
  const char *base_url; /* https://api.twilio.com */
  const char *account;  /* AC… */
  const char *token;
  const char *from;  /* a number, a sender's name, or MG…: a messaging service */
  gint64 total_time; /* µs for one call */
} MhTwilioConfig;

typedef enum
{
  MH_TWILIO_SENT,
  MH_TWILIO_LATER,   /* 429, 5xx, no connection: try again; see doubt */
  MH_TWILIO_LOST,    /* no answer: it may have been sent */
  MH_TWILIO_REFUSED, /* for good */
  MH_TWILIO_STOPPED, /* the account is refused: nothing goes until somebody puts it right */
  MH_TWILIO_NONE,    /* there is no such message */
} MhTwilioOutcome;

typedef struct
{
  MhTwilioOutcome outcome;
  char *sid;         /* of the message */
  char *status;      /* as the provider wrote it */
  int code;          /* of an error, 0: none */
  char *text;        /* for people, without numbers and addresses */
  guint retry_after; /* seconds, 0: not said */
  gboolean doubt;    /* it may have been sent all the same: ask mh_twilio_find() first */
} MhTwilioAnswer;

MhTwilio *mh_twilio_new (const MhTwilioConfig *config);
void mh_twilio_stop (MhTwilio *twilio);
void mh_twilio_free (MhTwilio *twilio);

/* @to: E.164. @callback: absolute address for delivery reports, or NULL. @validity: seconds it may
 * wait at the provider. Never NULL. */
MhTwilioAnswer *mh_twilio_send (MhTwilio *twilio,
                                const char *to,
                                const char *body,
                                const char *callback,
                                guint validity);
/* How a message stands. */
MhTwilioAnswer *mh_twilio_fetch (MhTwilio *twilio, const char *sid);
/* A message with that number and text since @since (µs): what became of a question without answer.
 * MH_TWILIO_NONE: it never arrived. */
MhTwilioAnswer *mh_twilio_find (MhTwilio *twilio, const char *to, const char *body, gint64 since);
void mh_twilio_answer_free (MhTwilioAnswer *answer);

/* --- pure --- */

/* Later states never give way to earlier ones; 0: unknown. delivered, undelivered, failed and
 * canceled share the rank that ends it, read is above. */
guint mh_twilio_rank (const char *status);
#define MH_TWILIO_RANK_END 5
/* Worth a new message after delivery failed with this code. */
gboolean mh_twilio_is_passing (int code);

/* A parameter of a form as it was received; NULL: not there. Caller frees. */
char *mh_twilio_param (const char *form, gsize length, const char *name);
/* X-Twilio-Signature of a POST of @form to @url; Base64. */
char *mh_twilio_sign (const char *token, const char *url, const char *form, gsize length);
/* In constant time; the address with and without its standard port. An empty token signs nothing.
 */
gboolean mh_twilio_is_signed (const char *token,
                              const char *url,
                              const char *form,
                              gsize length,
                              const char *signature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhTwilio, mh_twilio_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhTwilioAnswer, mh_twilio_answer_free)

G_END_DECLS
