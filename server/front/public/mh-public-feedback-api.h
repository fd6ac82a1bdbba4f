/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

/* feedback.… */
void mh_public_feedback_bind (MhRouter *router);

G_END_DECLS
