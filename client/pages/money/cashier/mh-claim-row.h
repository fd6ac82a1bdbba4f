/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One claim while a remittance is written: what came for it, and what becomes of the rest. */
#include <gtk/gtk.h>

#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_CLAIM_ROW (mh_claim_row_get_type ())
/* Signal "changed": something was typed or chosen. */
G_DECLARE_FINAL_TYPE (MhClaimRow, mh_claim_row, MH, CLAIM_ROW, GtkBox)

/* @may_write_off: the rest may be written off here. */
GtkWidget *mh_claim_row_new (MhRecord *claim, gboolean may_write_off);
/* As if the whole had been paid. */
void mh_claim_row_pay_all (MhClaimRow *row);
/* FALSE: what stands there is no amount, or more than is owed; said at the field, which has the
 * focus then. */
gboolean mh_claim_row_check (MhClaimRow *row);
gint64 mh_claim_row_paid (MhClaimRow *row);
gint64 mh_claim_row_denied (MhClaimRow *row);
/* Its line of the remittance; NULL: it stays as it is. */
MhRecord *mh_claim_row_line (MhClaimRow *row, const char *reason);
/* What the server refused of it. */
void mh_claim_row_refuse (MhClaimRow *row, const char *words);

G_END_DECLS
