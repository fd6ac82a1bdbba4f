/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Time-based one-time passwords (RFC 6238 on RFC 4226) with what every authenticator app knows:
 * SHA-1, six figures, steps of thirty seconds. The numbers come from liboath.
 */
#include <glib.h>

G_BEGIN_DECLS

#define MH_TOTP_STEP 30 /* seconds */
#define MH_TOTP_DIGITS 6
#define MH_RECOVERY_CODES 10

/* 20 random bytes as Base32 without padding. Caller frees. */
char *mh_totp_secret (void);
/* otpauth:// for a QR code; texts are percent-encoded. Caller frees. */
char *mh_totp_uri (const char *issuer, const char *account, const char *secret);
/* What was typed as six ASCII figures: spaces and hyphens are passed over, figures of every
 * script understood. FALSE:
 * this is no code. */
gboolean mh_totp_read (const char *typed, char out_code[MH_TOTP_DIGITS + 1]);
/* The step that @code belongs to: the present one, the one before or after, but none up to
 * @last_step (-1: none was used yet). -1: none of them. @now: µs since 1970. Compares in constant
 * time. */
gint64 mh_totp_match (const char *secret, const char *code, gint64 now, gint64 last_step);

/* "k2mn-7q4r-a3xw-p5tz": 80 random bits. Caller frees. */
char *mh_recovery_make (void);
/* As it was made, whatever case, spaces and hyphens were typed; NULL: this is no recovery code.
 * Caller frees. */
char *mh_recovery_read (const char *typed);

G_END_DECLS
