/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the public pages say, in the languages in which the hospital writes to telephones. */
#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MH_SAY_ITSELF, /* the language's own name */
  MH_SAY_PAPER,
  MH_SAY_GENUINE,
  MH_SAY_REPLACED, /* {1}: a version */
  MH_SAY_WITHDRAWN,
  MH_SAY_NOT_OURS,
  MH_SAY_NOT_OURS_HELP,
  MH_SAY_HOSPITAL,
  MH_SAY_REPORT,
  MH_SAY_PRESCRIPTION,
  MH_SAY_VERSION,
  MH_SAY_ISSUED,
  MH_SAY_GET,
  MH_SAY_GET_HELP,
  MH_SAY_GET_BOOKING,
  MH_SAY_SEND_CODE,
  MH_SAY_SEND_ANOTHER,
  MH_SAY_CODE_SENT,
  MH_SAY_CODE_WAIT,
  MH_SAY_CODE,
  MH_SAY_CONTINUE,
  MH_SAY_CODE_WRONG,
  MH_SAY_CODE_SPENT,
  MH_SAY_NO_CODES,
  MH_SAY_READY,
  MH_SAY_FETCH,
  MH_SAY_OVER,
  MH_SAY_AGAIN,
  MH_SAY_TOO_OFTEN,
  MH_SAY_FAILED,
  MH_SAY_HOW,
  MH_SAY_MAIL_CODE,
  MH_SAY_SATISFIED,
  MH_SAY_VERY,
  MH_SAY_NOT_AT_ALL,
  MH_SAY_OWN_WORDS,
  MH_SAY_SEND,
  MH_SAY_THANKS,
  MH_SAY_ANSWERED,
  MH_SAY_MAIL_UNKNOWN,
  MH_SAY_CHOOSE,
  MH_SAY_APPOINTMENT,
  MH_SAY_BOOKED,
  MH_SAY_CANCELLED,
  MH_SAY_MOVED,
  MH_SAY_PAST,
  MH_SAY_UNKNOWN_BOOKING,
  MH_SAY_WHEN,
  MH_SAY_WITH,
  MH_SAY_ROOM,
  MH_SAY_CANCEL,
  MH_SAY_CANCEL_SURE,
  MH_SAY_N,
} MhSay;

typedef struct _MhPublicWords MhPublicWords;

/* @chosen: a tag such as "hi", or NULL; then what "Accept-Language" (@accepted, or NULL) likes best
 * of those that are here, else English. Never NULL. */
const MhPublicWords *mh_public_words (const char *chosen, const char *accepted);
const char *mh_public_say (const MhPublicWords *words, MhSay what);
const char *mh_public_words_tag (const MhPublicWords *words);
gboolean mh_public_words_is_rtl (const MhPublicWords *words);
/* All of them, in their order; NULL behind the last. */
const MhPublicWords *mh_public_words_nth (guint n);

G_END_DECLS
