/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of a call and what the protocol makes of them. */
#include <string.h>

#include "server/dispatch/calls/mh-calls-private.h"
#include "server/dispatch/calls/mh-calls-protocol-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-json.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/dispatch/mh-dispatch-clock.h"
#include "shared/rules/dispatch/mh-emergency-entry.h"

/* Everything that is borrowed by what is judged. */
typedef struct
{
  JsonObject *kept; /* as it was judged before; NULL: not yet */
  JsonObject *sent; /* the member "answers"; NULL: none */
  GArray *given;    /* MhInterviewGiven */
} Given;

static void
calls_answers_service_given_clear (Given *given)
{
  g_clear_pointer (&given->kept, json_object_unref);
  g_clear_pointer (&given->sent, json_object_unref);
  g_clear_pointer (&given->given, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, calls_answers_service_given_clear)

static void
calls_answers_service_begin (Given *given, MhRecord *call)
{
  const char *judged = mh_record_text (call, MH_EMERGENCY_CALL_JUDGED);
  given->given = g_array_new (FALSE, FALSE, sizeof (MhInterviewGiven));
  given->kept = judged != NULL ? mh_json_parse_object (judged, -1, NULL) : NULL;
}

/* The nth answer as it was kept; FALSE behind the last one. */
static gboolean
calls_answers_service_kept (Given *given, guint n, MhInterviewGiven *out)
{
  JsonArray *answers = given->kept != NULL ? mh_json_array (given->kept, "answers") : NULL;
  if (answers == NULL || n >= json_array_get_length (answers))
    return FALSE;

  JsonObject *answer = json_array_get_object_element (answers, n);
  const char *at = mh_json_text (answer, "at");
  *out = (MhInterviewGiven){ mh_json_text (answer, "question"), mh_json_text (answer, "value"), 0 };
  if (at != NULL)
    mh_instant_parse (at, &out->at);
  return TRUE;
}

/* NULL: it was not answered. */
static const char *
calls_answers_service_before (Given *given, const char *question, gint64 *out_at)
{
  MhInterviewGiven kept;
  for (guint i = 0; calls_answers_service_kept (given, i, &kept); i++)
    if (g_strcmp0 (kept.question, question) == 0)
      {
        *out_at = kept.at;
        return kept.value;
      }
  return NULL;
}

/* An answer that stands as it was keeps its time. */
static void
calls_answers_service_add (Given *given, const char *question, const char *value, gint64 at)
{
  gint64 before_at = 0;
  const char *before = calls_answers_service_before (given, question, &before_at);
  MhInterviewGiven one = { question, value, g_strcmp0 (before, value) == 0 ? before_at : at };
  g_array_append_val (given->given, one);
}

/* --- what was sent --- */

/* One member of "answers". */
static void
calls_answers_service_take (Given *given,
                            const MhProtocol *protocol,
                            const char *id,
                            gint64 at,
                            MhIssues *issues)
{
  JsonNode *node = json_object_get_member (given->sent, id);
  const MhProtocolCard *card = NULL;
  const MhProtocolQuestion *question = mh_protocol_question (protocol, id, &card);
  g_autofree char *field = g_strconcat ("answers.", id, NULL);
  if (JSON_NODE_HOLDS_NULL (node))
    return;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    mh_issues_add (issues, field, "format", "Send text");
  else if (question == NULL || card == NULL)
    mh_issues_add (issues, field, "unknown_field", "No card of the protocol has such a question");
  else
    calls_answers_service_add (given, id, json_node_get_string (node), at);
}

static gboolean
calls_answers_service_gather (Given *given,
                              const MhProtocol *protocol,
                              MhRecord *body,
                              gint64 at,
                              GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  for (guint i = 0; i < MH_EMERGENCY_N_ENTRIES; i++)
    {
      const guint field = mh_emergency_entries[i];
      const char *question = mh_emergency_entry_question (protocol, field);
      if (!mh_record_has (body, field))
        continue;
      if (question != NULL)
        calls_answers_service_add (given, question, mh_record_text (body, field), at);
      else
        mh_issues_add (issues, mh_emergency_answers_type.fields[field].name, "unknown_field",
                       "The protocol does not ask for this");
    }

  const char *answers = mh_record_text (body, MH_EMERGENCY_ANSWERS_ANSWERS);
  if (answers != NULL)
    given->sent = mh_json_parse_object (answers, -1, NULL);
  if (answers != NULL && given->sent == NULL)
    mh_issues_add (issues, "answers", "format", "Send an object of questions and answers");

  g_autoptr (GList) ids = given->sent != NULL ? json_object_get_members (given->sent) : NULL;
  for (GList *id = ids; id != NULL; id = id->next)
    calls_answers_service_take (given, protocol, id->data, at, issues);
  return mh_issues_raise (issues, error);
}

/* "answers.CONSCIOUS" of the rules is "conscious" of the body. */
static void
calls_answers_service_blame (const MhProtocol *protocol, GError *inner, GError **error)
{
  const MhIssues *said = mh_error_get_issues (inner);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  for (guint i = 0; said != NULL && i < mh_issues_count (said); i++)
    {
      const MhIssue *issue = mh_issues_nth (said, i);
      const char *field = issue->field;
      for (guint j = 0; j < MH_EMERGENCY_N_ENTRIES; j++)
        if (g_str_has_prefix (field, "answers.")
            && g_strcmp0 (field + strlen ("answers."),
                          mh_emergency_entry_question (protocol, mh_emergency_entries[j]))
                   == 0)
          field = mh_emergency_answers_type.fields[mh_emergency_entries[j]].name;
      mh_issues_add (issues, field, issue->code, "%s", issue->message);
    }
  if (mh_issues_raise (issues, error))
    g_propagate_error (error, g_error_copy (inner));
}

static char *
calls_answers_service_put_body (MhRecord *body)
{
  GString *out = g_string_new (NULL);
  const char *answers = mh_record_text (body, MH_EMERGENCY_ANSWERS_ANSWERS);
  mh_json_open (out, '{');
  for (guint i = 0; i < MH_EMERGENCY_N_ENTRIES; i++)
    if (mh_record_has (body, mh_emergency_entries[i]))
      mh_json_member_text (out, mh_emergency_answers_type.fields[mh_emergency_entries[i]].name,
                           mh_record_text (body, mh_emergency_entries[i]));
  mh_json_member_raw (out, "answers", answers != NULL ? answers : "{}");
  mh_json_close (out, '}');
  return g_string_free (out, FALSE);
}

/* --- what comes of it --- */

static void
calls_answers_service_set_needs (MhRecord *call, guint needs)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  for (guint i = 0; i < MH_CAN_N; i++)
    if ((needs & (1u << i)) != 0)
      g_strv_builder_add (list, mh_can_code (1u << i));
  g_auto (GStrv) words = g_strv_builder_end (list);
  mh_record_set_list (call, MH_EMERGENCY_CALL_NEEDS, (const char *const *)words);
}

