/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What Razorpay says, read with tolerance: unknown members and states are let pass, a number may be
 * a string, empty texts are none, notes may be an object, an array or null. Pure. Signatures are
 * HMAC-SHA256, compared in constant time.
 */
#include "shared/base/mh-json.h"

G_BEGIN_DECLS

/* Strings are borrowed from the JSON, which must outlive the struct. NULL: not said. */
typedef struct
{
  const char *id;
  const char *status; /* as the provider wrote it */
  gint64 amount;      /* -1: not said, or no whole number */
  const char *currency;
  const char *order; /* with its prefix order_ */
  const char *method;
  gint64 fee;
  gint64 tax;
  gint64 refunded;
  gint64 created; /* Unix seconds, 0: not said */
  const char *error_code;
  const char *error_text;
  const char *attempt; /* our note */
} MhRzPayment;

typedef struct
{
  const char *id;
  const char *status;
  gint64 amount;
  const char *payment;
  const char *receipt;
} MhRzRefund;

/* A QR code, a link or an order: what payments come through. */
typedef struct
{
  const char *id;
  const char *status;
  gint64 amount;
  const char *reference;    /* receipt of an order, reference_id of a link */
  const char *attempt;      /* our note */
  const char *order;        /* of a link, once somebody opened it */
  const char *content;      /* of a QR code, where the account shows it */
  const char *url;          /* image of a QR code, short address of a link */
  gint64 until;             /* close_by, expire_by: Unix seconds, 0: not said */
  const char *close_reason; /* of a QR code */
} MhRzPayLink;

/* FALSE: no payment (refund, payment link) in it: it has no id. */
gboolean mh_rz_read_payment (JsonObject *object, MhRzPayment *out_payment);
gboolean mh_rz_read_refund (JsonObject *object, MhRzRefund *out_refund);
gboolean mh_rz_read_pay_link (JsonObject *object, MhRzPayLink *out_pay_link);
/* "items", or "payment_links", or NULL. */
JsonArray *mh_rz_items (JsonObject *object);
/* payload.NAME.entity of a webhook, or NULL. */
JsonObject *mh_rz_entity (JsonObject *event, const char *name);
/* A number that may be written as a string; @fallback for anything else. */
gint64 mh_rz_int (JsonObject *object, const char *name, gint64 fallback);
/* NULL for an empty text or another type. */
const char *mh_rz_text (JsonObject *object, const char *name);
/* Of notes, whatever they are. */
const char *mh_rz_note (JsonObject *object, const char *name);

/* 64 lower-case hex digits and NUL. */
void mh_rz_sign (const char *secret, const void *data, gsize length, char out_hex[65]);
/* Is @signature, exactly 64 hex digits, that of @data? An empty secret signs nothing. */
gboolean
mh_rz_is_signed (const char *secret, const void *data, gsize length, const char *signature);

G_END_DECLS
