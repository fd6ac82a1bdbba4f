/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Routes of worksheets. */
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

void mh_worksheets_bind (MhRouter *router);

G_END_DECLS
