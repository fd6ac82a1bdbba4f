/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Routes of appointments, queues and the waiting list. */
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

void mh_appointments_bind (MhRouter *router);

G_END_DECLS
