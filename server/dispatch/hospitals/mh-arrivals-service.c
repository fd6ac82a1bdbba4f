/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/hospitals/mh-arrivals-service.h"

#include "server/dispatch/calls/mh-calls-service.h"
#include "server/dispatch/hospitals/mh-sites-service.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-id.h"
#include "shared/records/dispatch/mh-arrival.h"
#include "shared/records/dispatch/mh-care-site.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/dispatch/mh-arrival-steps.h"

#define MOST_AHEAD (12 * MH_HOUR) /* nobody drives for longer */

/* --- alerts --- */

static char *
arrivals_service_told_key (MhRecord *arrival)
{
  return g_strconcat (MH_ALERT_ARRIVAL_TOLD ":", mh_record_id (arrival), NULL);
}

/* Of the call: another hospital that is told ends it. */
static char *
arrivals_service_refused_key (MhRecord *arrival)
{
  return g_strconcat (MH_ALERT_ARRIVAL_REFUSED ":", mh_record_text (arrival, MH_ARRIVAL_CALL_ID),
                      NULL);
}

/* The people of the hospital, where it works with this program, are to answer. */
static gboolean
arrivals_service_alert_told (MhTx *tx, MhRecord *arrival, GError **error)
{
  const char *member = mh_record_text (arrival, MH_ARRIVAL_MEMBER_ID);
  const char *priority = mh_record_text (arrival, MH_ARRIVAL_PRIORITY);
  gint64 due_at = mh_record_int (arrival, MH_ARRIVAL_DUE_AT);
  g_autofree char *due
      = due_at != 0 ? g_strdup_printf ("@%" G_GINT64_FORMAT, due_at) : g_strdup ("–");
  g_autofree char *key = arrivals_service_told_key (arrival);
  g_autofree char *refused = arrivals_service_refused_key (arrival);
  const char *arguments[] = { mh_record_text (arrival, MH_ARRIVAL_CALL_NUMBER),
                              priority != NULL ? priority : "–", due, NULL };
  const MhAlertDraft draft = { .kind = MH_ALERT_ARRIVAL_TOLD,
                               .severity = MH_ALERT_SEVERE,
                               .hospital_id = member,
                               .subject_type = mh_arrival_type.code,
                               .subject_id = mh_record_id (arrival),
                               .arguments = arguments,
                               .dedupe_key = key };
  return mh_alerts_clear (tx, mh_record_text (arrival, MH_ARRIVAL_HOSPITAL_ID), refused, error)
         && (member == NULL || mh_alerts_raise (tx, &draft, error));
}

/* Who answered has seen it; a refusal is the dispatchers' to go on with. */
static gboolean
arrivals_service_alert_step (MhTx *tx, MhRecord *arrival, GError **error)
{
  const char *member = mh_record_text (arrival, MH_ARRIVAL_MEMBER_ID);
  g_autofree char *told = arrivals_service_told_key (arrival);
  g_autofree char *key = arrivals_service_refused_key (arrival);
  const char *arguments[] = { mh_record_text (arrival, MH_ARRIVAL_SITE_NAME),
                              mh_record_text (arrival, MH_ARRIVAL_CALL_NUMBER), NULL };
  const MhAlertDraft draft = { .kind = MH_ALERT_ARRIVAL_REFUSED,
                               .severity = MH_ALERT_SEVERE,
                               .hospital_id = mh_record_text (arrival, MH_ARRIVAL_HOSPITAL_ID),
                               .subject_type = mh_emergency_call_type.code,
                               .subject_id = mh_record_text (arrival, MH_ARRIVAL_CALL_ID),
                               .arguments = arguments,
                               .dedupe_key = key };
  if (member != NULL && !mh_alerts_clear (tx, member, told, error))
    return FALSE;
  return g_strcmp0 (mh_record_text (arrival, MH_ARRIVAL_STATE), MH_ARRIVAL_REFUSED) != 0
         || mh_alerts_raise (tx, &draft, error);
}

