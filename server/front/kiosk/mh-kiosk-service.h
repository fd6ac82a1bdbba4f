/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Visits at a kiosk. Somebody proves who they are (phone and date of birth, exactly, or by being
 * registered there and then) and gets a token of thirty minutes, kept as a hash; each question
 * carries it and reaches that patient alone. With the first proof one sees the order of this visit;
 * for reports one also types the code that was sent to the telephone the hospital knows.
 *
 * Wrong attempts are counted by number, by patient and by kiosk, in transactions of their own: they
 * count although the question was refused.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/front/mh-kiosk.h"

G_BEGIN_DECLS

#define MH_KIOSK_VISIT_LIFE (30 * MH_MINUTE)
/* Wrong guesses of one number, and of one kiosk, until it has to wait. */
#define MH_KIOSK_GUESSES 5
#define MH_KIOSK_GUESSES_DEVICE 30

MhRecord *mh_kiosk_service_state (const MhRequest *req, GError **error);
GPtrArray *mh_kiosk_service_tests (const MhRequest *req, const char *language, GError **error);

/* --- who is there; each in transactions of its own: never from the write queue --- */

/* A kiosk_visitor. MH_ERROR_NOT_FOUND in the same words whether nobody or more than one fits;
 * MH_ERROR_RATE after too many of these. */
MhRecord *mh_kiosk_service_find (MhServer *server,
                                 const MhActor *actor,
                                 const MhWho *who,
                                 MhRecord *person,
                                 GError **error);
/* MH_ERROR_CONFLICT, without saying who, when somebody like that is registered. */
MhRecord *mh_kiosk_service_register (MhServer *server,
                                     const MhActor *actor,
                                     const MhWho *who,
                                     MhRecord *person,
                                     GError **error);
/* Sends six digits to the patient's own number. A kiosk_code. MH_ERROR_CONFLICT: no SMS service, no
 * number; MH_ERROR_RATE: one was sent less than a minute ago, or four in this hour. */
MhRecord *mh_kiosk_service_code (MhServer *server,
                                 const MhActor *actor,
                                 const MhWho *who,
                                 MhRecord *ask,
                                 GError **error);
/* A kiosk_visitor whose proof is the code. MH_ERROR_INVALID on "code": wrong; after five wrong ones
 * or ten minutes another must be sent. */
MhRecord *mh_kiosk_service_verify (MhServer *server,
                                   const MhActor *actor,
                                   const MhWho *who,
                                   MhRecord *ask,
                                   GError **error);
gboolean mh_kiosk_service_end (const MhRequest *req, MhRecord *ask, GError **error);

/* The visit of that token. MH_ERROR_NOT_FOUND: unknown, of another kiosk, over; MH_ERROR_FORBIDDEN:
 * not proved by
 * @proof. */
MhRecord *mh_kiosk_service_visit (const MhRequest *req,
                                  MhRecord *ask,
                                  const char *proof,
                                  gint64 now,
                                  GError **error);

/* --- what a visitor does --- */

MhRecord *mh_kiosk_service_quote (const MhRequest *req, MhRecord *ask, gint64 now, GError **error);
/* One order for a visit. */
MhRecord *mh_kiosk_service_order (const MhRequest *req, MhRecord *ask, GError **error);
MhRecord *
mh_kiosk_service_pay (const MhRequest *req, const char *order_id, MhRecord *ask, GError **error);
MhRecord *mh_kiosk_service_paid (const MhRequest *req,
                                 const char *order_id,
                                 MhRecord *ask,
                                 gint64 now,
                                 GError **error);
GBytes *mh_kiosk_service_image (const MhRequest *req,
                                const char *order_id,
                                MhRecord *ask,
                                gint64 now,
                                char **out_media,
                                GError **error);
gboolean mh_kiosk_service_at_desk (const MhRequest *req,
                                   const char *order_id,
                                   MhRecord *ask,
                                   GError **error);
MhRecord *mh_kiosk_service_feedback (const MhRequest *req,
                                     const char *order_id,
                                     MhRecord *ask,
                                     GError **error);
GPtrArray *
mh_kiosk_service_reports (const MhRequest *req, MhRecord *ask, gint64 now, GError **error);
/* Counted as a copy. Takes readers of its own: workers only. Caller owns *out_name. */
GBytes *mh_kiosk_service_report (const MhRequest *req,
                                 const MhWho *who,
                                 const char *order_id,
                                 MhRecord *ask,
                                 char **out_name,
                                 GError **error);

/* --- the staff's PIN --- */

gboolean mh_kiosk_service_set_pin (const MhRequest *req, MhRecord *pin, GError **error);
/* MH_ERROR_INVALID on "pin": wrong. MH_ERROR_CONFLICT: none is set. MH_ERROR_RATE: after five wrong
 * ones. */
gboolean mh_kiosk_service_leave (MhServer *server,
                                 const MhActor *actor,
                                 const MhWho *who,
                                 MhRecord *pin,
                                 GError **error);

G_END_DECLS
