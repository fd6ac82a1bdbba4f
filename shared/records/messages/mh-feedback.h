/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a patient says of an order: asked once, answered once. The code that goes out with the
 * report is kept as a hash alone; the answer carries no name.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_FEEDBACK_MAIL "mail"
#define MH_FEEDBACK_KIOSK "kiosk"
#define MH_FEEDBACK_DESK "desk"
extern const MhCode mh_feedback_channel_codes[];
#define MH_FEEDBACK_LOW 2 /* at most: somebody should ask why */

enum
{
  MH_FEEDBACK_HOSPITAL_ID = MH_N_COMMON,
  MH_FEEDBACK_ORDER_ID,
  MH_FEEDBACK_CODE_HASH,
  MH_FEEDBACK_LANGUAGE,
  MH_FEEDBACK_ASKED_AT,
  MH_FEEDBACK_ANSWERED_AT,
  MH_FEEDBACK_CHANNEL,
  MH_FEEDBACK_SCORE,
  MH_FEEDBACK_COMMENT,
  MH_FEEDBACK_N_FIELDS,
};

/* An answer, with the code of the mail or, at the kiosk, for the order of the path. */
enum
{
  MH_FEEDBACK_ANSWER_CODE,
  MH_FEEDBACK_ANSWER_SCORE,
  MH_FEEDBACK_ANSWER_COMMENT,
  MH_FEEDBACK_ANSWER_CHANNEL,
  MH_FEEDBACK_ANSWER_N_FIELDS,
};

/* Thanks: nothing else is told to who answers. */
enum
{
  MH_FEEDBACK_THANKS_SCORE,
  MH_FEEDBACK_THANKS_N_FIELDS,
};

G_END_DECLS
