/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What needs no server: signatures, reading what the provider says, the circuit breaker, the order
 * of states. */
#include <string.h>

#include "server/money/gateway/mh-razorpay-read.h"
#include "server/platform/common/mh-breaker.h"
#include "shared/base/mh-clock.h"
#include "shared/records/money/mh-gateway.h"

#define SECRET "whsec-loopback-1"
#define BODY                                                                                       \
  "{\"entity\":\"event\",\"account_id\":\"acc_LoopbackTest01\",\"event\":\"payment.captured\","    \
  "\"contains\":[\"payment\"],\"payload\":{\"payment\":{\"entity\":{\"id\":\"pay_LoopbackTest01\"" \
  ",\"entity\":\"payment\",\"amount\":118000,\"currency\":\"INR\",\"status\":\"captured\","        \
  "\"order_id\":\"order_LoopbackTst01\"}}},\"created_at\":1767225660}"
#define SIGNATURE "76f8f8c7c950600e48d3c9753926ec781fb08dee0b530e8cb4516f6cebc075f9"

/* --- signatures: reckoned by the vendor's own client --- */

static void
test_vectors (void)
{
  static const struct
  {
    const char *secret, *text, *hex;
  } vectors[] = {
    { SECRET, BODY, SIGNATURE },
    { "sekret", "order_LoopbackTst01|pay_LoopbackTest01",
      "c93767205b58a2eaa4c607913567188a7ffd1fde2a00f397a146d1766db5b02a" },
    { "sekret", "plink_LoopbackTst01|BILL-2026-000123|paid|pay_LoopbackTest01",
      "c609871f4ff30ee3e9857b6c6b3d51a0c9182195a2613863b1022ff0c69cc6da" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      char hex[65];
      mh_rz_sign (vectors[i].secret, vectors[i].text, strlen (vectors[i].text), hex);
      g_assert_cmpstr (hex, ==, vectors[i].hex);
      g_assert_true (mh_rz_is_signed (vectors[i].secret, vectors[i].text, strlen (vectors[i].text),
                                      vectors[i].hex));
    }
}

static gboolean
is_signed (const char *secret, const char *body, const char *signature)
{
  return mh_rz_is_signed (secret, body, strlen (body), signature);
}

/* Each byte of the body and each digit of the signature matters; nothing but 64 digits is one. */
static void
test_forged (void)
{
  g_autofree char *upper = g_ascii_strup (SIGNATURE, -1);
  g_autofree char *longer = g_strconcat (SIGNATURE, "0", NULL);
  g_autofree char *other = g_strdup (SIGNATURE);
  for (gsize i = 0; i < strlen (BODY); i++)
    {
      g_autofree char *body = g_strdup (BODY);
      body[i] ^= 1;
      g_assert_false (is_signed (SECRET, body, SIGNATURE));
    }
  for (guint i = 0; i < 64; i++)
    {
      other[i] = SIGNATURE[i] == '0' ? '1' : '0';
      g_assert_false (is_signed (SECRET, BODY, other));
      other[i] = 'g';
      g_assert_false (is_signed (SECRET, BODY, other));
      other[i] = SIGNATURE[i];
      g_autofree char *shorter = g_strndup (SIGNATURE, i);
      g_assert_false (is_signed (SECRET, BODY, shorter));
    }
  g_assert_true (is_signed (SECRET, BODY, other));
  g_assert_true (is_signed (SECRET, BODY, upper));
  g_assert_false (is_signed (SECRET, BODY, longer));
  g_assert_false (is_signed (SECRET, BODY, NULL));
  g_assert_false (is_signed ("whsec-loopback-0", BODY, SIGNATURE));
  g_assert_false (is_signed ("", BODY, SIGNATURE));
  g_assert_false (is_signed (NULL, BODY, SIGNATURE));
}

/* Nobody signs with a secret that is not set. */
static void
test_no_secret (void)
{
  char hex[65];
  mh_rz_sign ("", BODY, strlen (BODY), hex);
  g_assert_false (is_signed ("", BODY, hex));
}

/* --- reading --- */

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = mh_json_parse_object (text, -1, &error);
  g_assert_no_error (error);
  return object;
}

