/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/feedback/mh-feedback-api.h"

#include "server/feedback/mh-feedback-service.h"

#include <string.h>

/* A page without script, style or anything of a person: what is typed goes out in the body alone.
 */
#define PAGE(body)                                                                                                                \
  "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"                                                               \
  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"                                                      \
  "<meta name=\"robots\" content=\"noindex\"><title>How was it? – आपका अनुभव कैसा रहा?</title>" \
  "</head><body><main>" body "</main></body></html>\n"
#define CHOICE(n, words)                                                                           \
  "<p><label><input type=\"radio\" name=\"score\" value=\"" n "\" required> " n " " words          \
  "</label></p>"

static const char form[] = PAGE (
    "<h1>How was it?<br><span lang=\"hi\">आपका अनुभव कैसा रहा?</span></h1>"
    "<form method=\"post\" action=\"/feedback\" accept-charset=\"utf-8\">"
    "<p><label>Code in your e-mail · <span lang=\"hi\">ई-मेल में लिखा कोड</span><br>"
    "<input name=\"code\" required maxlength=\"20\" autocomplete=\"off\" autofocus></label></p>"
    "<fieldset><legend>Satisfied? · <span lang=\"hi\">संतुष्ट?</span></legend>" CHOICE (
        "5",
        "★★★★★ Very · <span lang=\"hi\">बहुत</span>") CHOICE ("4", "★★★★") CHOICE ("3", "★★★")
        CHOICE ("2", "★★") CHOICE (
            "1",
            "★ Not at all · <span lang=\"hi\">बिल्कुल नहीं</span>") "</fieldset>"
                                                                 "<p><label>In your own words "
                                                                 "(optional) · <span "
                                                                 "lang=\"hi\">अपने शब्दों में "
                                                                 "(वैकल्पिक)</span><br>"
                                                                 "<textarea name=\"comment\" "
                                                                 "rows=\"5\" cols=\"40\" "
                                                                 "maxlength=\"1000\"></textarea></"
                                                                 "label></p>"
                                                                 "<p><button type=\"submit\">Send "
                                                                 "· <span "
                                                                 "lang=\"hi\">भेजें</span></button></"
                                                                 "p></form>");
static const char thanks[] = PAGE ("<h1>Thank you.<br><span lang=\"hi\">धन्यवाद।</span></h1>");
static const char sorry[]
    = PAGE ("<h1>This code is not known, or was used already.<br>"
            "<span lang=\"hi\">यह कोड ज्ञात नहीं है, या पहले ही उपयोग हो चुका है।</span></h1>"
            "<p><a href=\"/feedback\">Try again · <span lang=\"hi\">फिर से</span></a></p>");

static MhReply *
page (const char *text)
{
  return mh_reply_bytes (g_bytes_new_static (text, strlen (text)), "text/html; charset=utf-8",
                         NULL);
}

static MhReply *
feedback_page (MhCall *call, GError **error)
{
  return page (form);
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
  return mh_reply_record (mh_feedback_service_answer_for (mh_call_tx (call), mh_call_actor (call),
                                                          mh_call_param (call, "id"),
                                                          mh_call_body (call), error));
}

/* NULL: not a form, or a score that is none. */
static MhRecord *
read_form (MhCall *call)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (mh_call_raw (call), &length);
  g_autofree char *text = bytes != NULL ? g_strndup (bytes, length) : g_strdup ("");
  g_autoptr (GHashTable) fields = g_uri_parse_params (text, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  const char *score = fields != NULL ? g_hash_table_lookup (fields, "score") : NULL;
  const char *code = fields != NULL ? g_hash_table_lookup (fields, "code") : NULL;
  const char *comment = fields != NULL ? g_hash_table_lookup (fields, "comment") : NULL;
  if (score == NULL || code == NULL || score[0] < '1' || score[0] > '5' || score[1] != '\0'
      || strlen (code) > 20 || (comment != NULL && g_utf8_strlen (comment, -1) > 1000))
    return NULL;
  MhRecord *answer = mh_record_new (&mh_feedback_answer_type);
  mh_record_set_text (answer, MH_FEEDBACK_ANSWER_CODE, code);
  mh_record_set_int (answer, MH_FEEDBACK_ANSWER_SCORE, score[0] - '0');
  if (comment != NULL && *comment != '\0')
    mh_record_set_text (answer, MH_FEEDBACK_ANSWER_COMMENT, comment);
  return answer;
}

/* Whoever typed a wrong code may type again. */
static MhReply *
feedback_form (MhCall *call, GError **error)
{
  g_autoptr (GError) refused = NULL;
  g_autoptr (MhRecord) answer = read_form (call);
  g_autoptr (MhRecord) done
      = answer != NULL ? mh_feedback_service_submit (mh_call_server (call), answer, &refused)
                       : NULL;
  if (done == NULL && refused != NULL && !g_error_matches (refused, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return NULL;
    }
  return page (done != NULL ? thanks : sorry);
}

void
mh_feedback_bind (MhRouter *router)
{
  mh_router_bind (router, "feedback.page", feedback_page);
  mh_router_bind (router, "feedback.form", feedback_form);
  mh_router_bind (router, "feedback.answer", feedback_answer);
  mh_router_bind (router, "feedback.for_order", feedback_answer_for);
}