/* --- telling --- */

static void
arrivals_service_fill (MhRecord *arrival, MhRecord *site, MhRecord *call)
{
  static const struct
  {
    guint arrival, call;
  } left_out[] = {
    { MH_ARRIVAL_PRIORITY, MH_EMERGENCY_CALL_PRIORITY },
    { MH_ARRIVAL_WHAT, MH_EMERGENCY_CALL_SUMMARY },
    { MH_ARRIVAL_WHAT, MH_EMERGENCY_CALL_CARD_TITLE },
  };
  if (!mh_record_has (arrival, MH_ID))
    mh_record_take_text (arrival, MH_ID, mh_id_new ());
  for (guint i = 0; i < G_N_ELEMENTS (left_out); i++)
    if (!mh_record_has (arrival, left_out[i].arrival))
      mh_record_set_text (arrival, left_out[i].arrival, mh_record_text (call, left_out[i].call));
  if (!mh_record_has (arrival, MH_ARRIVAL_KEEPS_BED))
    mh_record_set_bool (arrival, MH_ARRIVAL_KEEPS_BED, TRUE);

  mh_record_set_text (arrival, MH_ARRIVAL_SITE_ID, mh_record_id (site));
  mh_record_set_text (arrival, MH_ARRIVAL_HOSPITAL_ID,
                      mh_record_text (site, MH_CARE_SITE_HOSPITAL_ID));
  mh_record_set_text (arrival, MH_ARRIVAL_SITE_NAME, mh_record_text (site, MH_CARE_SITE_NAME));
  mh_record_set_text (arrival, MH_ARRIVAL_MEMBER_ID, mh_record_text (site, MH_CARE_SITE_MEMBER_ID));
  mh_record_set_text (arrival, MH_ARRIVAL_CALL_NUMBER,
                      mh_record_text (call, MH_EMERGENCY_CALL_NUMBER));
  mh_record_set_text (arrival, MH_ARRIVAL_STATE, MH_ARRIVAL_TOLD);
}

static gboolean
arrivals_service_check_due (MhRecord *arrival, gint64 now, GError **error)
{
  gint64 due = mh_record_int (arrival, MH_ARRIVAL_DUE_AT);
  if (!mh_record_has (arrival, MH_ARRIVAL_DUE_AT)
      || (due >= now - MOST_AHEAD && due <= now + MOST_AHEAD))
    return TRUE;
  mh_error_set_field (error, "due_at", "out_of_range",
                      "Within 12 hours; leave it empty when it is not known.");
  return FALSE;
}

static gboolean
arrivals_service_check_call (MhRecord *call, GError **error)
{
  if (!mh_emergency_is_over (call))
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT, "This call is over; nobody is driven for it.");
  return FALSE;
}

/* The hospital that a body names, as an issue of its field. */
static MhRecord *
arrivals_service_site (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (GError) gone = NULL;
  g_autoptr (MhRecord) site = mh_sites_service_read (req, id, &gone);
  if (site != NULL && mh_record_bool (site, MH_CARE_SITE_ACTIVE))
    return g_steal_pointer (&site);

  if (gone != NULL && !g_error_matches (gone, MH_ERROR, MH_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&gone));
  else
    mh_error_set_field (error, "site_id", "unknown",
                        "The rescue service knows no such hospital; choose one from the list.");
  return NULL;
}

