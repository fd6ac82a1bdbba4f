/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-razorpay.h"

#include <string.h>

#include "server/platform/common/mh-fetch.h"

#define CONNECT_TIME (5 * G_USEC_PER_SEC)
#define TOTAL_TIME (15 * G_USEC_PER_SEC)
#define MAX_ANSWER (2 * 1024 * 1024)
#define MAX_IMAGE (512 * 1024)
#define JSON_TYPE "application/json"
/* What the provider's own SDK says of a POST without a body. */
#define FORM_TYPE "application/x-www-form-urlencoded"

struct _MhRazorpay
{
  MhFetcher *fetcher;
  char *base;
  char *key_id;
  char *key_secret;
  gint64 connect_time;
  gint64 total_time;
};

MhRazorpay *
mh_razorpay_new (const MhRazorpayConfig *config)
{
  MhRazorpay *razorpay = g_new0 (MhRazorpay, 1);
  gsize length = strlen (config->base_url);
  while (length > 0 && config->base_url[length - 1] == '/')
    length--;
  razorpay->fetcher = mh_fetcher_new ();
  razorpay->base = g_strndup (config->base_url, length);
  razorpay->key_id = g_strdup (config->key_id);
  razorpay->key_secret = g_strdup (config->key_secret);
  razorpay->connect_time = config->connect_time > 0 ? config->connect_time : CONNECT_TIME;
  razorpay->total_time = config->total_time > 0 ? config->total_time : TOTAL_TIME;
  return razorpay;
}

void
mh_razorpay_free (MhRazorpay *razorpay)
{
  if (razorpay == NULL)
    return;
  mh_fetcher_free (razorpay->fetcher);
  g_free (razorpay->base);
  g_free (razorpay->key_id);
  g_free (razorpay->key_secret);
  g_free (razorpay);
}

void
mh_razorpay_stop (MhRazorpay *razorpay)
{
  mh_fetcher_stop (razorpay->fetcher);
}

void
mh_rz_answer_free (MhRzAnswer *answer)
{
  if (answer == NULL)
    return;
  g_clear_pointer (&answer->body, json_object_unref);
  g_free (answer->code);
  g_free (answer->reason);
  g_free (answer->field);
  g_free (answer->text);
  g_free (answer);
}

/* --- what an answer means --- */

static JsonObject *
read_body (const MhFetched *fetched)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (fetched->body, &length);
  return length > 0 ? mh_json_parse_object (text, (gssize)length, NULL) : NULL;
}

/* The envelope may be missing (a 502 of a proxy is a page of HTML). */
static void
read_envelope (JsonObject *body, MhRzAnswer *answer)
{
  JsonObject *error = body != NULL ? mh_json_object (body, "error") : NULL;
  if (error == NULL)
    return;
  answer->code = g_strdup (mh_rz_text (error, "code"));
  answer->reason = g_strdup (mh_rz_text (error, "reason"));
  answer->field = g_strdup (mh_rz_text (error, "field"));
  answer->text = g_strdup (mh_rz_text (error, "description"));
}

/* The provider writes 401 for a wrong key, its manual 400. */
static gboolean
is_key_trouble (const MhRzAnswer *answer)
{
  return answer->status == 401
         || (answer->status == 400 && g_strcmp0 (answer->text, "Authentication failed") == 0);
}

static gboolean
is_running (const MhRzAnswer *answer)
{
  return answer->status == 409 && answer->text != NULL
         && strstr (answer->text, "in progress") != NULL;
}

static MhRzOutcome
razorpay_judge (const MhRzAnswer *answer)
{
  if (answer->status >= 200 && answer->status < 300)
    return answer->body != NULL ? MH_RZ_OK : MH_RZ_UNKNOWN;
  if (is_key_trouble (answer))
    return MH_RZ_KEY;
  if (answer->status == 429 || is_running (answer))
    return MH_RZ_LATER;
  if (answer->status >= 400 && answer->status < 500 && answer->status != 408)
    return MH_RZ_REFUSED;
  return MH_RZ_UNKNOWN;
}