static void
calls_answers_service_set_say (MhRecord *call, const MhInterview *interview)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  for (guint i = 0; i < interview->say->len; i++)
    g_strv_builder_add (list, ((MhProtocolBlock *)g_ptr_array_index (interview->say, i))->id);
  g_auto (GStrv) ids = g_strv_builder_end (list);
  mh_record_set_list (call, MH_EMERGENCY_CALL_SAY, (const char *const *)ids);
}

/* When the first unit has to be there by its priority. */
static void
calls_answers_service_set_due (MhRecord *call, const MhProtocol *protocol, MhUrgency priority)
{
  gint64 call_at = mh_record_int (call, MH_EMERGENCY_CALL_CALL_AT);
  MhTarget target = { 0 };
  if (priority != MH_URGENCY_NONE)
    target = mh_dispatch_clock_target (call_at, protocol->priorities[priority].target_minutes, 0,
                                       -1, call_at);
  if (target.due != 0)
    mh_record_set_int (call, MH_EMERGENCY_CALL_DUE_AT, target.due);
  else
    mh_record_set_null (call, MH_EMERGENCY_CALL_DUE_AT);
}

static void
calls_answers_service_set (MhRecord *call,
                           const MhProtocol *protocol,
                           const MhInterview *interview,
                           gint64 at)
{
  const MhProtocolCard *card = interview->card != NULL ? interview->card : interview->current;
  mh_record_set_text (call, MH_EMERGENCY_CALL_PROTOCOL_EDITION, protocol->version);
  mh_record_set_text (call, MH_EMERGENCY_CALL_CARD, card != NULL ? card->id : NULL);
  mh_record_set_text (call, MH_EMERGENCY_CALL_CARD_TITLE, card != NULL ? card->title : NULL);
  mh_record_set_text (call, MH_EMERGENCY_CALL_PRIORITY, mh_urgency_code (interview->priority));
  mh_record_set_text (call, MH_EMERGENCY_CALL_COMPUTED, mh_urgency_code (interview->computed));
  mh_record_set_int (call, MH_EMERGENCY_CALL_POINTS, interview->points);
  mh_record_set_bool (call, MH_EMERGENCY_CALL_PROVISIONAL, interview->provisional);
  mh_record_set_bool (call, MH_EMERGENCY_CALL_SEND_NOW, interview->send_now);
  calls_answers_service_set_needs (call, interview->needs);
  calls_answers_service_set_say (call, interview);
  calls_answers_service_set_due (call, protocol, interview->priority);
  if (interview->priority != MH_URGENCY_NONE
      && !mh_record_has (call, MH_EMERGENCY_CALL_DETERMINED_AT))
    mh_record_set_int (call, MH_EMERGENCY_CALL_DETERMINED_AT, at);
}