MhRecord *
mh_arrivals_service_tell (const MhRequest *req, MhRecord *draft, gint64 made_at, GError **error)
{
  gint64 at = mh_edit_made_at (req->tx, made_at);
  g_autoptr (MhRecord) call
      = mh_actor_require (req->actor, MH_MAY_WRITE_CALL, error)
            ? mh_calls_service_read (req, mh_record_text (draft, MH_ARRIVAL_CALL_ID), error)
            : NULL;
  g_autoptr (MhRecord) site
      = call != NULL && arrivals_service_check_call (call, error)
            ? arrivals_service_site (req, mh_record_text (draft, MH_ARRIVAL_SITE_ID), error)
            : NULL;
  if (site == NULL || !arrivals_service_check_due (draft, at, error))
    return NULL;

  g_autoptr (MhRecord) arrival = mh_record_copy (draft);
  arrivals_service_fill (arrival, site, call);
  mh_record_set_int (arrival, MH_ARRIVAL_TOLD_AT, at);
  mh_record_set_text (arrival, MH_ARRIVAL_TOLD_NAME, mh_actor_name (req->actor));
  return mh_tx_insert (req->tx, arrival, MH_AUDIT_CREATE, NULL, error)
                 && arrivals_service_alert_told (req->tx, arrival, error)
                 && mh_sites_service_count_kept (req->tx, mh_record_id (site), error)
             ? g_steal_pointer (&arrival)
             : NULL;
}

/* --- reading --- */

static gboolean
arrivals_service_is_for (const MhActor *actor, MhRecord *arrival)
{
  const char *own = mh_actor_hospital_id (actor);
  return own == NULL || g_strcmp0 (own, mh_record_text (arrival, MH_ARRIVAL_HOSPITAL_ID)) == 0
         || g_strcmp0 (own, mh_record_text (arrival, MH_ARRIVAL_MEMBER_ID)) == 0;
}

MhRecord *
mh_arrivals_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) arrival = mh_actor_require (req->actor, MH_MAY_READ_ARRIVAL, error)
                                     ? mh_store_get (req->db, &mh_arrival_type, id, error)
                                     : NULL;
  if (arrival == NULL || arrivals_service_is_for (req->actor, arrival))
    return g_steal_pointer (&arrival);
  mh_error_set (error, MH_ERROR_NOT_FOUND, "Nobody of this number is on the way here.");
  return NULL;
}

GPtrArray *
mh_arrivals_service_list (const MhRequest *req, const MhArrivalsQuery *query, GError **error)
{
  MhArrivalsQuery narrowed = *query;
  narrowed.hospital_id = mh_actor_hospital_id (req->actor);
  return mh_actor_require (req->actor, MH_MAY_READ_ARRIVAL, error)
             ? mh_arrivals_store_list (req->db, &narrowed, error)
             : NULL;
}

/* --- answering --- */

static gboolean
arrivals_service_check_step (MhRecord *body, GError **error)
{
  gboolean refuse = g_strcmp0 (mh_record_text (body, MH_ARRIVAL_STEP_STEP), MH_ARRIVAL_REFUSE) == 0;
  const char *refusal = mh_record_text (body, MH_ARRIVAL_STEP_REFUSAL);
  if (refuse && refusal == NULL)
    {
      mh_error_set_field (error, "refusal", "required", "Say why the patient cannot be taken.");
      return FALSE;
    }
  if (!refuse && refusal != NULL)
    {
      mh_error_set_field (error, "refusal", "mismatch", "Only a refusal has a reason.");
      return FALSE;
    }
  if (g_strcmp0 (refusal, MH_ARRIVAL_REFUSAL_OTHER) == 0
      && !mh_record_has (body, MH_ARRIVAL_STEP_NOTE))
    {
      mh_error_set_field (error, "note", "required", "Say which reason.");
      return FALSE;
    }
  return TRUE;
}

/* A hospital answers for itself; that nobody comes is the dispatcher's to say. */
static gboolean
arrivals_service_may (const MhRequest *req, MhRecord *arrival, const char *step, GError **error)
{
  if (g_strcmp0 (step, MH_ARRIVAL_CANCEL) == 0)
    return mh_actor_require (req->actor, MH_MAY_WRITE_CALL, error);
  g_autoptr (MhRecord) site = mh_store_get (req->db, &mh_care_site_type,
                                            mh_record_text (arrival, MH_ARRIVAL_SITE_ID), error);
  return site != NULL
         && mh_sites_service_may_speak (req->actor, site, MH_MAY_ANSWER_ARRIVAL, error);
}

