/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The colour behind the hospital's name at the head of an e-mail. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

#define MH_SET_MAIL_ACCENT "mail.accent"
#define MH_MAIL_ACCENT "#0f766e"

/* @colour is "#rrggbb" in which white letters can be read: contrast 4.5 or more. Pure. */
gboolean mh_accent_is_fine (const char *colour);

G_END_DECLS
