/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Handlers of units that are sent to calls: shared/proto/dispatch/mh-routes-calls.c. */
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

void mh_missions_bind (MhRouter *router);

G_END_DECLS