static void
calls_answers_service_set_change (MhRecord *call, const MhInterviewChange *change)
{
  mh_record_set_text (call, MH_EMERGENCY_CALL_PRIORITY_FROM,
                      change != NULL ? mh_urgency_code (change->computed) : NULL);
  mh_record_set_text (call, MH_EMERGENCY_CALL_PRIORITY_REASON,
                      change != NULL ? change->reason : NULL);
  if (change == NULL)
    mh_record_set_null (call, MH_EMERGENCY_CALL_PRIORITY_NAME);
}

/* A person's change as it was kept; FALSE: there is none. */
static gboolean
calls_answers_service_kept_change (Given *given, MhInterviewChange *out)
{
  JsonObject *change = given->kept != NULL ? mh_json_object (given->kept, "change") : NULL;
  if (change == NULL)
    return FALSE;
  *out = (MhInterviewChange){ .priority = mh_urgency_of (mh_json_text (change, "priority")),
                              .computed = mh_urgency_of (mh_json_text (change, "computed")),
                              .reason = mh_json_text (change, "reason") };
  return TRUE;
}

/* In place. *out_lapsed: a lower priority that a person had given is overtaken. */
static gboolean
calls_answers_service_judge (MhRecord *call,
                             const MhProtocol *protocol,
                             Given *given,
                             const MhInterviewChange *change,
                             gint64 at,
                             gboolean *out_lapsed,
                             GError **error)
{
  const MhInterviewGiven *list = (const MhInterviewGiven *)(gpointer)given->given->data;
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhInterview) interview
      = mh_interview_judge (protocol, list, given->given->len, change, &inner);
  if (interview == NULL)
    {
      calls_answers_service_blame (protocol, inner, error);
      return FALSE;
    }

  *out_lapsed = interview->change_lapsed;
  if (interview->change_lapsed)
    change = NULL;
  calls_answers_service_set (call, protocol, interview, at);
  calls_answers_service_set_change (call, change);
  mh_record_take_text (call, MH_EMERGENCY_CALL_JUDGED,
                       mh_interview_keep (protocol, interview, list, given->given->len, change));
  return TRUE;
}

/* A call goes on by the edition it was begun with. */
static MhProtocol *
calls_answers_service_protocol (MhTx *tx, MhRecord *call, GError **error)
{
  return mh_calls_protocol_service_of (
      mh_tx_db (tx), mh_record_text (call, MH_EMERGENCY_CALL_HOSPITAL_ID),
      mh_record_text (call, MH_EMERGENCY_CALL_PROTOCOL_EDITION), error);
}

