/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of mh-text.h. */
#include <glib.h>

G_BEGIN_DECLS

/* What all spellings of one Arabic or Indian name sound like; NULL: not one of those listed. */
const char *mh_text_family_sound (const char *word);

G_END_DECLS
