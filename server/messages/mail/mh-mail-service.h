/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Telling patients by e-mail (rules.md 17). A mail is a row written in the transaction of its
 * cause, and a job that sends it; nothing is sent from a request. One cause gives one mail.
 */
#include "server/messages/mail/mh-mail-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

#define MH_JOB_MAIL_SEND "mail.send"
#define MH_JOB_MAIL_BOUNCES "mail.bounces"

gboolean mh_mail_service_is_configured (MhServer *server);

typedef struct
{
  const char *event; /* MH_MAIL_… */
  MhRecord *order;
  const char *key;       /* tells causes of one event apart (payment, report version); or NULL */
  const char *report_id; /* what may be attached; or NULL */
  gint64 amount;         /* of a refund */
} MhMailCause;

/* In the transaction of the cause. TRUE also when nobody is told: mail is not set up, the patient
 * has no address, said no, or was told already. */
gboolean
mh_mail_service_tell (MhTx *tx, MhServer *server, const MhMailCause *cause, GError **error);
/* The same for an event that happens to an order once. */
gboolean mh_mail_service_order_event (MhTx *tx,
                                      MhServer *server,
                                      const char *event,
                                      MhRecord *order,
                                      GError **error);

/* To somebody of the house (@user_id), with nothing about the patient in it; @key tells causes of
 * one event apart. TRUE also when that person has no address. */
gboolean mh_mail_service_tell_user (MhTx *tx,
                                    const char *event,
                                    MhRecord *order,
                                    const char *user_id,
                                    const char *key,
                                    GError **error);

GPtrArray *mh_mail_service_list (const MhRequest *req, const MhMailQuery *query, GError **error);
/* A mail that failed, came back or was dropped goes out again. MH_ERROR_CONFLICT otherwise. */
MhRecord *mh_mail_service_retry (const MhRequest *req, const char *id, GError **error);
/* One that waits is not sent. MH_ERROR_CONFLICT once it is sent. */
MhRecord *mh_mail_service_drop (const MhRequest *req, const char *id, GError **error);

/* Every event in every language: the hospital's own text, else that of the house (without id). */
GPtrArray *mh_mail_service_templates (const MhRequest *req, GError **error);
/* Sets the hospital's own text for draft's event and language. */
MhRecord *mh_mail_service_set_template (const MhRequest *req, MhRecord *draft, GError **error);
/* Back to the text of the house. */
MhRecord *mh_mail_service_reset_template (const MhRequest *req, const char *id, GError **error);
/* @draft filled in with a patient who does not exist. */
MhRecord *mh_mail_service_preview (const MhRequest *req, MhRecord *draft, GError **error);

/* A delivery status notification that came in: acted upon once. *out_known: it was one of ours. */
gboolean mh_mail_service_bounce (MhTx *tx,
                                 const char *bytes,
                                 gsize length,
                                 gboolean *out_known,
                                 GError **error);

/* For the sending job. The text in force for an event. Transfer full. */
MhRecord *mh_mail_service_text (MhDb *db,
                                const char *hospital_id,
                                const char *event,
                                const char *language,
                                GError **error);
/* After so many attempts: µs to wait. Pure: 1, 5, 15, 60 minutes, then four hours. */
gint64 mh_mail_service_delay (gint64 attempts);
/* A mail is given up this long after it was queued. */
#define MH_MAIL_LIFE (48 * MH_HOUR)
gboolean mh_mail_service_enqueue (MhTx *tx, MhRecord *mail, gint64 run_at, GError **error);

G_END_DECLS
