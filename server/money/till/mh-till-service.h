/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The cashier's drawer (rules.md 11): opened with a float, counted blind by denomination, closed
 * with a reason for every difference; days are locked when all their drawers are closed.
 */
#include "server/money/till/mh-till-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* For payments and refunds in cash: the open drawer of this person, to be written into the payment.
 * Where none is open one is opened without float, unless setting cash.session_required says
 * otherwise (MH_ERROR_CONFLICT). MH_ERROR_CONFLICT too when today is locked. *out_session_id:
 * caller frees; NULL when the server itself acts. */
gboolean mh_till_service_cash (const MhRequest *req, char **out_session_id, GError **error);

/* Has this person a drawer open in their hospital? */
gboolean mh_till_service_has_open (const MhRequest *req, gboolean *out_has, GError **error);
/* MH_ERROR_INVALID on "amount" when @amount cannot be handed out of the drawer. One that a payment
 * opened, whose float nobody counted, covers everything. */
gboolean mh_till_service_covers (MhDb *db, const char *session_id, gint64 amount, GError **error);
/* When money that arrived at @at enters the books: then, or at @now where that day is closed for
 * the hospital (its totals are signed). */
gboolean mh_till_service_book_at (const MhRequest *req,
                                  const char *hospital_id,
                                  gint64 at,
                                  gint64 now,
                                  gint64 *out_at,
                                  GError **error);

/* Announces it; see mh_db_prefetch(). */
void mh_till_service_prefetch (const MhRequest *req);

/* One's own drawer; the one that a payment opened takes the float given here. MH_ERROR_CONFLICT:
 * one is open already. */
MhRecord *mh_till_service_open (const MhRequest *req, MhRecord *draft, GError **error);
/* Money put in or taken out other than by a patient; only while the drawer is open. */
MhRecord *
mh_till_service_move (const MhRequest *req, const char *id, MhRecord *draft, GError **error);
/* What lies in the drawer. Shows what should have; may be repeated, every count is kept. */
MhRecord *
mh_till_service_count (const MhRequest *req, const char *id, MhRecord *counting, GError **error);
/* A counted drawer; a difference needs its reason, a large one a second person. */
MhRecord *
mh_till_service_close (const MhRequest *req, const char *id, MhRecord *closing, GError **error);
/* With counts and movements. Others' drawers need MH_MAY_READ_TILL. */
MhRecord *mh_till_service_read (const MhRequest *req, const char *id, GError **error);
GPtrArray *mh_till_service_list (const MhRequest *req, const MhTillQuery *query, GError **error);

/* No more cash on that day: MH_ERROR_CONFLICT while a drawer of it is not closed. */
MhRecord *
mh_till_service_lock (const MhRequest *req, const char *day, MhRecord *locking, GError **error);
/* Needs a note. Gives the lock that is gone. */
MhRecord *
mh_till_service_unlock (const MhRequest *req, const char *day, MhRecord *locking, GError **error);
/* Everything taken and given back on a day of the actor's hospital, with totals and drawers. */
MhRecord *mh_till_service_day_book (const MhRequest *req, const char *day, GError **error);
/* The same as a file, with a reader of its own: for a spreadsheet, or on paper. */
GBytes *
mh_till_service_book_csv (MhServer *server, const MhActor *actor, const char *day, GError **error);
GBytes *mh_till_service_book_pdf (MhServer *server,
                                  const MhActor *actor,
                                  const char *day,
                                  const char *language,
                                  GError **error);

G_END_DECLS
