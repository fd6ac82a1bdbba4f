/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Record ids: UUID version 7 (RFC 9562 section 5.7), lower case, 36 characters; made by whoever
 * creates the record. Ids made by one process ascend, also within a millisecond. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

#define MH_ID_LENGTH 36

char *mh_id_new (void);
/* For demonstration data and tests: made from @time_ms and 10 bytes of @random alone. */
char *mh_id_new_from (gint64 time_ms, const guint8 random[10]);
/* Any UUID in 8-4-4-4-12 form, lower case: in capitals one id would be two. */
gboolean mh_id_is_valid (const char *text);
/* The 32 digits of an id without its hyphens, and back from them, in any case of letters; for
 * addresses. NULL: not such a text. Caller frees. */
char *mh_id_brief (const char *id);
char *mh_id_from_brief (const char *digits, gsize length);
/* When an id of version 7 was made: an instant in µs, to the millisecond. 0 for any other text. */
gint64 mh_id_time (const char *id);

G_END_DECLS
