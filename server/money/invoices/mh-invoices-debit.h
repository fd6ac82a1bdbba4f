/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The lines of a debit note, taxed as on the day it is written. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* @request: a debit_request. invoice_line records; NULL with MH_ERROR_INVALID for a code that is
 * not in the catalogue. An amount for each order is not charged a second time. */
GPtrArray *mh_invoices_debit_lines (MhCatalogueView *view,
                                    const char *hospital_id,
                                    const char *day,
                                    MhRecord *request,
                                    GError **error);

G_END_DECLS
