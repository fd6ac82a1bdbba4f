/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Bytes that came as text. */
#include <glib.h>

G_BEGIN_DECLS

/* RFC 4648 §4 with padding. GLib passes over what is no base 64; here nothing is passed over:
 * MH_ERROR_INVALID on @field. Empty text is no file. Transfer full. */
GBytes *mh_base64_decode (const char *text, const char *field, GError **error);

G_END_DECLS
