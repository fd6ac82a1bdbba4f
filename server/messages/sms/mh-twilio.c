/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/sms/mh-twilio.h"

#include <string.h>

#include "server/platform/common/mh-fetch.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-json.h"

#define LONGEST_ANSWER (1024 * 1024)
#define CONNECT_TIME (5 * MH_SECOND)
#define FORM "application/x-www-form-urlencoded"

struct _MhTwilio
{
  MhFetcher *fetcher;
  char *folder; /* https://api.twilio.com/2010-04-01/Accounts/AC… */
  char *account, *token, *from;
  gint64 total_time;
};

MhTwilio *
mh_twilio_new (const MhTwilioConfig *config)
{
  MhTwilio *twilio = g_new0 (MhTwilio, 1);
  twilio->fetcher = mh_fetcher_new ();
  twilio->folder = g_strconcat (config->base_url, "/2010-04-01/Accounts/", config->account, NULL);
  twilio->account = g_strdup (config->account);
  twilio->token = g_strdup (config->token);
  twilio->from = g_strdup (config->from);
  twilio->total_time = config->total_time;
  return twilio;
}

void
mh_twilio_stop (MhTwilio *twilio)
{
  mh_fetcher_stop (twilio->fetcher);
}

void
mh_twilio_free (MhTwilio *twilio)
{
  if (twilio == NULL)
    return;
  mh_fetcher_free (twilio->fetcher);
  g_free (twilio->folder);
  g_free (twilio->account);
  g_free (twilio->token);
  g_free (twilio->from);
  g_free (twilio);
}

void
mh_twilio_answer_free (MhTwilioAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->sid);
  g_free (answer->status);
  g_free (answer->text);
  g_free (answer);
}

guint
mh_twilio_rank (const char *status)
{
  static const struct
  {
    const char *status;
    guint rank;
  } ranks[] = {
    { "accepted", 1 },  { "scheduled", 1 },   { "queued", 2 }, { "sending", 3 },  { "sent", 4 },
    { "delivered", 5 }, { "undelivered", 5 }, { "failed", 5 }, { "canceled", 5 }, { "read", 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    if (g_strcmp0 (ranks[i].status, status) == 0)
      return ranks[i].rank;

  return 0;
}

gboolean
mh_twilio_is_passing (int code)
{
  return code == 30001 || code == 30003 || code == 30008;
}

/* --- what answers mean --- */

static gboolean
is_account (int code, guint status)
{
  static const int codes[] = { 20003, 20404, 21212, 21606, 21657 };
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] == code)
      return TRUE;
  return code == 0 && (status == 401 || status == 403);
}

/* The provider's message may name the number: what it means is said in our words. */
static const char *
twilio_words_for (int code)
{
  static const struct
  {
    int code;
    const char *text;
  } known[] = {
    { 20003, "The account or its token is refused." },
    { 20404, "The account is not known." },
    { 20429, "The provider asks to slow down." },
    { 21211, "This is no telephone number." },
    { 21212, "The sender's number is refused." },
    { 21408, "Messages to this country are not switched on in the account." },
    { 21606, "The sender's number cannot send messages." },
    { 21608, "A trial account may only write to numbers it has verified." },
    { 21610, "This number wants no messages." },
    { 21611, "The provider's queue is full." },
    { 21612, "There is no way to this number." },
    { 21614, "This is no mobile telephone." },
    { 21617, "The text is too long." },
    { 21657, "The sender's name is refused." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].code == code)
      return known[i].text;

  return "The provider refused the message.";
}

static void
read_error (MhTwilioAnswer *answer, JsonObject *object, guint status)
{
  answer->code = object != NULL ? (int)mh_json_int (object, "code", 0) : 0;
  if (status == 429 || status >= 500 || answer->code == 20429 || answer->code == 21611)
    answer->outcome = MH_TWILIO_LATER;
  else if (is_account (answer->code, status))
    answer->outcome = MH_TWILIO_STOPPED;
  else
    answer->outcome = MH_TWILIO_REFUSED;
  /* a fault behind the place where messages are taken */
  answer->doubt = status >= 500;
  answer->text
      = g_strdup (status >= 500 ? "The provider has a fault." : twilio_words_for (answer->code));
}

static void
twilio_read_message (MhTwilioAnswer *answer, JsonObject *message)
{
  answer->outcome = MH_TWILIO_SENT;
  answer->sid = g_strdup (mh_json_text (message, "sid"));
  answer->status = g_strdup (mh_json_text (message, "status"));
  answer->code = (int)mh_json_int (message, "error_code", 0);
}

static JsonObject *
twilio_read_object (MhFetched *fetched)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (fetched->body, &length);
  return length > 0 ? mh_json_parse_object (data, (gssize)length, NULL) : NULL;
}

