/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One order in front of the verifier: who, what was found, how it will print, and the decision. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_VERIFY_PANE (mh_verify_pane_get_type ())
/* Signal "decided" (const char *order_id): it was verified or returned. Uses the actions
 * "verify.accept", "verify.return", "verify.withdraw" and "verify.preview" of a parent. */
G_DECLARE_FINAL_TYPE (MhVerifyPane, mh_verify_pane, MH, VERIFY_PANE, MhPane)

void mh_verify_pane_show (MhVerifyPane *pane, const char *order_id); /* NULL: nothing */
/* The button "split.back", for the page to hide where both sides have room. */
GtkWidget *mh_verify_pane_back (MhVerifyPane *pane);
/* The keys to the values, or to the way back where only this side is seen. */
void mh_verify_pane_grab (MhVerifyPane *pane);
const char *mh_verify_pane_order_id (MhVerifyPane *pane); /* or NULL */
/* Nothing happens while it may not be decided. */
void mh_verify_pane_accept (MhVerifyPane *pane);
void mh_verify_pane_return (MhVerifyPane *pane);
/* Takes back what is verified and not reported yet. */
void mh_verify_pane_withdraw (MhVerifyPane *pane);
/* The report as it will print instead of the results; and back. */
void mh_verify_pane_preview (MhVerifyPane *pane);

G_END_DECLS
