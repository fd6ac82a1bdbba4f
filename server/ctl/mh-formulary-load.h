/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The shipped formulary into a database; every row waits for sign-off. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Nothing when medicines are there already. */
gboolean mh_formulary_load (MhTx *tx, GError **error);

G_END_DECLS
