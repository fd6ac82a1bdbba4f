/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The protocol of emergency calls that comes with the program
 * (data/reference/dispatch-protocols.json). */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

gboolean mh_protocol_load (MhTx *tx, const char *hospital_id, GError **error);

G_END_DECLS
