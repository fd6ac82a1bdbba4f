/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/calls/mh-call-history.h"

#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-patient.h"

#include <glib/gi18n-lib.h>

static gboolean
call_history_is (MhRecord *event, const char *kind)
{
  return g_strcmp0 (mh_record_text (event, MH_EMERGENCY_EVENT_KIND), kind) == 0;
}

/* What is told by @event is a code of @field of the call, or words. Borrowed. */
static const char *
call_history_code (guint field, const char *value)
{
  return mh_words_of_code (&mh_emergency_call_type.fields[field], value);
}

static const char *
call_history_answer (const MhProtocol *protocol,
                     const MhProtocolQuestion *question,
                     const char *value)
{
  const MhProtocolAnswer *answer = NULL;
  const MhProtocolCard *card = NULL;
  if (g_str_equal (value, MH_PROTOCOL_UNKNOWN))
    return _ ("Not known");
  if (question->kind == MH_PROTOCOL_CHOICE)
    answer = mh_protocol_answer (question, value);
  else if (question->kind == MH_PROTOCOL_CARD)
    card = mh_protocol_card (protocol, value);
  else if (question->kind == MH_PROTOCOL_SEX)
    return mh_words_of_code (&mh_patient_type.fields[MH_PATIENT_SEX], value);
  return answer != NULL ? answer->text : card != NULL ? card->title : value;
}

/* The value in words; NULL: it has none. Borrowed. */
static const char *
call_history_value (const MhProtocol *protocol, MhRecord *event, const char *value)
{
  const char *id = mh_record_text (event, MH_EMERGENCY_EVENT_QUESTION);
  const MhProtocolQuestion *question
      = protocol != NULL && id != NULL ? mh_protocol_question (protocol, id, NULL) : NULL;
  if (value == NULL)
    return NULL;
  if (call_history_is (event, MH_EMERGENCY_DID_ANSWER))
    return question != NULL ? call_history_answer (protocol, question, value) : NULL;
  if (call_history_is (event, MH_EMERGENCY_DID_JUDGED)
      || call_history_is (event, MH_EMERGENCY_DID_PRIORITY)
      || call_history_is (event, MH_EMERGENCY_DID_LAPSED))
    return call_history_code (MH_EMERGENCY_CALL_PRIORITY, value);
  if (call_history_is (event, MH_EMERGENCY_DID_UNIT))
    return mh_words_of_code (&mh_mission_type.fields[MH_MISSION_STATE], value);
  if (call_history_is (event, MH_EMERGENCY_DID_CANCEL))
    return call_history_code (MH_EMERGENCY_CALL_END_REASON, value);
  return value;
}

/* What it is about, in words; NULL: nothing. Borrowed. */
static const char *
call_history_about (const MhProtocol *protocol, MhRecord *event)
{
  const char *id = mh_record_text (event, MH_EMERGENCY_EVENT_QUESTION);
  const MhProtocolQuestion *question
      = protocol != NULL && id != NULL ? mh_protocol_question (protocol, id, NULL) : NULL;
  if (id == NULL)
    return NULL;
  if (call_history_is (event, MH_EMERGENCY_DID_ANSWER))
    return question != NULL ? question->text : NULL;
  int field = call_history_is (event, MH_EMERGENCY_DID_DETAILS)
                  ? mh_record_type_find (&mh_emergency_call_type, id)
                  : -1;
  return field >= 0 ? mh_words_label (&mh_emergency_call_type.fields[field]) : id;
}

char *
mh_call_history_text (const MhProtocol *protocol, MhRecord *event)
{
  const char *about = call_history_about (protocol, event);
  const char *was
      = call_history_value (protocol, event, mh_record_text (event, MH_EMERGENCY_EVENT_WAS));
  const char *became
      = call_history_value (protocol, event, mh_record_text (event, MH_EMERGENCY_EVENT_BECAME));
  const char *reason = mh_record_text (event, MH_EMERGENCY_EVENT_REASON);
  GString *out = g_string_new (about);
  if (about != NULL && call_history_is (event, MH_EMERGENCY_DID_DETAILS))
    g_string_append_c (out, ':');
  if (was != NULL && became != NULL)
    g_string_append_printf (out, "%s%s → %s", out->len > 0 ? " " : "", was, became);
  else if (became != NULL || was != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "",
                            became != NULL ? became : _ ("Taken back"));
  if (reason != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", reason);
  return g_string_free (out, out->len == 0);
}
