/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The assessments that come with the program (data/reference/forms.json). */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Writes the first version of each for that hospital. MH_ERROR_INVALID when one of them is no form.
 */
gboolean mh_forms_load (MhTx *tx, const char *hospital_id, GError **error);

G_END_DECLS
