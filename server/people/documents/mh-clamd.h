/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Asking ClamAV's daemon about a file by its INSTREAM command (clamd(8)): the file goes over the
 * line, so the daemon needs no access to our files. */
#include <gio/gio.h>

G_BEGIN_DECLS

/* @address: "unix:/run/clamav/clamd.ctl" or "tcp:127.0.0.1:3310". TRUE: the daemon gave its
 * verdict; *out_threat names what it found, NULL: nothing. FALSE with @error: nobody knows, try
 * again later. Blocks for at most a minute without a sign of life. Caller frees *out_threat. */
gboolean mh_clamd_scan (const char *address, GBytes *file, char **out_threat, GError **error);
/* Is the address one of the two forms? Pure. */
gboolean mh_clamd_is_address (const char *address);

G_END_DECLS
