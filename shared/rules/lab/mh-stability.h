/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How long a drawn sample keeps, by the temperature at which it was last told to be kept: up to
 * MH_STABILITY_FROZEN °C frozen, up to MH_STABILITY_FRIDGE °C in the refrigerator, warmer, or
 * never told, in the room. What a test does not state for the cold keeps as in the room.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_STABILITY_FROZEN "-10"
#define MH_STABILITY_FRIDGE "8"

/* The field of MhTest that says how long at @temperature (°C, NULL: never told). */
guint mh_stability_field (const char *temperature);
/* The last instant at which @test may be measured from what was drawn @collected. 0: the test
 * states nothing. */
gint64 mh_stability_until (MhRecord *test, const char *temperature, gint64 collected);
/* Of a tube: until when the first of @tests (MhTest) keeps; 0: none states it. *out_names: the
 * short names of those that keep no longer. Caller frees. */
gint64 mh_stability_of_tube (GPtrArray *tests,
                             const char *temperature,
                             gint64 collected,
                             char **out_names);
/* Is @at later than a sample keeps? @until 0: never. */
gboolean mh_stability_is_over (gint64 until, gint64 at);
/* Was the value of @row (MhResultRow) measured too late? What is being typed is measured @now. */
gboolean mh_stability_is_row_over (MhRecord *row, gboolean typing, gint64 now);

G_END_DECLS
