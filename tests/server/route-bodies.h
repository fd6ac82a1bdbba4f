/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A body and a path for any call of the table, made from the description of what it takes. */
#include "shared/proto/mh-route.h"

G_BEGIN_DECLS

/* The id of no record. */
#define ROUTE_BODY_ID "01900000-0000-7000-8000-0000000000f1"

/* What @route requires and no more; whatever it refers to is @id. NULL: no body is known that its
 * type accepts; then one belongs into the table of route-bodies.c. Caller frees. */
char *route_body (const MhRoute *route, const char *id);
/* The path of @route with @id for whatever it names, and @query behind. Caller frees. */
char *route_path (const MhRoute *route, const char *id, const char *query);

G_END_DECLS
