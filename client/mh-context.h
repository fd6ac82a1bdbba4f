/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a page may reach: who is signed in and what they may do, the models' sources, the clock.
 * Made in mh-app.c and handed down as a construct property; there are no singletons. Knows no
 * widget.
 */
#include "client/api/mh-api.h"
#include "client/cache/mh-cache.h"
#include "client/sync/mh-sync.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"

G_BEGIN_DECLS

#define MH_TYPE_CONTEXT (mh_context_get_type ())
/* Property "signed-in" (boolean), "user-name" (string). Signals "session-expired": lock and ask;
 * "leaving": nobody will type here any more, keep the last keys now. */
G_DECLARE_FINAL_TYPE (MhContext, mh_context, MH, CONTEXT, GObject)

/* @folder: where local copies live. */
MhContext *mh_context_new (const char *server, const char *folder);
MhApi *mh_context_api (MhContext *context);
MhCache *mh_context_cache (MhContext *context);
MhSync *mh_context_sync (MhContext *context);
MhClock *mh_context_clock (MhContext *context);
const char *mh_context_server (MhContext *context);

/* With the server; when it is away, with what this desk remembers of the person. @code: of the
 * second factor, NULL for none; an account that has one and no code gets MH_ERROR_UNAUTHORIZED with
 * an issue on totp. @hospital_id: where this desk stands, or NULL; who works in several and in none
 * of that id gets the issues that MH_ISSUE_CHOOSE_HOSPITAL begins. */
typedef struct
{
  const char *username, *password;
  const char *code;        /* of the second factor; NULL: none */
  const char *hospital_id; /* NULL: the person's own */
} MhCredentials;

void mh_context_sign_in_async (MhContext *context,
                               const MhCredentials *credentials,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
/* *out_offline: TRUE when the server was not asked. */
gboolean mh_context_sign_in_finish (MhContext *context,
                                    GAsyncResult *result,
                                    gboolean *out_offline,
                                    GError **error);
/* After a sign-in that ended with the issue MH_ISSUE_PASSWORD_DUE: goes in with @fresh, a password
 * of the person's own. End it with mh_context_sign_in_finish(). */
void mh_context_choose_password_async (MhContext *context,
                                       const char *present,
                                       const char *fresh,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
/* Who gave the password that is due, or NULL. Borrowed. */
const char *mh_context_password_giver (MhContext *context);
void mh_context_sign_out (MhContext *context);
/* Before the program ends: "leaving", then waits until the local copy has it on disk. */
void mh_context_leave (MhContext *context);
gboolean mh_context_is_signed_in (MhContext *context);

/* What the server calls this desk (at most 40 characters). */
void mh_context_set_desk (MhContext *context, const char *code);
/* Where one has signed in; NULL: nowhere, or as somebody of no hospital. */
MhRecord *mh_context_hospital (MhContext *context);
/* The signed-in person (a user record), NULL before. */
MhRecord *mh_context_user (MhContext *context);
const char *mh_context_username (MhContext *context);
/* Minor units added to every order, as the server told when one signed in. */
gint64 mh_context_order_tax (MhContext *context);
/* Without a key or a click; as the server told when one signed in. */
guint mh_context_lock_minutes (MhContext *context);
/* ISO 4217, of the hospital one is signed in at. */
const char *mh_context_currency (MhContext *context);
/* Of the hospital one is signed in at: days and hours on every screen go by it (mh-when.h). UTC
 * where it names none, as on the server; the desk's own for somebody of no hospital. New reference.
 */
GTimeZone *mh_context_zone (MhContext *context);
MhDate mh_context_today (MhContext *context);
gboolean mh_context_may (MhContext *context, const char *permission);

G_END_DECLS
