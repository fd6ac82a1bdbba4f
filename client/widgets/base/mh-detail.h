/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One thing beside its list, as people read it: what it is, whose, how much; how it stands and what
 * is to be done; its amounts in a column; what happened; and folded away what only a technician
 * asks for. Filled anew each time: mh_detail_clear(), then the parts in this order.
 */
#include <gtk/gtk.h>

#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_TYPE_DETAIL (mh_detail_get_type ())
G_DECLARE_FINAL_TYPE (MhDetail, mh_detail, MH, DETAIL, GtkWidget)

/* Empty but for @words, which say what to choose; NULL: nothing at all. */
void mh_detail_clear (MhDetail *detail, const char *words);
/* @what: "Payment in cash"; @large: the amount, the name; @who and @under may be NULL. */
void mh_detail_head (MhDetail *detail,
                     const char *what,
                     const char *large,
                     const char *who,
                     const char *under);
/* @state: "✓ Received"; @style: "mh-good", "mh-warm", "mh-bad", "mh-cool" or NULL; @next: what it
 * means and what to do, may be NULL. */
void mh_detail_state (MhDetail *detail, const char *state, const char *style, const char *next);
void mh_detail_heading (MhDetail *detail, const char *text);
/* A line of the table of amounts; @under may be NULL. @whole: a sum, set off from what is above. */
void mh_detail_amount (MhDetail *detail,
                       const char *what,
                       const char *amount,
                       const char *under,
                       gboolean whole);
/* The field's amount with its label, unless it is zero or unset. */
void mh_detail_amount_of (MhDetail *detail, MhRecord *record, guint field, const char *currency);
/* As mh_timeline_add(); nothing when @at is 0. */
void mh_detail_event (MhDetail *detail,
                      gint64 at,
                      const char *what,
                      const char *who,
                      const char *words,
                      const char *style);
/* A label and its value under "Details", which is folded until it is opened; an empty value is left
 * out. */
void mh_detail_fact (MhDetail *detail, const char *label, const char *value);
/* Those of @fields (ends with 0) that have a value. */
void mh_detail_facts (MhDetail *detail, MhRecord *record, const guint *fields);

G_END_DECLS
