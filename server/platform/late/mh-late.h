/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Parts of the server with large libraries behind them that most of its requests do without: shared
 * objects of their own, loaded when first needed and kept. Linked in, those libraries would be in
 * every server's memory, and in its start, from the first moment.
 *
 * A part calls GLib and its library, and nothing else of ours, so that nothing of ours is there
 * twice. Its functions are called through a pointer of their own type:
 *
 *     typeof (&mh_late_pdf_lock) lock = mh_late_find ("pdf", "mh_late_pdf_lock", error); */
#include <glib.h>

G_BEGIN_DECLS

/* A function of the part, libmh-late-@part.so in the folder of this version's parts. NULL with
 * MH_ERROR_INTERNAL: there is none. Any thread. */
gpointer mh_late_find (const char *part, const char *function, GError **error);

G_END_DECLS
