/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Razorpay's calls, one function each: method, path and body exactly as the provider's own SDK
 * sends them (tests/emulators/razorpay compares both). Blocking; for jobs alone. Amounts in paise.
 * Whoever calls a function that makes something (POST) and gets MH_RZ_UNKNOWN must look it up
 * before trying again: it may have been made. Neither keys nor bodies are ever logged. Thread-safe.
 */
#include "server/money/gateway/mh-razorpay-read.h"

G_BEGIN_DECLS

typedef struct _MhRazorpay MhRazorpay;

typedef struct
{
  const char *base_url;
  const char *key_id;
  const char *key_secret;
  gint64 connect_time; /* µs; 0: 5 s */
  gint64 total_time;   /* 0: 15 s */
} MhRazorpayConfig;

typedef enum
{
  MH_RZ_OK,
  MH_RZ_REFUSED, /* 4xx: said no, and will again */
  MH_RZ_KEY,     /* our key is not accepted */
  MH_RZ_LATER,   /* 429, or 409 while the same call is running: nothing was done by this one */
  MH_RZ_UNSENT,  /* no connection: nothing was done */
  MH_RZ_UNKNOWN, /* time-out, lost connection, 5xx, garbage: it may have been done */
} MhRzOutcome;

typedef struct
{
  MhRzOutcome outcome;
  guint status;     /* of HTTP, 0: none */
  JsonObject *body; /* of MH_RZ_OK; else NULL */
  char *code;       /* of the error envelope: BAD_REQUEST_ERROR … ; NULL: none */
  char *reason;
  char *field;
  char *text; /* for people: what went wrong, one line */
  guint retry_after;
} MhRzAnswer;

MhRazorpay *mh_razorpay_new (const MhRazorpayConfig *config); /* copies */
void mh_razorpay_free (MhRazorpay *razorpay);
/* The process stops: calls end soon. */
void mh_razorpay_stop (MhRazorpay *razorpay);
void mh_rz_answer_free (MhRzAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhRazorpay, mh_razorpay_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhRzAnswer, mh_rz_answer_free)

/* Two notes go with everything that is made: "attempt" and "order"; no patient's data. */
typedef struct
{
  const char *reference; /* ≤ 40 characters, unique: receipt, reference_id, note "attempt" */
  const char *order;     /* the hospital's number of the order */
  gint64 amount;
  const char *currency;
  const char *name;        /* the hospital's, shown to who pays; or NULL */
  const char *description; /* or NULL */
  gint64 until;            /* Unix seconds, 0: the provider's choice */
  const char *contact;     /* of a link: where it is sent; NULL: not by SMS */
  const char *email;
} MhRzWanted;

MhRzAnswer *mh_razorpay_order_create (MhRazorpay *razorpay, const MhRzWanted *wanted);
MhRzAnswer *mh_razorpay_order_fetch (MhRazorpay *razorpay, const char *id);
MhRzAnswer *mh_razorpay_orders_by_receipt (MhRazorpay *razorpay, const char *receipt);
MhRzAnswer *mh_razorpay_order_payments (MhRazorpay *razorpay, const char *id);

/* Single use, fixed amount. */
MhRzAnswer *mh_razorpay_qr_create (MhRazorpay *razorpay, const MhRzWanted *wanted);
MhRzAnswer *mh_razorpay_qr_fetch (MhRazorpay *razorpay, const char *id);
/* @count codes (at most 100) made since @from (Unix seconds), the latest first, after @skip of
 * them.
 */
MhRzAnswer *mh_razorpay_qr_list (MhRazorpay *razorpay, gint64 from, guint count, guint skip);
MhRzAnswer *mh_razorpay_qr_payments (MhRazorpay *razorpay, const char *id);
MhRzAnswer *mh_razorpay_qr_close (MhRazorpay *razorpay, const char *id);

MhRzAnswer *mh_razorpay_link_create (MhRazorpay *razorpay, const MhRzWanted *wanted);
MhRzAnswer *mh_razorpay_link_fetch (MhRazorpay *razorpay, const char *id);
MhRzAnswer *mh_razorpay_links_by_reference (MhRazorpay *razorpay, const char *reference);
MhRzAnswer *mh_razorpay_link_cancel (MhRazorpay *razorpay, const char *id);

MhRzAnswer *mh_razorpay_payment_fetch (MhRazorpay *razorpay, const char *id);
MhRzAnswer *mh_razorpay_payment_capture (MhRazorpay *razorpay,
                                         const char *id,
                                         gint64 amount,
                                         const char *currency);
/* @key: at least ten of A-Z a-z 0-9 - _; the same key and amount never refund twice. */
MhRzAnswer *
mh_razorpay_refund (MhRazorpay *razorpay, const char *payment, gint64 amount, const char *key);
MhRzAnswer *mh_razorpay_refund_fetch (MhRazorpay *razorpay, const char *payment, const char *id);
MhRzAnswer *mh_razorpay_refunds (MhRazorpay *razorpay, const char *payment);

/* The picture at an address that the provider told: PNG or JPEG of at most 512 KiB, *out_media
 * "image/png" or "image/jpeg" (static); NULL: no picture. */
GBytes *mh_razorpay_image (MhRazorpay *razorpay, const char *url, const char **out_media);

G_END_DECLS
