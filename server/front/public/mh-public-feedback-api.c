/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/public/mh-public-feedback-api.h"

#include <string.h>

#include "server/front/public/mh-public-reply-api.h"
#include "server/messages/feedback/mh-feedback-service.h"
#include "server/platform/common/mh-html.h"
#include "shared/records/messages/mh-feedback.h"

#define LONGEST_CODE 20
#define LONGEST_COMMENT 1000

/* Of the address; NULL: on this page it is typed. */
static const char *
linked_code (MhCall *call)
{
  gboolean linked = g_str_has_prefix (mh_call_route (call)->id, "feedback.linked");
  return linked ? mh_call_param (call, "code") : NULL;
}

static void
public_feedback_api_put_score (GString *page, const MhPublicWords *words)
{
  static const char *const stars[] = { "", "★", "★★", "★★★", "★★★★", "★★★★★" };
  mh_html_open (page, "fieldset", NULL);
  mh_html_line (page, "legend", mh_public_say (words, MH_SAY_SATISFIED));

  for (int score = 5; score >= 1; score--)
    {
      char value[4];
      g_snprintf (value, sizeof value, "%d", score);
      mh_html_open (page, "label", NULL);
      mh_html_open (page, "input", "type", "radio", "name", "score", "value", value, "required", "",
                    NULL);
      g_autofree char *text
          = g_strdup_printf ("%s %s", stars[score],
                             score == 5   ? mh_public_say (words, MH_SAY_VERY)
                             : score == 1 ? mh_public_say (words, MH_SAY_NOT_AT_ALL)
                                          : "");
      mh_html_text (page, g_strchomp (text));
      mh_html_close (page, "label");
    }

  mh_html_close (page, "fieldset");
}

/* @code NULL: it is typed. */
static void
put_form (GString *page, const MhPublicWords *words, const char *code)
{
  mh_public_form_begin (page, NULL, NULL);
  if (code == NULL)
    {
      mh_html_open (page, "label", NULL);
      mh_html_text (page, mh_public_say (words, MH_SAY_MAIL_CODE));
      mh_html_open (page, "input", "type", "text", "name", "code", "maxlength", "20",
                    "autocomplete", "off", "dir", "ltr", "required", "", NULL);
      mh_html_close (page, "label");
    }

  public_feedback_api_put_score (page, words);
  mh_html_open (page, "label", NULL);
  mh_html_text (page, mh_public_say (words, MH_SAY_OWN_WORDS));
  mh_html_open (page, "textarea", "name", "comment", "rows", "5", "maxlength", "1000", NULL);
  mh_html_close (page, "textarea");
  mh_html_close (page, "label");
  mh_public_form_end (page, mh_public_say (words, MH_SAY_SEND), FALSE);
}

/* The form, and above it @what came of it; MH_SAY_ITSELF: nothing was sent yet. */
static MhReply *
form_page (MhCall *call, MhPublicTone tone, MhSay what, guint status)
{
  const MhPublicWords *words = mh_public_words_of (call);
  const char *code = linked_code (call);
  GString *page = mh_public_page_begin (words, MH_SAY_HOW, what == MH_SAY_ITSELF);
  if (what != MH_SAY_ITSELF)
    mh_public_note (page, tone, mh_public_say (words, what));
  if (tone != MH_PUBLIC_GOOD && !(code != NULL && what == MH_SAY_MAIL_UNKNOWN))
    put_form (page, words, code);
  return mh_public_reply (words, page, status);
}

static MhReply *
feedback_page (MhCall *call, GError **error)
{
  const char *code = linked_code (call);
  MhFeedbackState state = MH_FEEDBACK_ASKED;
  if (code != NULL && !mh_feedback_service_state (mh_call_server (call), code, &state, error))
    return NULL;
  return state == MH_FEEDBACK_ANSWERED  ? form_page (call, MH_PUBLIC_GOOD, MH_SAY_ANSWERED, 0)
         : state == MH_FEEDBACK_UNKNOWN ? form_page (call, MH_PUBLIC_BAD, MH_SAY_MAIL_UNKNOWN, 404)
                                        : form_page (call, MH_PUBLIC_CARE, MH_SAY_ITSELF, 0);
}

