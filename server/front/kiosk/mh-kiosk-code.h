/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Six digits sent to the telephone that the hospital knows: good for ten minutes and five tries,
 * four an hour for each patient. For visits at a kiosk and on the public pages, which are
 * kiosk_session records; all of it runs in the caller's transaction.
 */
#include "server/platform/store/mh-store.h"
#include "shared/records/front/mh-kiosk.h"

G_BEGIN_DECLS

#define MH_KIOSK_CODE_LIFE (10 * MH_MINUTE)
#define MH_KIOSK_CODE_TRIES 5
#define MH_KIOSK_CODE_PAUSE MH_MINUTE
#define MH_KIOSK_CODES_PER_HOUR 4

/* Sends a code to the phone of @patient and keeps its hash in the visit @before, which is stored
 * already; *out_after is the visit then. @patient NULL, or without a number: all but the message,
 * for whom nobody should learn that. MH_ERROR_RATE: one was sent less than a minute ago, or four in
 * this hour. */
gboolean mh_kiosk_code_send (MhTx *tx,
                             MhRecord *before,
                             const char *token,
                             MhRecord *patient,
                             MhRecord **out_after,
                             GError **error);

typedef enum
{
  MH_KIOSK_CODE_RIGHT, /* the visit's proof is the code now */
  MH_KIOSK_CODE_WRONG, /* counted: the transaction must be committed */
  MH_KIOSK_CODE_SPENT, /* none was sent, too late, or tried too often */
} MhKioskCodeTry;

/* What was typed for the code that was sent to the visit of @token. */
typedef struct
{
  const char *token, *typed;
} MhKioskCodeTyped;

/* *out_after NULL: the visit is as it was. */
gboolean mh_kiosk_code_try (MhTx *tx,
                            MhRecord *before,
                            MhKioskCodeTyped typed,
                            MhKioskCodeTry *out_try,
                            MhRecord **out_after,
                            GError **error);

/* Visits that are over since yesterday are forgotten. */
gboolean mh_kiosk_code_purge (MhTx *tx, GError **error);

G_END_DECLS