gboolean
mh_calls_change_priority (MhTx *tx,
                          MhRecord *call,
                          const MhInterviewChange *change,
                          gint64 at,
                          GError **error)
{
  gboolean lapsed = FALSE;
  g_auto (Given) given = { 0 };
  g_autoptr (MhProtocol) protocol = calls_answers_service_protocol (tx, call, error);
  if (protocol == NULL)
    return FALSE;

  MhInterviewGiven one;
  calls_answers_service_begin (&given, call);
  for (guint i = 0; calls_answers_service_kept (&given, i, &one); i++)
    g_array_append_val (given.given, one);
  return calls_answers_service_judge (call, protocol, &given, change, at, &lapsed, error);
}

/* --- what is told of it --- */

static void
calls_answers_service_event (GArray *events, MhCallsEvent event)
{
  g_array_append_val (events, event);
}

static gboolean
calls_answers_service_is_given (Given *given, const char *question)
{
  for (guint i = 0; i < given->given->len; i++)
    if (g_strcmp0 (g_array_index (given->given, MhInterviewGiven, i).question, question) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
calls_answers_service_tell (MhTx *tx,
                            MhRecord *before,
                            MhRecord *after,
                            Given *given,
                            gboolean lapsed,
                            gint64 at,
                            GError **error)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (MhCallsEvent));
  MhInterviewGiven kept;
  gint64 before_at = 0;
  for (guint i = 0; i < given->given->len; i++)
    {
      const MhInterviewGiven *one = &g_array_index (given->given, MhInterviewGiven, i);
      const char *was = calls_answers_service_before (given, one->question, &before_at);
      if (g_strcmp0 (was, one->value) != 0)
        calls_answers_service_event (
            events,
            (MhCallsEvent){ at, MH_EMERGENCY_DID_ANSWER, one->question, was, one->value, NULL });
    }
  for (guint i = 0; calls_answers_service_kept (given, i, &kept); i++)
    if (!calls_answers_service_is_given (given, kept.question))
      calls_answers_service_event (events, (MhCallsEvent){ at, MH_EMERGENCY_DID_ANSWER,
                                                           kept.question, kept.value, NULL, NULL });

  const char *was = mh_record_text (before, MH_EMERGENCY_CALL_COMPUTED);
  const char *is = mh_record_text (after, MH_EMERGENCY_CALL_COMPUTED);
  if (g_strcmp0 (was, is) != 0)
    calls_answers_service_event (
        events, (MhCallsEvent){ at, MH_EMERGENCY_DID_JUDGED, NULL, was, is, NULL });
  if (lapsed)
    calls_answers_service_event (
        events, (MhCallsEvent){ at, MH_EMERGENCY_DID_LAPSED, NULL,
                                mh_record_text (before, MH_EMERGENCY_CALL_PRIORITY),
                                mh_record_text (after, MH_EMERGENCY_CALL_PRIORITY),
                                mh_record_text (before, MH_EMERGENCY_CALL_PRIORITY_REASON) });
  return mh_calls_tell (tx, after, (const MhCallsEvent *)(gpointer)events->data, events->len,
                        error);
}

MhRecord *
mh_calls_service_answer (const MhRequest *req,
                         const char *id,
                         MhRecord *answers,
                         gint64 made_at,
                         GError **error)
{
  gint64 at = mh_edit_made_at (req->tx, made_at);
  gboolean lapsed = FALSE;
  MhInterviewChange change;
  g_auto (Given) given = { 0 };
  g_autoptr (MhRecord) before = mh_calls_get_open (req, id, error);
  g_autoptr (MhProtocol) protocol
      = before != NULL ? calls_answers_service_protocol (req->tx, before, error) : NULL;
  if (protocol == NULL)
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  calls_answers_service_begin (&given, before);
  gboolean changed = calls_answers_service_kept_change (&given, &change);
  if (!calls_answers_service_gather (&given, protocol, answers, at, error)
      || !calls_answers_service_judge (after, protocol, &given, changed ? &change : NULL, at,
                                       &lapsed, error))
    return NULL;

  mh_record_take_text (after, MH_EMERGENCY_CALL_ANSWERS, calls_answers_service_put_body (answers));
  if (!mh_calls_plan (req->tx, after, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !calls_answers_service_tell (req->tx, before, after, &given, lapsed, at, error))
    return NULL;
  return g_steal_pointer (&after);
}
