/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Telling the staff that something needs a look (rules.md 17). An alert is raised and cleared in
 * the transaction of its cause by the room that sees it; the feed brings it to every desk that may
 * know. A cause has one alert until it is cleared: seen again it changes nothing, seen worse it
 * becomes worse and opens again. What nobody sees to in time goes to the supervisors.
 */
#include "server/platform/store/mh-store.h"
#include "shared/records/messages/mh-alert.h"

G_BEGIN_DECLS

typedef struct
{
  const char *kind;     /* MH_ALERT_… */
  const char *severity; /* MH_ALERT_INFO, _WARNING, _SEVERE; NULL: warning */
  const char *hospital_id;
  const char *subject_type; /* code of a record's type ("order"), what a click opens; or NULL */
  const char *subject_id;
  /* {1} … in the words of the kind, or NULL; no patient's data. "@1732180000000000" (µs UTC) and
   * "2026-11-21" are worded as time and date at the desk. */
  const char *const *arguments;
  const char *bench;      /* or NULL */
  const char *user_id;    /* for this person alone; NULL: all who have the right */
  const char *dedupe_key; /* the cause, unique in the hospital: "turnaround:ITEM-ID" */
} MhAlertDraft;

gboolean mh_alerts_raise (MhTx *tx, const MhAlertDraft *draft, GError **error);
/* Its cause is gone; nothing happens when there is none. */
gboolean
mh_alerts_clear (MhTx *tx, const char *hospital_id, const char *dedupe_key, GError **error);
/* All open alerts whose key begins so ("turnaround:ORDER-ID/"). */
gboolean
mh_alerts_clear_all (MhTx *tx, const char *hospital_id, const char *prefix, GError **error);

G_END_DECLS
