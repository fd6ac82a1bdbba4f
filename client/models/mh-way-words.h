/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The steps of a route in the language of this desk: the server's text is in its own. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Of a step that does not tell its turn, or one that this desk does not know, the server's text.
 * Caller frees. */
char *mh_way_words (MhRecord *step);

G_END_DECLS