static void
test_payment (void)
{
  g_autoptr (JsonObject) odd = parse (
      "{\"id\":\"pay_A\",\"amount\":\"118000\",\"currency\":\"INR\",\"status\":\"dreaming\","
      "\"order_id\":\"\",\"method\":7,\"fee\":null,\"tax\":\"12\",\"error_code\":\"\","
      "\"error_description\":null,\"notes\":[],\"news\":{\"a\":[1]}}");
  MhRzPayment payment;
  g_assert_true (mh_rz_read_payment (odd, &payment));
  g_assert_cmpint (payment.amount, ==, 118000);
  g_assert_cmpint (payment.fee, ==, 0);
  g_assert_cmpint (payment.tax, ==, 12);
  g_assert_cmpstr (payment.status, ==, "dreaming");
  g_assert_null (payment.order);
  g_assert_null (payment.method);
  g_assert_null (payment.error_code);
  g_assert_null (payment.attempt);
  g_autoptr (JsonObject) noted = parse ("{\"id\":\"pay_B\",\"notes\":{\"attempt\":\"x\"}}");
  g_assert_true (mh_rz_read_payment (noted, &payment));
  g_assert_cmpstr (payment.attempt, ==, "x");
  g_assert_cmpint (payment.amount, ==, -1);
  g_autoptr (JsonObject) empty = parse ("{\"id\":\"\",\"notes\":null}");
  g_assert_false (mh_rz_read_payment (empty, &payment));
}

static void
test_amounts (void)
{
  static const struct
  {
    const char *json;
    gint64 amount;
  } rows[] = {
    { "9223372036854775807", G_MAXINT64 },
    { "\"9223372036854775807\"", G_MAXINT64 },
    { "\"9223372036854775808\"", -1 },
    { "1.5", -1 },
    { "\"1.5\"", -1 },
    { "\" 5\"", -1 },
    { "\"\"", -1 },
    { "true", -1 },
    { "[5]", -1 },
    { "-5", -5 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"amount\":%s}", rows[i].json);
      g_autoptr (JsonObject) object = parse (text);
      g_assert_cmpint (mh_rz_int (object, "amount", -1), ==, rows[i].amount);
    }
}

static void
test_pay_links (void)
{
  g_autoptr (JsonObject) code = parse (
      "{\"id\":\"qr_A\",\"payment_amount\":100,\"close_by\":\"1767232800\",\"image_url\":\"u\","
      "\"status\":\"closed\",\"close_reason\":\"paid\",\"notes\":{}}");
  g_autoptr (JsonObject) link
      = parse ("{\"id\":\"plink_A\",\"amount\":200,\"expire_by\":1767232800,\"short_url\":\"s\","
               "\"reference_id\":\"r\",\"order_id\":null,\"payments\":null}");
  MhRzPayLink pay_link;
  g_assert_true (mh_rz_read_pay_link (code, &pay_link));
  g_assert_cmpint (pay_link.amount, ==, 100);
  g_assert_cmpint (pay_link.until, ==, 1767232800);
  g_assert_cmpstr (pay_link.close_reason, ==, "paid");
  g_assert_cmpstr (pay_link.url, ==, "u");
  g_assert_true (mh_rz_read_pay_link (link, &pay_link));
  g_assert_cmpint (pay_link.amount, ==, 200);
  g_assert_cmpstr (pay_link.reference, ==, "r");
  g_assert_cmpstr (pay_link.url, ==, "s");
  g_assert_null (pay_link.order);
}

static void
test_events (void)
{
  static const char *const hollow[] = { "{}",
                                        "{\"payload\":null}",
                                        "{\"payload\":[]}",
                                        "{\"payload\":{\"payment\":null}}",
                                        "{\"payload\":{\"payment\":{\"entity\":[]}}}",
                                        "{\"payload\":{\"payment\":{\"entity\":\"payment\"}}}" };
  g_autoptr (JsonObject) event = parse (BODY);
  JsonObject *entity = mh_rz_entity (event, "payment");
  MhRzPayment payment;
  g_assert_nonnull (entity);
  g_assert_true (mh_rz_read_payment (entity, &payment));
  g_assert_cmpstr (payment.order, ==, "order_LoopbackTst01");
  g_assert_null (mh_rz_entity (event, "qr_code"));
  for (guint i = 0; i < G_N_ELEMENTS (hollow); i++)
    {
      g_autoptr (JsonObject) object = parse (hollow[i]);
      g_assert_null (mh_rz_entity (object, "payment"));
    }
}

/* --- the breaker --- */

static MhBreakerState
state (MhBreaker *breaker, gint64 now)
{
  MhBreakerView view;
  mh_breaker_look (breaker, now, &view);
  return view.state;
}

