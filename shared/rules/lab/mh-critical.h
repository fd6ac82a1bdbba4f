/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Rules of telling critical values (rules.md 3), without I/O. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Minutes in which a critical value has to be told, and after which another attempt follows, when
 * the hospital has set nothing. */
#define MH_CRITICAL_MINUTES 30
#define MH_CRITICAL_RETRY_MINUTES 15

/* Was @value said back? A number must be among the numbers of @read_back ("6.80" is 6.8, "K+ was
 * six, 6.8" holds it, "68" does not); of any other value it is enough that something was. */
gboolean mh_critical_read_back_holds (const char *value, const char *read_back);
/* Is a figure wanted and none there? "zero point zero one" cannot be compared with 0.01. */
gboolean mh_critical_read_back_lacks_figure (const char *value, const char *read_back);
/* Whose turn is next: orderer → ward or on call → head → director, who stays. */
const char *mh_critical_rung_after (const char *rung);
/* Which rung it is at @now, when the item opened at @opened_at and nobody has read it back: the
 * orderer's until @due_at, then one rung every @retry (µs). */
const char *mh_critical_rung_at (gint64 due_at, gint64 retry, gint64 now);
/* NULL: an item in @state may be closed for @reason. Else why not, in English: what nobody read
 * back cannot close as acknowledged. */
const char *mh_critical_may_close (const char *state, gboolean acknowledged, const char *reason);

/* Figures of @items (mh_critical_item_type), which may be of several departments. Duplicates and
 * errors do not count, nor does what is open and not yet due. Transfer full; @department NULL: all.
 */
MhRecord *mh_critical_figure (GPtrArray *items, const char *department, gint64 now);
/* One for each department among them, by name, what has none last. */
GPtrArray *mh_critical_figures_by_department (GPtrArray *items, gint64 now);

G_END_DECLS
