/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Where an emergency is: what the caller says, and the place on the map that it means (an address,
 * a crossing, a landmark, coordinates, a plus code). It is looked for while it is typed; what is
 * not found stays in words.
 */
#include "client/models/mh-place.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CALL_PLACE (mh_call_place_get_type ())
/* Signals: "changed": mh_call_place_tell() would say another thing now, and nobody types at it any
 * more; "done": Enter, the next field is meant. */
G_DECLARE_FINAL_TYPE (MhCallPlace, mh_call_place, MH, CALL_PLACE, MhPane)

/* As a call keeps it ("location"); NULL: nothing is known. Caller frees. */
char *mh_call_place_tell (MhCallPlace *place);
/* NULL: nothing. */
void mh_call_place_take (MhCallPlace *place, const char *json);
/* Chosen already, on the map. */
void mh_call_place_set (MhCallPlace *place, MhPlace *chosen);
/* In words, or NULL; caller frees. */
char *mh_call_place_text (MhCallPlace *place);

G_END_DECLS
