/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

/* analyser.…, analyser_map.…, analyser_message.…, device_result.… */
void mh_analysers_bind (MhRouter *router);

G_END_DECLS
