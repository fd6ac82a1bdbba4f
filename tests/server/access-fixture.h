/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Two hospitals with a few people, on a real store whose clock the test sets. */
#include "server/platform/auth/mh-login.h"
#include "tests/server/mh-test-db.h"

G_BEGIN_DECLS

#define HOUSE_NOW G_GINT64_CONSTANT (1795249530123000)
#define HOUSE_A "01900000-0000-7000-8000-00000000000a"
#define HOUSE_B "01900000-0000-7000-8000-00000000000b"
#define HOUSE_PASSWORD "violet tram 7 kettle"

typedef struct
{
  const MhTestDb *test;
  MhClock *clock;
  MhStore *store;
  MhSessions *sessions;
} House;

/* asha: technician of A; boss: administrator of all; chief: may change users of A; bina: technician
 * of B. */
House *house_new (const MhTestDb *test);
void house_free (House *house);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (House, house_free)

/* A second server process on the same data. */
MhSessions *house_sessions (MhStore *store);
MhDb *house_reader (House *house);
MhRecord *house_user (House *house, const char *username);
/* An actor with the rights the user has now. */
MhActor *house_actor (House *house, const char *username);
/* Signs in; NULL with @error. Caller frees the token. */
char *house_login (House *house, const char *username, const char *password, GError **error);
/* The same with a code of the second factor (NULL: none). */
char *house_login_code (House *house,
                        const char *username,
                        const char *password,
                        const char *code,
                        GError **error);
/* Is the token good in @sessions? */
gboolean house_is_in (MhSessions *sessions, const char *token);
gboolean house_write (House *house, MhTxFunc func, gpointer data, GError **error);
guint house_count (House *house, const MhRecordType *type, const char *column, const char *value);

G_END_DECLS
