/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/sms/mh-sms-events.h"

#include "server/messages/sms/mh-sms-private.h"
#include "server/messages/sms/mh-twilio.h"
#include "shared/records/messages/mh-sms.h"

static const MhWho provider = { .user_name = "sms" };

typedef struct
{
  const char *token;
  char *sid, *status, *number;
  int code;
  gboolean out;
} Event;

static void
event_clear (Event *event)
{
  g_free (event->sid);
  g_free (event->status);
  g_free (event->number);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Event, event_clear)

/* While the token is changed, the one before is taken too. */
static gboolean
check_signature (MhServer *server,
                 const char *path,
                 GBytes *form,
                 const char *signature,
                 GError **error)
{
  static const char *const tokens[] = { "twilio.auth_token", "twilio.auth_token_old" };
  MhServerConfig *config = mh_server_config (server);
  gsize length = 0;
  const char *data = g_bytes_get_data (form, &length);
  g_autofree char *url
      = g_strconcat (mh_server_config_text (config, "server.public_url"), path, NULL);
  gboolean good = FALSE;

  if (length > MH_SMS_MAX_EVENT)
    {
      mh_error_set (error, MH_ERROR_TOO_LARGE, "The body is too large.");
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    good |= mh_twilio_is_signed (mh_server_config_text (config, tokens[i]), url,
                                 data != NULL ? data : "", length, signature);

  if (!good)
    mh_error_set (error, MH_ERROR_FORBIDDEN, "This message is not accepted.");
  return good;
}

static char *
param (GBytes *form, const char *name)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (form, &length);
  return mh_twilio_param (data != NULL ? data : "", length, name);
}

/* --- how a message stands --- */

static gboolean
sms_events_tx_take (MhTx *tx, gpointer data, GError **error)
{
  Event *event = data;
  GError *failure = NULL;
  g_autoptr (MhRecord) sms
      = mh_store_find (mh_tx_db (tx), &mh_sms_message_type, "token", event->token, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (sms == NULL)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such message.");
      return FALSE;
    }

  /* of a message that was sent anew: what is told of the first does not count any more */
  const char *known = mh_record_text (sms, MH_SMS_PROVIDER_ID);
  if (known != NULL ? g_strcmp0 (known, event->sid) != 0 : mh_record_int (sms, MH_SMS_RESENDS) > 0)
    return TRUE;

  return mh_sms_heard (tx, mh_record_id (sms), event->sid, event->status, event->code, error);
}

gboolean
mh_sms_events_take (MhServer *server,
                    const char *token,
                    GBytes *form,
                    const char *signature,
                    GError **error)
{
  g_auto (Event) event = { .token = token };
  g_autofree char *path = g_strconcat ("/api/v1/webhooks/twilio/", token, NULL);
  if (!check_signature (server, path, form, signature, error))
    return FALSE;
  g_autofree char *code = param (form, "ErrorCode");
  event.sid = param (form, "MessageSid");
  event.status = param (form, "MessageStatus");
  event.code = code != NULL ? (int)CLAMP (g_ascii_strtoll (code, NULL, 10), 0, G_MAXINT) : 0;
  return mh_store_write (mh_server_store (server), &provider, sms_events_tx_take, &event, error);
}

/* --- what people answer --- */

static gboolean
tx_opt (MhTx *tx, gpointer data, GError **error)
{
  Event *event = data;
  return mh_sms_opt (tx, event->number, event->out, event->out ? "STOP" : "START", error);
}

static gboolean
sms_events_is_word (const char *text, const char *const *words)
{
  g_autofree char *upper = g_ascii_strup (text != NULL ? text : "", -1);
  return g_strv_contains (words, g_strstrip (upper));
}

gboolean
mh_sms_events_inbound (MhServer *server, GBytes *form, const char *signature, GError **error)
{
  static const char *const stop[]
      = { "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", NULL };
  static const char *const start[] = { "START", "YES", "UNSTOP", NULL };
  g_auto (Event) event = { NULL };

  if (!check_signature (server, "/api/v1/webhooks/twilio", form, signature, error))
    return FALSE;

  g_autofree char *said = param (form, "OptOutType");
  g_autofree char *text = param (form, "Body");
  const char *word = said != NULL && *said != '\0' ? said : text;

  event.number = param (form, "From");
  event.out = sms_events_is_word (word, stop);
  if (event.number == NULL || *event.number != '+'
      || (!event.out && !sms_events_is_word (word, start)))
    return TRUE;

  return mh_store_write (mh_server_store (server), &provider, tx_opt, &event, error);
}
