/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Routes of internal quality control. */
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

void mh_qc_bind (MhRouter *router);

G_END_DECLS