static void
test_breaker (void)
{
  MhBreaker *breaker = mh_breaker_new (3, 10 * MH_SECOND);
  gint64 until = 0;
  gint64 now = MH_HOUR;
  for (guint i = 0; i < 2; i++)
    mh_breaker_failed (breaker, now, "down");
  g_assert_cmpint (state (breaker, now), ==, MH_BREAKER_IS_CLOSED);
  mh_breaker_succeeded (breaker, now);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (mh_breaker_take (breaker, now, &until));
      mh_breaker_failed (breaker, now, "down");
    }
  g_assert_cmpint (state (breaker, now), ==, MH_BREAKER_IS_OPEN);
  g_assert_false (mh_breaker_take (breaker, now, &until));
  g_assert_cmpint (until, ==, now + 10 * MH_SECOND);
  now = until;
  g_assert_cmpint (state (breaker, now), ==, MH_BREAKER_IS_HALF_OPEN);
  g_assert_true (mh_breaker_take (breaker, now, &until));
  g_assert_false (mh_breaker_take (breaker, now, &until));
  mh_breaker_failed (breaker, now, "still down");
  g_assert_false (mh_breaker_take (breaker, now + 19 * MH_SECOND, &until));
  g_assert_cmpint (until, ==, now + 20 * MH_SECOND);
  g_assert_true (mh_breaker_take (breaker, until, &until));
  mh_breaker_succeeded (breaker, now + 20 * MH_SECOND);
  g_assert_cmpint (state (breaker, now + 20 * MH_SECOND), ==, MH_BREAKER_IS_CLOSED);
  g_assert_true (mh_breaker_take (breaker, now + 20 * MH_SECOND, &until));
  mh_breaker_free (breaker);
}

/* Whoever was let through and never came back does not hold the payment link for ever. */
static void
test_breaker_lost_trial (void)
{
  MhBreaker *breaker = mh_breaker_new (1, 10 * MH_SECOND);
  gint64 until = 0;
  mh_breaker_failed (breaker, 0, NULL);
  g_assert_true (mh_breaker_take (breaker, 10 * MH_SECOND, &until));
  g_assert_false (mh_breaker_take (breaker, 15 * MH_SECOND, &until));
  g_assert_true (mh_breaker_take (breaker, until, &until));
  mh_breaker_free (breaker);
}

/* --- states --- */

static void
test_states (void)
{
  const MhCode *codes = mh_attempt_status_codes;
  for (guint i = 0; codes[i].code != NULL; i++)
    {
      const char *from = codes[i].code;
      gboolean paid = g_str_equal (from, MH_ATTEMPT_PAID);
      g_assert_true (mh_attempt_may_become (from, from));
      g_assert_true (mh_attempt_may_become (from, MH_ATTEMPT_PAID));
      g_assert_false (!g_str_equal (from, MH_ATTEMPT_ASKED)
                      && mh_attempt_may_become (from, MH_ATTEMPT_ASKED));
      for (guint j = 0; codes[j].code != NULL; j++)
        if (paid && j != i)
          g_assert_false (mh_attempt_may_become (from, codes[j].code));
        else if (mh_attempt_is_ended (from) && j != i
                 && mh_attempt_may_become (from, codes[j].code))
          g_assert_true (g_str_equal (codes[j].code, MH_ATTEMPT_PAID)
                         || g_str_equal (codes[j].code, MH_ATTEMPT_AUTHORIZED));
    }
  g_assert_false (mh_attempt_may_become ("dreaming", MH_ATTEMPT_PAID));
  g_assert_false (mh_attempt_may_become (NULL, MH_ATTEMPT_PAID));
  g_assert_cmpint (mh_gateway_payment_rank ("failed"), <, mh_gateway_payment_rank ("authorized"));
  g_assert_cmpint (mh_gateway_payment_rank ("authorized"), <, mh_gateway_payment_rank ("captured"));
  g_assert_cmpint (mh_gateway_payment_rank ("captured"), <, mh_gateway_payment_rank ("refunded"));
  g_assert_cmpint (mh_gateway_payment_rank ("dreaming"), ==, -1);
  g_assert_cmpint (mh_gateway_payment_rank (NULL), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/razorpay/vectors", test_vectors);
  g_test_add_func ("/razorpay/forged", test_forged);
  g_test_add_func ("/razorpay/no-secret", test_no_secret);
  g_test_add_func ("/razorpay/payment", test_payment);
  g_test_add_func ("/razorpay/amounts", test_amounts);
  g_test_add_func ("/razorpay/pay-links", test_pay_links);
  g_test_add_func ("/razorpay/events", test_events);
  g_test_add_func ("/razorpay/breaker", test_breaker);
  g_test_add_func ("/razorpay/breaker-lost-trial", test_breaker_lost_trial);
  g_test_add_func ("/razorpay/states", test_states);
  return g_test_run ();
}