static MhRzAnswer *
razorpay_read_answer (const MhFetched *fetched)
{
  MhRzAnswer *answer = g_new0 (MhRzAnswer, 1);
  answer->status = fetched->status;
  answer->retry_after = fetched->retry_after;

  if (fetched->status == 0)
    {
      answer->outcome = fetched->sent ? MH_RZ_UNKNOWN : MH_RZ_UNSENT;
      answer->text = g_strdup (fetched->error);
      return answer;
    }

  g_autoptr (JsonObject) body = read_body (fetched);
  if (fetched->status >= 200 && fetched->status < 300)
    answer->body = g_steal_pointer (&body);
  else
    read_envelope (body, answer);

  answer->outcome = razorpay_judge (answer);
  if (answer->outcome == MH_RZ_KEY)
    {
      g_free (answer->text);
      answer->text = g_strdup ("Razorpay does not accept the hospital's key.");
    }
  else if (answer->outcome != MH_RZ_OK && answer->text == NULL)
    answer->text = answer->status < 300
                       ? g_strdup ("The answer could not be read.")
                       : g_strdup_printf ("The gateway answered %u.", answer->status);

  return answer;
}

static MhRzAnswer *
razorpay_ask (MhRazorpay *razorpay,
              const char *method,
              const char *path,
              const char *body,
              const char *header)
{
  g_autofree char *url = g_strconcat (razorpay->base, "/v1", path, NULL);
  const char *bare = g_str_equal (method, "POST") ? FORM_TYPE : NULL;
  MhFetch wanted = { .method = method,
                     .url = url,
                     .body = body,
                     .content_type = body != NULL ? JSON_TYPE : bare,
                     .user = razorpay->key_id,
                     .password = razorpay->key_secret,
                     .header = header,
                     .connect_time = razorpay->connect_time,
                     .total_time = razorpay->total_time,
                     .max_size = MAX_ANSWER };
  g_autoptr (MhFetched) fetched = mh_fetcher_ask (razorpay->fetcher, &wanted);

  return razorpay_read_answer (fetched);
}

/* @before/id@after; an id is opaque, so it is escaped. */
static MhRzAnswer *
razorpay_ask_about (MhRazorpay *razorpay,
                    const char *method,
                    const char *before,
                    const char *id,
                    const char *after)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *path = g_strconcat (before, "/", escaped, after, NULL);
  return razorpay_ask (razorpay, method, path, NULL, NULL);
}

static MhRzAnswer *
send_json (MhRazorpay *razorpay, const char *path, GString *json, const char *header)
{
  MhRzAnswer *answer = razorpay_ask (razorpay, "POST", path, json->str, header);
  g_string_free (json, TRUE);
  return answer;
}

/* --- bodies --- */

static void
razorpay_put_notes (GString *out, const MhRzWanted *wanted)
{
  mh_json_key (out, "notes");
  mh_json_open (out, '{');
  mh_json_member_text (out, "attempt", wanted->reference);
  if (wanted->order != NULL)
    mh_json_member_text (out, "order", wanted->order);
  mh_json_close (out, '}');
}

static void
put_optional (GString *out, const char *name, const char *value)
{
  if (value != NULL)
    mh_json_member_text (out, name, value);
}

static GString *
open_body (void)
{
  GString *out = g_string_sized_new (512);
  mh_json_open (out, '{');
  return out;
}

/* --- orders --- */

MhRzAnswer *
mh_razorpay_order_create (MhRazorpay *razorpay, const MhRzWanted *wanted)
{
  GString *out = open_body ();
  mh_json_member_int (out, "amount", wanted->amount);
  mh_json_member_text (out, "currency", wanted->currency);
  mh_json_member_text (out, "receipt", wanted->reference);
  razorpay_put_notes (out, wanted);
  mh_json_close (out, '}');
  return send_json (razorpay, "/orders", out, NULL);
}

MhRzAnswer *
mh_razorpay_order_fetch (MhRazorpay *razorpay, const char *id)
{
  return razorpay_ask_about (razorpay, "GET", "/orders", id, "");
}

