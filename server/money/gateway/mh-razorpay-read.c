/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-razorpay-read.h"

#include <sodium.h>
#include <string.h>

#define HEX_LENGTH 64

gint64
mh_rz_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = json_object_get_member (object, name);
  gint64 value = 0;
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) == G_TYPE_STRING
      && g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64, &value,
                                   NULL))
    return value;
  return fallback;
}

const char *
mh_rz_text (JsonObject *object, const char *name)
{
  const char *text = mh_json_text (object, name);
  return text != NULL && text[0] != 0 ? text : NULL;
}

const char *
mh_rz_note (JsonObject *object, const char *name)
{
  JsonObject *notes = mh_json_object (object, "notes");
  return notes != NULL ? mh_rz_text (notes, name) : NULL;
}

JsonArray *
mh_rz_items (JsonObject *object)
{
  JsonArray *items = mh_json_array (object, "items");
  return items != NULL ? items : mh_json_array (object, "payment_links");
}

JsonObject *
mh_rz_entity (JsonObject *event, const char *name)
{
  JsonObject *payload = mh_json_object (event, "payload");
  JsonObject *outer = payload != NULL ? mh_json_object (payload, name) : NULL;
  return outer != NULL ? mh_json_object (outer, "entity") : NULL;
}

gboolean
mh_rz_read_payment (JsonObject *object, MhRzPayment *out_payment)
{
  const char *id = mh_rz_text (object, "id");
  if (id == NULL)
    id = mh_rz_text (object, "payment_id"); /* inside a link */
  if (id == NULL)
    return FALSE;

  *out_payment = (MhRzPayment){
    .id = id,
    .status = mh_rz_text (object, "status"),
    .amount = mh_rz_int (object, "amount", -1),
    .currency = mh_rz_text (object, "currency"),
    .order = mh_rz_text (object, "order_id"),
    .method = mh_rz_text (object, "method"),
    .fee = mh_rz_int (object, "fee", 0),
    .tax = mh_rz_int (object, "tax", 0),
    .refunded = mh_rz_int (object, "amount_refunded", 0),
    .created = mh_rz_int (object, "created_at", 0),
    .error_code = mh_rz_text (object, "error_code"),
    .error_text = mh_rz_text (object, "error_description"),
    .attempt = mh_rz_note (object, "attempt"),
  };

  return TRUE;
}

gboolean
mh_rz_read_refund (JsonObject *object, MhRzRefund *out_refund)
{
  const char *id = mh_rz_text (object, "id");
  if (id == NULL)
    return FALSE;
  *out_refund = (MhRzRefund){
    .id = id,
    .status = mh_rz_text (object, "status"),
    .amount = mh_rz_int (object, "amount", -1),
    .payment = mh_rz_text (object, "payment_id"),
    .receipt = mh_rz_text (object, "receipt"),
  };
  return TRUE;
}

static const char *
razorpay_read_first_text (JsonObject *object, const char *one, const char *other)
{
  const char *text = mh_rz_text (object, one);
  return text != NULL ? text : mh_rz_text (object, other);
}

gboolean
mh_rz_read_pay_link (JsonObject *object, MhRzPayLink *out_pay_link)
{
  const char *id = mh_rz_text (object, "id");
  if (id == NULL)
    return FALSE;

  *out_pay_link = (MhRzPayLink){
    .id = id,
    .status = mh_rz_text (object, "status"),
    .amount = mh_rz_int (object, "amount", mh_rz_int (object, "payment_amount", -1)),
    .reference = razorpay_read_first_text (object, "receipt", "reference_id"),
    .attempt = mh_rz_note (object, "attempt"),
    .order = mh_rz_text (object, "order_id"),
    .content = mh_rz_text (object, "image_content"),
    .url = razorpay_read_first_text (object, "short_url", "image_url"),
    .until = mh_rz_int (object, "close_by", mh_rz_int (object, "expire_by", 0)),
    .close_reason = mh_rz_text (object, "close_reason"),
  };

  return TRUE;
}

void
mh_rz_sign (const char *secret, const void *data, gsize length, char out_hex[65])
{
  guint8 mac[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init (&state, (const guint8 *)secret, strlen (secret));
  crypto_auth_hmacsha256_update (&state, data, length);
  crypto_auth_hmacsha256_final (&state, mac);
  sodium_bin2hex (out_hex, HEX_LENGTH + 1, mac, sizeof mac);
  sodium_memzero (&state, sizeof state);
}

gboolean
mh_rz_is_signed (const char *secret, const void *data, gsize length, const char *signature)
{
  char wanted[HEX_LENGTH + 1];
  char given[HEX_LENGTH];
  if (secret == NULL || secret[0] == 0 || signature == NULL || strlen (signature) != HEX_LENGTH)
    return FALSE;

  for (guint i = 0; i < HEX_LENGTH; i++)
    {
      if (!g_ascii_isxdigit (signature[i]))
        return FALSE;
      given[i] = g_ascii_tolower (signature[i]);
    }

  mh_rz_sign (secret, data, length, wanted);
  return sodium_memcmp (wanted, given, HEX_LENGTH) == 0;
}
