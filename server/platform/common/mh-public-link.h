/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Addresses of the pages that patients open: below the hospital's public address, by one letter and
 * a code that cannot be guessed and tells nothing. */
#include <glib.h>

G_BEGIN_DECLS

#define MH_PUBLIC_PAPER "r"       /* a report or a prescription */
#define MH_PUBLIC_FEEDBACK "f"    /* how it was */
#define MH_PUBLIC_APPOINTMENT "a" /* a booking */

/* "https://hospital.example/r/CODE". @base: the setting server.public_url, with or without a slash
 * at its end. NULL: it is empty or no web address, or there is no code. Caller frees. */
char *mh_public_link (const char *base, const char *page, const char *code);

G_END_DECLS
