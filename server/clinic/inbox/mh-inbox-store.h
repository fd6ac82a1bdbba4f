/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

typedef struct
{
  const char *hospital_id;   /* NULL: of all */
  const char *user_id;       /* of this doctor; with a department: of all but this one */
  const char *department_id; /* of the doctors of this department; NULL: of one doctor */
  gboolean seen;
  const char *after_id; /* NULL: from the first on */
  guint limit;
} MhInboxQuery;

/* In the order that mh-inbox-item.h tells. */
GPtrArray *mh_inbox_store_list (MhDb *db, const MhInboxQuery *query, GError **error);
/* Of every doctor. */
GPtrArray *mh_inbox_store_of_order (MhDb *db, const char *order_id, GError **error);

G_END_DECLS
