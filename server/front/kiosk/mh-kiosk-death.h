/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Watches patients: the visits of who has died end. Before the first request. */
void mh_kiosk_observe (MhServer *server);

G_END_DECLS
