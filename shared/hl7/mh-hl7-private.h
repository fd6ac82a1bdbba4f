/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room. */
#include "shared/hl7/mh-hl7.h"

G_BEGIN_DECLS

void mh_hl7_put_escaped (GString *out, MhHl7Marks marks, const char *text);
/* Never NULL as long as @length fits memory. *out_wrong: the bytes are not what @charset says. */
char *mh_hl7_decode (const char *bytes, gsize length, const char *charset, gboolean *out_wrong);
GBytes *mh_hl7_encode (const char *text, gsize length, const char *charset);

G_END_DECLS
