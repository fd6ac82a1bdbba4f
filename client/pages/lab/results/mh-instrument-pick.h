/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* "Measured on": which analyser typed values come from, asked where several can have measured them.
 * The answer is remembered at this desk for each bench until another person answers, and goes with
 * every value that the same person types. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_INSTRUMENT_PICK (mh_instrument_pick_get_type ())
/* Signal: "picked" (char *bench, char *instrument): a code, or MH_INSTRUMENT_BY_HAND. */
G_DECLARE_FINAL_TYPE (MhInstrumentPick, mh_instrument_pick, MH, INSTRUMENT_PICK, MhPane)

/* @row: mh_result_row_type with the focus; NULL, or with nothing to choose from: hidden. */
void mh_instrument_pick_show (MhInstrumentPick *pick, MhRecord *row);
/* What @who (a user name) chose at this desk for the bench of @row, if the row may be measured on
 * it; else NULL. Caller frees. */
char *mh_instrument_pick_remembered (MhRecord *row, const char *who);
/* Forgets what anybody else has chosen. */
void mh_instrument_pick_remember (const char *who, const char *bench, const char *code);

G_END_DECLS
