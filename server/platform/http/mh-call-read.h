/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room: everything a request says, checked before a handler sees it. */
#include "server/platform/http/mh-call-private.h"

G_BEGIN_DECLS

/* Names that the route does not know, names given twice, wrong kinds: MH_ERROR_MALFORMED. */
gboolean mh_call_read_query (MhCall *call, GError **error);
/* If-Match; a PATCH without it is MH_ERROR_MALFORMED. */
gboolean mh_call_read_if_match (MhCall *call, GError **error);
/* Content type, JSON, record, validation. Can be repeated for a fresh record. */
gboolean mh_call_read_body (MhCall *call, GError **error);
/* Ids in the path have the form of ids; otherwise there is no such record: MH_ERROR_NOT_FOUND. */
gboolean mh_call_read_params (MhCall *call, guint id_params, GError **error);

G_END_DECLS
