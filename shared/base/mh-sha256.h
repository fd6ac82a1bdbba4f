/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SHA-256 (FIPS 180-4), told as 64 small hexadecimal digits, by libnettle: it uses the processor's
 * own instructions, which makes it five times as fast as libsodium's or GLib's. Each change and
 * each read of a patient is hashed for the audit trail. */
#include <glib.h>
#include <nettle/sha2.h>

G_BEGIN_DECLS

#define MH_SHA256_SIZE SHA256_DIGEST_SIZE
#define MH_SHA256_HEX (2 * MH_SHA256_SIZE)

/* Of texts and bytes one after the other; begin, add, end. Holds nothing that is to be freed. */
typedef struct
{
  struct sha256_ctx inner;
} MhSha256;

void mh_sha256_begin (MhSha256 *sum);
void mh_sha256_add (MhSha256 *sum, gconstpointer data, gsize size);
/* NULL: nothing. */
void mh_sha256_add_text (MhSha256 *sum, const char *text);
/* Ends in one of these ways; the sum must begin anew after it. Transfer full. */
char *mh_sha256_end (MhSha256 *sum);
void mh_sha256_end_into (MhSha256 *sum, char out_hex[MH_SHA256_HEX + 1]);
void mh_sha256_end_digest (MhSha256 *sum, guint8 out_digest[MH_SHA256_SIZE]);

/* In one go. Transfer full. */
char *mh_sha256_of (gconstpointer data, gsize size);
char *mh_sha256_of_text (const char *text);
char *mh_sha256_of_bytes (GBytes *bytes);

G_END_DECLS
