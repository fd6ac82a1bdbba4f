/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Verification without a person, right after a test's values were entered (shared/rules/
 * mh-auto-verify.h). */
#include "server/lab/results/mh-results-plan.h"

G_BEGIN_DECLS

/* The tests of @plan (written just now) whose bench asks for no signature, or whose values the
 * hospital's rules all let go, are verified under the name "auto"; each of the other values is told
 * why it waits. Nothing when the switch verify.auto is off. */
gboolean mh_results_auto (MhTx *tx, MhResultsPlan *plan, GError **error);

G_END_DECLS
