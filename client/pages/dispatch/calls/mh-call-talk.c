/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/calls/mh-call-talk.h"

#include "shared/base/mh-json.h"
#include "shared/rules/dispatch/mh-emergency-entry.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *question, *value;
} Answer;

struct _MhCallTalk
{
  const MhProtocol *protocol;
  GArray *answers; /* Answer, in the order in which they were given */
  MhInterview *judged;
  const MhProtocolQuestion *again; /* is asked once more; NULL: what comes next */
};

static void
call_talk_clear_answer (gpointer data)
{
  Answer *answer = data;
  g_free (answer->question);
  g_free (answer->value);
}

/* Place and number have fields of their own: the protocol's questions for them count as asked. */
static gboolean
call_talk_has_own_field (const MhProtocolQuestion *question)
{
  return question->kind == MH_PROTOCOL_PLACE || question->kind == MH_PROTOCOL_PHONE;
}

static gboolean
call_talk_judge (MhCallTalk *talk, GError **error)
{
  g_autoptr (GArray) given = g_array_new (FALSE, TRUE, sizeof (MhInterviewGiven));
  for (guint i = 0; i < talk->protocol->entry->len; i++)
    {
      const MhProtocolQuestion *question = g_ptr_array_index (talk->protocol->entry, i);
      MhInterviewGiven one = { question->id, MH_PROTOCOL_UNKNOWN, 0 };
      if (call_talk_has_own_field (question))
        g_array_append_val (given, one);
    }
  for (guint i = 0; i < talk->answers->len; i++)
    {
      const Answer *answer = &g_array_index (talk->answers, Answer, i);
      MhInterviewGiven one = { answer->question, answer->value, 0 };
      g_array_append_val (given, one);
    }

  MhInterview *judged = mh_interview_judge (
      talk->protocol, (const MhInterviewGiven *)(gpointer)given->data, given->len, NULL, error);
  if (judged == NULL)
    return FALSE;
  g_clear_pointer (&talk->judged, mh_interview_free);
  talk->judged = judged;
  return TRUE;
}

MhCallTalk *
mh_call_talk_new (const MhProtocol *protocol)
{
  MhCallTalk *talk = g_new0 (MhCallTalk, 1);
  talk->protocol = protocol;
  talk->answers = g_array_new (FALSE, TRUE, sizeof (Answer));
  g_array_set_clear_func (talk->answers, call_talk_clear_answer);
  if (!call_talk_judge (talk, NULL))
    g_assert_not_reached (); /* without an answer there is nothing to refuse */
  return talk;
}

void
mh_call_talk_free (MhCallTalk *talk)
{
  if (talk == NULL)
    return;
  g_clear_pointer (&talk->judged, mh_interview_free);
  g_array_unref (talk->answers);
  g_free (talk);
}

const MhProtocol *
mh_call_talk_protocol (const MhCallTalk *talk)
{
  return talk->protocol;
}

const MhInterview *
mh_call_talk_judged (const MhCallTalk *talk)
{
  return talk->judged;
}

const MhProtocolQuestion *
mh_call_talk_question (const MhCallTalk *talk)
{
  return talk->again != NULL ? talk->again : talk->judged->next;
}

gboolean
mh_call_talk_has_answers (const MhCallTalk *talk)
{
  return talk->answers->len > 0;
}

/* --- answering --- */

static int
call_talk_find (const MhCallTalk *talk, const char *question)
{
  for (guint i = 0; i < talk->answers->len; i++)
    if (g_str_equal (g_array_index (talk->answers, Answer, i).question, question))
      return (int)i;
  return -1;
}

static const char *
call_talk_value (const MhCallTalk *talk, const char *question)
{
  int at = question != NULL ? call_talk_find (talk, question) : -1;
  return at >= 0 ? g_array_index (talk->answers, Answer, at).value : NULL;
}

/* What the rules refuse leaves all as it was. An answer that is given anew stands where it stood:
 * the order of the answers is that of the questions. */
static gboolean
call_talk_put (MhCallTalk *talk, const char *question, const char *value, GError **error)
{
  int at = call_talk_find (talk, question);
  if (at < 0)
    {
      Answer answer = { g_strdup (question), g_strdup (value) };
      g_array_append_val (talk->answers, answer);
      if (call_talk_judge (talk, error))
        return TRUE;
      g_array_set_size (talk->answers, talk->answers->len - 1);
      return FALSE;
    }

  Answer *answer = &g_array_index (talk->answers, Answer, at);
  g_autofree char *before = answer->value;
  answer->value = g_strdup (value);
  if (call_talk_judge (talk, error))
    return TRUE;
  g_free (answer->value);
  answer->value = g_steal_pointer (&before);
  return FALSE;
}

