/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How states are told apart without their colours: a shape for each, and its CSS class. */
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *code;          /* NULL: the end of the table */
  const char *shape, *style; /* @style NULL: none */
} MhLook;

/* Of @code; that of a code that nobody knows is "?". Pure. */
MhLook mh_look_of (const MhLook *looks, const char *code);

G_END_DECLS
