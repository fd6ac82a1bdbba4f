/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Papers of the clinic that bring several rooms together. */
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

void mh_visit_paper_bind (MhRouter *router);

G_END_DECLS