/* What goes wrong for every kind of question; TRUE: the answer is a good one, in *out_object. */
static gboolean
twilio_is_good (MhFetched *fetched, MhTwilioAnswer *answer, JsonObject **out_object)
{
  g_autoptr (JsonObject) object = fetched->status != 0 ? twilio_read_object (fetched) : NULL;
  answer->retry_after = fetched->retry_after;
  if (fetched->status == 0)
    {
      answer->outcome = fetched->sent ? MH_TWILIO_LOST : MH_TWILIO_LATER;
      answer->doubt = fetched->sent;
      answer->text = g_strdup (fetched->error);
      return FALSE;
    }

  if (fetched->status >= 300)
    {
      read_error (answer, object, fetched->status);
      return FALSE;
    }

  if (object == NULL)
    {
      answer->outcome = MH_TWILIO_LOST;
      answer->doubt = TRUE;
      answer->text = g_strdup ("The provider's answer cannot be read.");
      return FALSE;
    }

  *out_object = g_steal_pointer (&object);
  return TRUE;
}

/* --- asking --- */

static MhFetched *
twilio_ask (MhTwilio *twilio, const char *method, const char *path, const char *form)
{
  g_autofree char *url = g_strconcat (twilio->folder, path, NULL);
  return mh_fetcher_ask (twilio->fetcher, &(MhFetch){ .method = method,
                                                      .url = url,
                                                      .body = form,
                                                      .content_type = form != NULL ? FORM : NULL,
                                                      .user = twilio->account,
                                                      .password = twilio->token,
                                                      .header = "Accept: application/json",
                                                      .connect_time = CONNECT_TIME,
                                                      .total_time = twilio->total_time,
                                                      .max_size = LONGEST_ANSWER });
}

/* A bare "+" would arrive as a space. */
static void
twilio_put (GString *form, const char *name, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (form, "%s%s=%s", form->len > 0 ? "&" : "", name, escaped);
}

MhTwilioAnswer *
mh_twilio_send (MhTwilio *twilio,
                const char *to,
                const char *body,
                const char *callback,
                guint validity)
{
  MhTwilioAnswer *answer = g_new0 (MhTwilioAnswer, 1);
  g_autoptr (GString) form = g_string_new (NULL);
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *seconds = g_strdup_printf ("%u", validity);

  twilio_put (form, "To", to);
  if (callback != NULL)
    twilio_put (form, "StatusCallback", callback);
  twilio_put (form, "ValidityPeriod", seconds);
  twilio_put (form, g_str_has_prefix (twilio->from, "MG") ? "MessagingServiceSid" : "From",
              twilio->from);
  twilio_put (form, "Body", body);

  g_autoptr (MhFetched) fetched = twilio_ask (twilio, "POST", "/Messages.json", form->str);
  if (!twilio_is_good (fetched, answer, &object))
    return answer;

  twilio_read_message (answer, object);
  if (answer->sid == NULL)
    {
      answer->outcome = MH_TWILIO_LOST;
      answer->doubt = TRUE;
      answer->text = g_strdup ("The provider's answer names no message.");
    }

  return answer;
}

MhTwilioAnswer *
mh_twilio_fetch (MhTwilio *twilio, const char *sid)
{
  MhTwilioAnswer *answer = g_new0 (MhTwilioAnswer, 1);
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *escaped = g_uri_escape_string (sid, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/Messages/", escaped, ".json", NULL);
  g_autoptr (MhFetched) fetched = twilio_ask (twilio, "GET", path, NULL);
  if (twilio_is_good (fetched, answer, &object))
    twilio_read_message (answer, object);
  else if (fetched->status == 404)
    answer->outcome = MH_TWILIO_NONE;
  return answer;
}

/* Dates of the provider: "Thu, 01 Jan 2026 00:00:00 +0000". */
static gint64
twilio_read_date (const char *text)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  const char *month = g_strv_length (words) == 6 ? strstr (months, words[2]) : NULL;
  if (month == NULL || strlen (words[2]) != 3)
    return 0;
  g_autofree char *iso = g_strdup_printf (
      "%s-%02d-%sT%s%s", words[3], (int)(month - months) / 3 + 1, words[1], words[4], words[5]);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (iso, NULL);
  return date != NULL ? g_date_time_to_unix (date) * MH_SECOND : 0;
}

MhTwilioAnswer *
mh_twilio_find (MhTwilio *twilio, const char *to, const char *body, gint64 since)
{
  MhTwilioAnswer *answer = g_new0 (MhTwilioAnswer, 1);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GString) path = g_string_new (NULL);

  /* newest first; not by the day it was sent, which a message that still waits there has not got */
  twilio_put (path, "To", to);
  twilio_put (path, "PageSize", "50");
  g_string_prepend (path, "/Messages.json?");

  g_autoptr (MhFetched) fetched = twilio_ask (twilio, "GET", path->str, NULL);
  if (!twilio_is_good (fetched, answer, &object))
    return answer;

  JsonArray *messages = mh_json_array (object, "messages");
  answer->outcome = MH_TWILIO_NONE;
  for (guint i = 0; messages != NULL && i < json_array_get_length (messages); i++)
    {
      JsonNode *node = json_array_get_element (messages, i);
      JsonObject *message = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      /* whole seconds there, microseconds here, and clocks that differ a little */
      if (message != NULL && g_strcmp0 (mh_json_text (message, "body"), body) == 0
          && twilio_read_date (mh_json_text (message, "date_created")) >= since - MH_MINUTE)
        {
          twilio_read_message (answer, message);
          return answer;
        }
    }

  return answer;
}
