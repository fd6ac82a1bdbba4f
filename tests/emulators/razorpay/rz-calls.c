/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every call of our client once, at the address given: what it sends is recorded there and held
 * against what the provider's own client sends (test-requests.mjs). Prints what was answered, one
 * JSON object a line.
 *
 *   rz-calls URL UNTIL ORDER LINK CODE PAYMENT REFUND */
#include <stdio.h>

#include "server/money/gateway/mh-razorpay.h"

enum
{
  ARG_URL = 1,
  ARG_UNTIL,
  ARG_ORDER,
  ARG_LINK,
  ARG_CODE,
  ARG_PAYMENT,
  ARG_REFUND,
  N_ARGS,
};

static void
say (const char *name, MhRzAnswer *answer)
{
  printf ("{\"call\":\"%s\",\"outcome\":%d,\"status\":%u}\n", name, (int)answer->outcome,
          answer->status);
  mh_rz_answer_free (answer);
}

static MhRzWanted
wanted_of (char **argv)
{
  return (MhRzWanted){ .reference = "01a1fcf1-8801-7ea4-9fa7-019f4c1bc926",
                       .order = "MH-000011",
                       .amount = 118000,
                       .currency = "INR",
                       .name = "Sanjivani & Söhne \"Hospital\"",
                       .description = "MH-000011",
                       .until = g_ascii_strtoll (argv[ARG_UNTIL], NULL, 10) };
}

static void
call_doors (MhRazorpay *razorpay, char **argv)
{
  MhRzWanted wanted = wanted_of (argv);
  say ("order.create", mh_razorpay_order_create (razorpay, &wanted));
  say ("order.fetch", mh_razorpay_order_fetch (razorpay, argv[ARG_ORDER]));
  say ("order.receipt", mh_razorpay_orders_by_receipt (razorpay, wanted.reference));
  say ("order.payments", mh_razorpay_order_payments (razorpay, argv[ARG_ORDER]));
  say ("qr.create", mh_razorpay_qr_create (razorpay, &wanted));
  say ("qr.fetch", mh_razorpay_qr_fetch (razorpay, argv[ARG_CODE]));
  say ("qr.list", mh_razorpay_qr_list (razorpay, 1767225600, 100, 200));
  say ("qr.payments", mh_razorpay_qr_payments (razorpay, argv[ARG_CODE]));
  say ("qr.close", mh_razorpay_qr_close (razorpay, argv[ARG_CODE]));
  wanted.contact = "+919000000001";
  wanted.email = "someone@example.org";
  say ("link.create", mh_razorpay_link_create (razorpay, &wanted));
  say ("link.fetch", mh_razorpay_link_fetch (razorpay, argv[ARG_LINK]));
  say ("link.reference", mh_razorpay_links_by_reference (razorpay, wanted.reference));
  say ("link.cancel", mh_razorpay_link_cancel (razorpay, argv[ARG_LINK]));
}

static void
call_money (MhRazorpay *razorpay, char **argv)
{
  const char *payment = argv[ARG_PAYMENT];
  say ("payment.fetch", mh_razorpay_payment_fetch (razorpay, payment));
  say ("payment.capture", mh_razorpay_payment_capture (razorpay, payment, 118000, "INR"));
  say ("payment.refund",
       mh_razorpay_refund (razorpay, payment, 5000, "01a1fcf1-8801-7ea4-9fa7-019f4c1bc927"));
  say ("refund.fetch", mh_razorpay_refund_fetch (razorpay, payment, argv[ARG_REFUND]));
  say ("refund.list", mh_razorpay_refunds (razorpay, payment));
}

int
main (int argc, char **argv)
{
  if (argc != N_ARGS)
    return 2;
  const MhRazorpayConfig config
      = { .base_url = argv[ARG_URL], .key_id = "rzp_test_loopback", .key_secret = "sekret" };
  g_autoptr (MhRazorpay) razorpay = mh_razorpay_new (&config);
  call_doors (razorpay, argv);
  call_money (razorpay, argv);
  return 0;
}