MhRzAnswer *
mh_razorpay_orders_by_receipt (MhRazorpay *razorpay, const char *receipt)
{
  g_autofree char *escaped = g_uri_escape_string (receipt, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/orders?count=10&skip=0&receipt=", escaped, NULL);
  return razorpay_ask (razorpay, "GET", path, NULL, NULL);
}

MhRzAnswer *
mh_razorpay_order_payments (MhRazorpay *razorpay, const char *id)
{
  return razorpay_ask_about (razorpay, "GET", "/orders", id, "/payments");
}

/* --- QR codes: below /payments --- */

MhRzAnswer *
mh_razorpay_qr_create (MhRazorpay *razorpay, const MhRzWanted *wanted)
{
  GString *out = open_body ();
  mh_json_member_text (out, "type", "upi_qr");
  put_optional (out, "name", wanted->name);
  mh_json_member_text (out, "usage", "single_use");
  mh_json_member_bool (out, "fixed_amount", TRUE);
  mh_json_member_int (out, "payment_amount", wanted->amount);
  put_optional (out, "description", wanted->description);
  if (wanted->until > 0)
    mh_json_member_int (out, "close_by", wanted->until);
  razorpay_put_notes (out, wanted);
  mh_json_close (out, '}');
  return send_json (razorpay, "/payments/qr_codes", out, NULL);
}

MhRzAnswer *
mh_razorpay_qr_fetch (MhRazorpay *razorpay, const char *id)
{
  return razorpay_ask_about (razorpay, "GET", "/payments/qr_codes", id, "");
}

MhRzAnswer *
mh_razorpay_qr_list (MhRazorpay *razorpay, gint64 from, guint count, guint skip)
{
  g_autofree char *path = g_strdup_printf (
      "/payments/qr_codes?from=%" G_GINT64_FORMAT "&count=%u&skip=%u", from, count, skip);
  return razorpay_ask (razorpay, "GET", path, NULL, NULL);
}

MhRzAnswer *
mh_razorpay_qr_payments (MhRazorpay *razorpay, const char *id)
{
  return razorpay_ask_about (razorpay, "GET", "/payments/qr_codes", id,
                             "/payments?count=100&skip=0");
}

MhRzAnswer *
mh_razorpay_qr_close (MhRazorpay *razorpay, const char *id)
{
  return razorpay_ask_about (razorpay, "POST", "/payments/qr_codes", id, "/close");
}

/* --- links --- */

static void
put_customer (GString *out, const MhRzWanted *wanted)
{
  if (wanted->contact != NULL || wanted->email != NULL)
    {
      mh_json_key (out, "customer");
      mh_json_open (out, '{');
      put_optional (out, "contact", wanted->contact);
      put_optional (out, "email", wanted->email);
      mh_json_close (out, '}');
    }

  mh_json_key (out, "notify");
  mh_json_open (out, '{');
  mh_json_member_bool (out, "sms", wanted->contact != NULL);
  mh_json_member_bool (out, "email", wanted->email != NULL);
  mh_json_close (out, '}');
}

MhRzAnswer *
mh_razorpay_link_create (MhRazorpay *razorpay, const MhRzWanted *wanted)
{
  GString *out = open_body ();
  mh_json_member_int (out, "amount", wanted->amount);
  mh_json_member_text (out, "currency", wanted->currency);
  mh_json_member_bool (out, "accept_partial", FALSE);
  mh_json_member_text (out, "reference_id", wanted->reference);
  put_optional (out, "description", wanted->description);
  if (wanted->until > 0)
    mh_json_member_int (out, "expire_by", wanted->until);
  put_customer (out, wanted);
  razorpay_put_notes (out, wanted);
  mh_json_close (out, '}');
  return send_json (razorpay, "/payment_links", out, NULL);
}

MhRzAnswer *
mh_razorpay_link_fetch (MhRazorpay *razorpay, const char *id)
{
  return razorpay_ask_about (razorpay, "GET", "/payment_links", id, "");
}

MhRzAnswer *
mh_razorpay_links_by_reference (MhRazorpay *razorpay, const char *reference)
{
  g_autofree char *escaped = g_uri_escape_string (reference, NULL, FALSE);
  g_autofree char *path
      = g_strconcat ("/payment_links?count=10&skip=0&reference_id=", escaped, NULL);
  return razorpay_ask (razorpay, "GET", path, NULL, NULL);
}

MhRzAnswer *
mh_razorpay_link_cancel (MhRazorpay *razorpay, const char *id)
{
  return razorpay_ask_about (razorpay, "POST", "/payment_links", id, "/cancel");
}

/* --- payments and refunds --- */

MhRzAnswer *
mh_razorpay_payment_fetch (MhRazorpay *razorpay, const char *id)
{
  return razorpay_ask_about (razorpay, "GET", "/payments", id, "");
}

static char *
payment_path (const char *id, const char *after)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  return g_strconcat ("/payments/", escaped, after, NULL);
}