static MhReply *
feedback_answer (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_feedback_service_submit (mh_call_server (call), mh_call_body (call), error));
}

static MhReply *
feedback_answer_for (MhCall *call, GError **error)
{
  return mh_reply_record (mh_feedback_service_answer_for (
      mh_call_request (call), mh_call_param (call, "id"), mh_call_body (call), error));
}

/* NULL: without a score, or with what the page's form does not send. */
static MhRecord *
public_feedback_api_read_form (MhCall *call, GHashTable *fields)
{
  const char *linked = linked_code (call);
  const char *score = g_hash_table_lookup (fields, "score");
  const char *code = linked != NULL ? linked : g_hash_table_lookup (fields, "code");
  const char *comment = g_hash_table_lookup (fields, "comment");

  if (score == NULL || code == NULL || score[0] < '1' || score[0] > '5' || score[1] != '\0'
      || strlen (code) > LONGEST_CODE
      || (comment != NULL && g_utf8_strlen (comment, -1) > LONGEST_COMMENT))
    return NULL;

  MhRecord *answer = mh_record_new (&mh_feedback_answer_type);
  mh_record_set_text (answer, MH_FEEDBACK_ANSWER_CODE, code);
  mh_record_set_int (answer, MH_FEEDBACK_ANSWER_SCORE, score[0] - '0');
  if (comment != NULL && *comment != '\0')
    mh_record_set_text (answer, MH_FEEDBACK_ANSWER_COMMENT, comment);
  return answer;
}

/* Whoever typed a wrong code may type again; who sends the page twice is thanked twice. */
static MhReply *
public_feedback_api_refused (MhCall *call, MhRecord *answer, GError *refusal, GError **error)
{
  MhFeedbackState state = MH_FEEDBACK_UNKNOWN;
  const char *code = mh_record_text (answer, MH_FEEDBACK_ANSWER_CODE);
  if (!g_error_matches (refusal, MH_ERROR, MH_ERROR_NOT_FOUND))
    g_propagate_error (error, g_error_copy (refusal));
  else if (mh_feedback_service_state (mh_call_server (call), code, &state, error))
    return state == MH_FEEDBACK_ANSWERED
               ? form_page (call, MH_PUBLIC_GOOD, MH_SAY_ANSWERED, 0)
               : form_page (call, MH_PUBLIC_BAD, MH_SAY_MAIL_UNKNOWN, 404);
  return NULL;
}

static MhReply *
feedback_form (MhCall *call, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GHashTable) fields = mh_public_form (call);
  if (fields == NULL)
    {
      mh_error_set (error, MH_ERROR_MALFORMED, "This is not what the page's form sends.");
      return NULL;
    }

  g_autoptr (MhRecord) answer = public_feedback_api_read_form (call, fields);
  if (answer == NULL)
    return form_page (call, MH_PUBLIC_BAD, MH_SAY_CHOOSE, 422);

  g_autoptr (MhRecord) done = mh_feedback_service_submit (mh_call_server (call), answer, &refusal);
  return done != NULL ? form_page (call, MH_PUBLIC_GOOD, MH_SAY_THANKS, 0)
                      : public_feedback_api_refused (call, answer, refusal, error);
}

void
mh_public_feedback_bind (MhRouter *router)
{
  static const char *const pages[]
      = { "feedback.page", "feedback.form", "feedback.linked", "feedback.linked.form" };
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      mh_router_bind (router, pages[i],
                      g_str_has_suffix (pages[i], "form") ? feedback_form : feedback_page);
      mh_router_bind_problem (router, pages[i], mh_public_problem);
    }
  mh_router_bind (router, "feedback.answer", feedback_answer);
  mh_router_bind (router, "feedback.for_order", feedback_answer_for);
}
