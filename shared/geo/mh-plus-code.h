/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Plus codes (Open Location Code): "8FVC4G5C+9R" names 14 × 14 m. A short one, "4G5C+9R", means the
 * place of that kind nearest to where one is. */
#include "shared/geo/mh-geo.h"

G_BEGIN_DECLS

#define MH_PLUS_CODE_DIGITS 10
#define MH_PLUS_CODE_MOST_DIGITS 15

typedef enum
{
  MH_PLUS_CODE_NONE,
  MH_PLUS_CODE_SHORT,
  MH_PLUS_CODE_FULL,
} MhPlusCodeKind;

/* Capitals or not. */
MhPlusCodeKind mh_plus_code_kind (const char *text);
/* @digits: 2, 4, 6, 8, or 10 to 15. Caller frees. */
char *mh_plus_code_write (MhGeoPoint point, guint digits);
/* FALSE: no full code. */
gboolean mh_plus_code_read (const char *code, MhGeoBox *out_box);
/* The full code that a short one means near @near; a full one as it is, in capitals. NULL: neither.
 * Caller frees. */
char *mh_plus_code_recover (const char *code, MhGeoPoint near);

G_END_DECLS