MhRzAnswer *
mh_razorpay_payment_capture (MhRazorpay *razorpay,
                             const char *id,
                             gint64 amount,
                             const char *currency)
{
  g_autofree char *path = payment_path (id, "/capture");
  GString *out = open_body ();
  mh_json_member_int (out, "amount", amount);
  mh_json_member_text (out, "currency", currency);
  mh_json_close (out, '}');
  return send_json (razorpay, path, out, NULL);
}

MhRzAnswer *
mh_razorpay_refund (MhRazorpay *razorpay, const char *payment, gint64 amount, const char *key)
{
  g_autofree char *path = payment_path (payment, "/refund");
  g_autofree char *header = g_strconcat ("X-Refund-Idempotency: ", key, NULL);
  GString *out = open_body ();
  mh_json_member_int (out, "amount", amount);
  mh_json_member_text (out, "speed", "normal");
  mh_json_member_text (out, "receipt", key);
  mh_json_close (out, '}');
  return send_json (razorpay, path, out, header);
}

MhRzAnswer *
mh_razorpay_refund_fetch (MhRazorpay *razorpay, const char *payment, const char *id)
{
  g_autofree char *before = payment_path (payment, "/refunds");
  return razorpay_ask_about (razorpay, "GET", before, id, "");
}

MhRzAnswer *
mh_razorpay_refunds (MhRazorpay *razorpay, const char *payment)
{
  return razorpay_ask_about (razorpay, "GET", "/payments", payment, "/refunds?count=100&skip=0");
}

/* --- the picture of a code --- */

static const char *
media_of (const guint8 *data, gsize length)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a };
  static const guint8 jpeg[] = { 0xff, 0xd8, 0xff };
  if (length > sizeof png && memcmp (data, png, sizeof png) == 0)
    return "image/png";
  return length > sizeof jpeg && memcmp (data, jpeg, sizeof jpeg) == 0 ? "image/jpeg" : NULL;
}

/* Anything else than https is asked only where the gateway itself is spoken to without it (tests),
 * and there alone. The key is not sent. */
static gboolean
razorpay_may_ask (MhRazorpay *razorpay, const char *url)
{
  gsize length = strlen (razorpay->base);
  return g_str_has_prefix (url, "https://")
         || (g_str_has_prefix (url, razorpay->base) && url[length] == '/');
}

GBytes *
mh_razorpay_image (MhRazorpay *razorpay, const char *url, const char **out_media)
{
  if (!razorpay_may_ask (razorpay, url))
    return NULL;

  MhFetch wanted = { .method = "GET",
                     .url = url,
                     .connect_time = razorpay->connect_time,
                     .total_time = razorpay->total_time,
                     .max_size = MAX_IMAGE,
                     .redirects = 3 };
  g_autoptr (MhFetched) fetched = mh_fetcher_ask (razorpay->fetcher, &wanted);
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (fetched->body, &length);
  const char *media = fetched->status == 200 ? media_of (data, length) : NULL;

  if (media == NULL)
    return NULL;

  *out_media = media;
  return g_bytes_ref (fetched->body);
}