/* Caller frees. */
static char *
call_talk_read (const MhProtocolQuestion *question, const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  gboolean digits = *text != 0;
  for (const char *at = text; *at != 0; at++)
    digits = digits && g_ascii_isdigit (*at);
  if (*text == 0)
    return g_strdup (MH_PROTOCOL_UNKNOWN);
  return question->kind == MH_PROTOCOL_AGE && digits ? g_strconcat (text, "y", NULL)
                                                     : g_steal_pointer (&text);
}

gboolean
mh_call_talk_answer (MhCallTalk *talk, const char *value, GError **error)
{
  const MhProtocolQuestion *question = mh_call_talk_question (talk);
  if (question == NULL)
    return TRUE;
  g_autofree char *read = call_talk_read (question, value);
  if (!call_talk_put (talk, question->id, read, error))
    return FALSE;
  talk->again = NULL;
  return TRUE;
}

gboolean
mh_call_talk_back (MhCallTalk *talk)
{
  int at = talk->again != NULL ? call_talk_find (talk, talk->again->id) : (int)talk->answers->len;
  if (at <= 0)
    return FALSE;
  talk->again = mh_protocol_question (talk->protocol,
                                      g_array_index (talk->answers, Answer, at - 1).question, NULL);
  return talk->again != NULL;
}

/* --- as the server has it --- */

/* The answers to the questions of the cards. Caller frees. */
static char *
call_talk_of_cards (const MhCallTalk *talk)
{
  GString *out = g_string_new (NULL);
  mh_json_open (out, '{');
  for (guint i = 0; i < talk->answers->len; i++)
    {
      const Answer *answer = &g_array_index (talk->answers, Answer, i);
      const MhProtocolCard *card = NULL;
      mh_protocol_question (talk->protocol, answer->question, &card);
      if (card != NULL)
        mh_json_member_text (out, answer->question, answer->value);
    }
  mh_json_close (out, '}');
  return g_string_free (out, FALSE);
}

MhRecord *
mh_call_talk_body (const MhCallTalk *talk)
{
  MhRecord *body = mh_record_new (&mh_emergency_answers_type);
  for (guint i = 0; i < MH_EMERGENCY_N_ENTRIES; i++)
    {
      const guint field = mh_emergency_entries[i];
      const char *value
          = call_talk_value (talk, mh_emergency_entry_question (talk->protocol, field));
      if (value != NULL)
        mh_record_set_text (body, field, value);
    }
  mh_record_take_text (body, MH_EMERGENCY_ANSWERS_ANSWERS, call_talk_of_cards (talk));
  return body;
}

char *
mh_call_talk_tell (const MhCallTalk *talk)
{
  GString *out = g_string_new (NULL);
  g_autofree char *cards = call_talk_of_cards (talk);
  mh_json_open (out, '{');
  for (guint i = 0; i < MH_EMERGENCY_N_ENTRIES; i++)
    {
      const guint field = mh_emergency_entries[i];
      const char *value
          = call_talk_value (talk, mh_emergency_entry_question (talk->protocol, field));
      if (value != NULL)
        mh_json_member_text (out, mh_emergency_answers_type.fields[field].name, value);
    }
  mh_json_member_raw (out, "answers", cards);
  mh_json_close (out, '}');
  return g_string_free (out, FALSE);
}

void
mh_call_talk_take (MhCallTalk *talk, const char *json)
{
  g_autoptr (JsonObject) kept = json != NULL ? mh_json_parse_object (json, -1, NULL) : NULL;
  if (kept == NULL)
    return;

  for (guint i = 0; i < MH_EMERGENCY_N_ENTRIES; i++)
    {
      const guint field = mh_emergency_entries[i];
      const char *id = mh_emergency_entry_question (talk->protocol, field);
      const char *value = mh_json_text (kept, mh_emergency_answers_type.fields[field].name);
      if (id != NULL && value != NULL)
        call_talk_put (talk, id, value, NULL);
    }

  JsonObject *cards = mh_json_object (kept, "answers");
  g_autoptr (GList) ids = cards != NULL ? json_object_get_members (cards) : NULL;
  for (GList *id = ids; id != NULL; id = id->next)
    if (mh_json_text (cards, id->data) != NULL)
      call_talk_put (talk, id->data, mh_json_text (cards, id->data), NULL);
  talk->again = NULL;
}