static void
arrivals_service_stamp (MhRecord *arrival, const char *state, gint64 at, const char *name)
{
  static const struct
  {
    const char *state;
    guint at, name; /* 0: none */
    gboolean over;
  } stamps[] = {
    { MH_ARRIVAL_ACCEPTED, MH_ARRIVAL_ANSWERED_AT, MH_ARRIVAL_ANSWERED_NAME, FALSE },
    { MH_ARRIVAL_REFUSED, MH_ARRIVAL_ANSWERED_AT, MH_ARRIVAL_ANSWERED_NAME, TRUE },
    { MH_ARRIVAL_ARRIVED, MH_ARRIVAL_ARRIVED_AT, 0, FALSE },
    { MH_ARRIVAL_HANDED_OVER, MH_ARRIVAL_HANDED_AT, MH_ARRIVAL_HANDED_NAME, TRUE },
    { MH_ARRIVAL_CANCELLED, 0, 0, TRUE },
  };
  mh_record_set_text (arrival, MH_ARRIVAL_STATE, state);
  for (guint i = 0; i < G_N_ELEMENTS (stamps); i++)
    if (g_str_equal (stamps[i].state, state))
      {
        if (stamps[i].at != 0)
          mh_record_set_int (arrival, stamps[i].at, at);
        if (stamps[i].name != 0)
          mh_record_set_text (arrival, stamps[i].name, name);
        if (stamps[i].over)
          mh_record_set_int (arrival, MH_ARRIVAL_ENDED_AT, at);
      }
}

/* When it was done, never before the patient was told of. */
static gint64
arrivals_service_when (MhTx *tx, MhRecord *arrival, MhRecord *body, gint64 made_at)
{
  gint64 said = mh_record_int (body, MH_ARRIVAL_STEP_AT);
  gint64 at = mh_edit_made_at (tx, said != 0 ? said : made_at);
  return MAX (at, mh_record_int (arrival, MH_ARRIVAL_TOLD_AT));
}

MhRecord *
mh_arrivals_service_step (const MhRequest *req,
                          const char *id,
                          MhRecord *body,
                          gint64 made_at,
                          GError **error)
{
  const char *step = mh_record_text (body, MH_ARRIVAL_STEP_STEP);
  g_autoptr (MhRecord) before = mh_arrivals_service_read (req, id, error);
  if (before == NULL || !arrivals_service_may (req, before, step, error)
      || !arrivals_service_check_step (body, error))
    return NULL;

  const char *was = mh_record_text (before, MH_ARRIVAL_STATE);
  const char *state = mh_arrival_after (was, step);
  if (state == NULL)
    {
      mh_error_set (
          error, MH_ERROR_CONFLICT, "This arrival stands at “%s”; “%s” is no step from there.",
          mh_code_label (mh_arrival_state_codes, was), mh_code_label (mh_arrival_step_codes, step));
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  arrivals_service_stamp (after, state, arrivals_service_when (req->tx, before, body, made_at),
                          mh_actor_name (req->actor));
  mh_record_set_text (after, MH_ARRIVAL_REFUSAL, mh_record_text (body, MH_ARRIVAL_STEP_REFUSAL));
  if (mh_record_has (body, MH_ARRIVAL_STEP_NOTE))
    mh_record_set_text (after, MH_ARRIVAL_NOTE, mh_record_text (body, MH_ARRIVAL_STEP_NOTE));
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, step, error)
                 && arrivals_service_alert_step (req->tx, after, error)
                 && mh_sites_service_count_kept (req->tx,
                                                 mh_record_text (after, MH_ARRIVAL_SITE_ID), error)
             ? g_steal_pointer (&after)
             : NULL;
}
