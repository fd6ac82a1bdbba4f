/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How a cart is paid, as it is written when it is charged. */
#include "client/pages/lab/orders/mh-cart.h"

G_BEGIN_DECLS

typedef struct
{
  const char *method;    /* MH_METHOD_… */
  const char *tendered;  /* the cash that was given, as typed; "": the exact amount */
  const char *reference; /* of the slip or the transfer; "": none */
} MhCartPaid;

/* At the desk, and not by somebody else or later. */
gboolean mh_cart_pays_now (const char *method);
/* A slip or a transfer tells its number. */
gboolean mh_cart_pays_by_reference (const char *method);
/* What to give back of the cash, or what is wrong with it, in words. Caller frees. */
char *mh_cart_change_text (MhCart *cart, const char *tendered);
/* What a person forgot, in words; NULL: nothing. */
const char *mh_cart_payment_missing (MhCart *cart, const MhCartPaid *paid);
/* Of mh_payment_type, without its amount: what is due is told when the order is placed. */
MhRecord *mh_cart_payment_new (const MhCartPaid *paid);

G_END_DECLS
