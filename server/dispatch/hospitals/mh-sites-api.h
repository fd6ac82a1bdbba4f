/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

void mh_sites_bind (MhRouter *router);

G_END_DECLS
