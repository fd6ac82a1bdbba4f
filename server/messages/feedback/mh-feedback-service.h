/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How satisfied patients are. The mail with the report brings a code of ten signs that is typed on
 * a plain page or at the kiosk; at the kiosk and at the desk one is asked for the order itself. One
 * answer for an order, whichever comes first.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/messages/mh-feedback.h"

G_BEGIN_DECLS

/* Codes may be typed for this long. */
#define MH_FEEDBACK_LIFE (60 * MH_DAY)

/* A fresh code for the order, once only its hash is kept; an older one is void. *out_code NULL: it
 * was answered already. Caller frees. */
gboolean mh_feedback_service_invite (MhTx *tx,
                                     const char *hospital_id,
                                     const char *order_id,
                                     const char *language,
                                     char **out_code,
                                     GError **error);
typedef enum
{
  MH_FEEDBACK_UNKNOWN, /* or too old */
  MH_FEEDBACK_ASKED,
  MH_FEEDBACK_ANSWERED,
} MhFeedbackState;
/* How it stands with a code, typed as below. Takes a reader of its own. */
gboolean mh_feedback_service_state (MhServer *server,
                                    const char *code,
                                    MhFeedbackState *out_state,
                                    GError **error);
/* MH_ERROR_NOT_FOUND for a code that is unknown, too old or used. Lower case, spaces, hyphens, O
 * for 0 and I or L for 1 are understood. */
MhRecord *mh_feedback_service_answer (MhTx *tx, MhRecord *answer, GError **error);
/* The same in a transaction of its own: nobody is signed in. */
MhRecord *mh_feedback_service_submit (MhServer *server, MhRecord *answer, GError **error);
/* MH_ERROR_CONFLICT when the order was answered for already. */
MhRecord *mh_feedback_service_answer_for (const MhRequest *req,
                                          const char *order_id,
                                          MhRecord *answer,
                                          GError **error);

G_END_DECLS
