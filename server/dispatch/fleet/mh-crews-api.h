/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Handlers of crews, states and positions: shared/proto/dispatch/mh-routes-dispatch.c. */
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

void mh_crews_bind (MhRouter *router);

G_END_DECLS
