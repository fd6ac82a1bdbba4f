/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Values that are determined twice before they leave the laboratory, such as a blood group: the
 * second time by another person, who does not go by the first. */
#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MH_SECOND_NOT_WANTED,
  MH_SECOND_NO_FIRST, /* nothing is there that could be confirmed */
  MH_SECOND_MISSING,
  MH_SECOND_SAME_PERSON, /* no second determination at all */
  MH_SECOND_DIFFERS,
  MH_SECOND_AGREES,
} MhSecond;

typedef struct
{
  gboolean wanted;
  const char *first, *second;       /* the values as kept, NULL: none */
  const char *first_by, *second_by; /* NULL: no person, an analyser */
} MhSecondCase;

MhSecond mh_second_state (const MhSecondCase *value);
/* May the value not be released yet? One that could not be determined, and is answered by a remark,
 * needs no second. */
gboolean mh_second_keeps_back (MhSecond state);

G_END_DECLS
