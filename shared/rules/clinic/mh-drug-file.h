/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The shipped formulary and interactions (data/reference/) as records. Pure. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* @formulary: "mahima-formulary"; @interactions: "mahima-interactions". Medicines, ingredients,
 * interactions and cross-reactivity without ids, all unsigned: they wait for the hospital's
 * sign-off. MH_ERROR_INVALID for another format or a row that does not fit its description. */
GPtrArray *mh_drug_file_read (JsonObject *formulary, JsonObject *interactions, GError **error);

G_END_DECLS
