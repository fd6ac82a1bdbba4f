/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Taking a message that came from an analyser: it is kept as it is, once; its results go where they
 * belong, or into the inbox. All in one transaction: who is told "accepted" may forget them.
 */
#include "server/lab/analysers/mh-device.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Answers, as HL7 table 0008 has them. */
#define MH_ANSWER_ACCEPTED "AA"
#define MH_ANSWER_ERROR "AE"    /* not taken; sending it again would not help */
#define MH_ANSWER_REJECTED "AR" /* wrong kind, version, sender */

/* A message of the same number, other content, within this time is another one. */
#define MH_ANALYSERS_NUMBER_AGAIN (20 * MH_HOUR)

typedef struct
{
  MhServer *server;
  MhRecord *link;
  GBytes *bytes;
  const MhDeviceMessage *message; /* NULL: it cannot be read, and .problem says why */
  const char *peer;
  const char *problem;
  gboolean only_keep; /* no attempt to place its results: .problem says why */
  /* filled in */
  const char *answer, *code; /* code: HL7 table 0357, or NULL */
  char *text, *message_id;
  gboolean repeated;
} MhAnalysersTaking;

void mh_analysers_taking_clear (MhAnalysersTaking *taking);
/* An MhTxFunc; @data: MhAnalysersTaking. Fails only when the database does. */
gboolean mh_analysers_take (MhTx *tx, gpointer data, GError **error);

/* --- for the services --- */

/* The link acts as itself: its name stands where a person's would. */
MhActor *mh_analysers_actor (MhRecord *link);
/* Equipment's code, the link's own when it has none. */
const char *mh_analysers_equipment (MhRecord *link);
GTimeZone *mh_analysers_zone (MhServer *server, MhDb *db, MhRecord *link);
/* Places the results of a message that is kept already; those in its inbox before are forgotten.
 * Sets its status. */
gboolean mh_analysers_place (MhTx *tx,
                             MhServer *server,
                             MhRecord *link,
                             const MhDeviceMessage *message,
                             MhRecord *kept,
                             GError **error);

/* One transaction about what came over a link; the actor is a person, or nobody: the link itself.
 */
typedef struct
{
  const MhRequest *req;
  MhRecord *link;
} MhAnalysersWork;

/* Tries one result of the inbox again with what a person said about it; @result is written. */
gboolean mh_analysers_place_one (const MhAnalysersWork *work,
                                 MhRecord *result,
                                 MhRecord *resolve,
                                 GError **error);

/* Raises or clears the alert of the link's inbox. */
gboolean mh_analysers_tell_inbox (MhTx *tx, MhRecord *link, const char *example, GError **error);
/* Has nothing been heard of it for longer than it may be silent? */
gboolean mh_analysers_is_quiet (MhRecord *link, gint64 now);
/* Raises the alert when it is; what is heard of it next clears it. */
gboolean mh_analysers_tell_quiet (MhTx *tx, MhRecord *link, GError **error);
/* Raises or clears the alert of its clock; @minutes off, 0: right. */
gboolean mh_analysers_tell_clock (MhTx *tx, MhRecord *link, gint64 minutes, GError **error);
/* The bytes that were kept as text. */
GBytes *mh_analysers_raw_bytes (MhRecord *message);

G_END_DECLS
