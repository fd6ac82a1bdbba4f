/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The OpenAPI 3.1 document of the server, made from the route tables and the record descriptions:
 * what it says cannot differ from what the router and the checks do. */
#include "server/platform/http/mh-router.h"

G_BEGIN_DECLS

GBytes *mh_openapi_make (MhRouter *router);

G_END_DECLS
