/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The receipt for an 80 mm thermal roll, as long as it needs. Black only. */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

typedef struct
{
  MhRecord *hospital; /* mh_hospital_type */
  MhRecord *patient;  /* mh_patient_type */
  MhRecord *order;    /* mh_order_type with its items; NULL: a deposit */
  MhRecord *payment;  /* mh_payment_type; one with .refund_of prints as a refund */
  MhRecord *receipt;  /* mh_receipt_type */
} MhReceipt;

/* @copy 0: the original; n: marked "DUPLICATE n". Finished, ready to draw; transfer full. */
MhDocument *mh_report_receipt (const MhReceipt *receipt, const char *language, guint copy);

G_END_DECLS
