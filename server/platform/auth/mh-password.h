/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Passwords: what may be one, and how it rests (Argon2id by libsodium, PHC string). Hashing takes
 * memory and time on purpose; a hasher lets only so many run at once, so that a flood of log-ins
 * can neither exhaust the memory nor starve the workers.
 */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

#define MH_PASSWORD_MIN_LENGTH 10
/* What every demonstration account has; refused for all others. */
#define MH_PASSWORD_DEMONSTRATION "mahima-demo"

/* OWASP's password storage cheat sheet holds 7 MiB with five passes, 12 with three and 19 with two
 * for equal defences; the least memory leaves the server small while people sign in. */
#define MH_PASSWORD_MEMORY_KIB 7168
#define MH_PASSWORD_PASSES 5

typedef struct
{
  guint memory_kib; /* 0: MH_PASSWORD_MEMORY_KIB */
  guint passes;     /* 0: MH_PASSWORD_PASSES */
  guint at_once;    /* 0: 2 */
  guint waiting;    /* 0: 64; more are refused with MH_ERROR_BUSY */
} MhPasswordCost;

typedef struct _MhHasher MhHasher;

MhHasher *mh_hasher_new (const MhPasswordCost *cost); /* NULL: defaults */
void mh_hasher_free (MhHasher *hasher);
/* Caller frees; NULL with MH_ERROR_BUSY when too many wait or memory is short. */
char *mh_hasher_hash (MhHasher *hasher, const char *password, GError **error);
/* The same without waiting for a turn: for the write queue, which is one thread and must not wait
 * behind log-ins. */
char *mh_hasher_hash_now (MhHasher *hasher, const char *password, GError **error);
/* *out_matches whether @password made @hash. @hash NULL: nobody's; takes as long as a real one and
 * never matches, so that time does not tell whether an account exists. */
gboolean mh_hasher_verify (MhHasher *hasher,
                           const char *hash,
                           const char *password,
                           gboolean *out_matches,
                           GError **error);
/* Was @hash made with other costs than today's? Then hash again at the next log-in. */
gboolean mh_hasher_is_outdated (MhHasher *hasher, const char *hash);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhHasher, mh_hasher_free)

/* The policy. MH_ERROR_INVALID on field "password": too_short, too_common, contains_name,
 * same_letter. */
gboolean mh_password_check (const char *password,
                            const char *username,
                            gboolean demonstration,
                            GError **error);

G_END_DECLS
