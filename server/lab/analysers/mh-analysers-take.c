/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/analysers/mh-analysers-take.h"

#include "server/lab/analysers/mh-analysers-store.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/messages/alerts/mh-alerts.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-sha256.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/messages/mh-alert-analyser.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-permissions.h"

#include <string.h>

#define ZERO_BYTE 0x100 /* Ā: stands for a byte that text cannot hold */

void
mh_analysers_taking_clear (MhAnalysersTaking *taking)
{
  g_clear_pointer (&taking->text, g_free);
  g_clear_pointer (&taking->message_id, g_free);
  taking->answer = taking->code = NULL;
  taking->repeated = FALSE;
}

MhActor *
mh_analysers_actor (MhRecord *link)
{
  static const char *const rights[]
      = { MH_MAY_READ_ORDER, MH_MAY_READ_SAMPLE, MH_MAY_READ_RESULT, MH_MAY_ENTER_RESULT, NULL };
  return mh_actor_new (NULL, mh_record_text (link, MH_LINK_NAME), "analyser",
                       mh_record_text (link, MH_LINK_HOSPITAL_ID), NULL, rights);
}

const char *
mh_analysers_equipment (MhRecord *link)
{
  return mh_record_text (link, mh_record_has (link, MH_LINK_EQUIPMENT) ? MH_LINK_EQUIPMENT
                                                                       : MH_LINK_CODE);
}

GTimeZone *
mh_analysers_zone (MhServer *server, MhDb *db, MhRecord *link)
{
  const char *name = mh_record_text (link, MH_LINK_ZONE);
  GTimeZone *zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  if (zone != NULL)
    return zone;
  g_autoptr (MhCatalogueView) view = mh_catalogue_view (mh_server_catalogue (server), db, NULL);
  return view != NULL ? mh_place_zone (view, mh_record_text (link, MH_LINK_HOSPITAL_ID))
                      : g_time_zone_new_utc ();
}

/* --- the bytes as they came --- */

/* Text where the bytes are text; else one letter for each byte, so that nothing is lost. */
static char *
analysers_take_text_of (GBytes *bytes, gboolean *out_is_bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  *out_is_bytes = length > 0
                  && (memchr (data, 0, length) != NULL
                      || !g_utf8_validate ((const char *)data, (gssize)length, NULL));
  if (!*out_is_bytes)
    return g_strndup ((const char *)data, length);
  GString *text = g_string_sized_new (length * 2);
  for (gsize i = 0; i < length; i++)
    g_string_append_unichar (text, data[i] != 0 ? data[i] : ZERO_BYTE);
  return g_string_free (text, FALSE);
}

GBytes *
mh_analysers_raw_bytes (MhRecord *message)
{
  const char *text = mh_record_text (message, MH_MESSAGE_RAW);
  if (text == NULL)
    return g_bytes_new_static ("", 0);
  if (!mh_record_bool (message, MH_MESSAGE_IS_BYTES))
    return g_bytes_new (text, strlen (text));

  GByteArray *bytes = g_byte_array_new ();
  for (const char *at = text; *at != 0; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      guint8 byte = letter == ZERO_BYTE ? 0 : (guint8)letter;
      g_byte_array_append (bytes, &byte, 1);
    }

  return g_byte_array_free_to_bytes (bytes);
}

/* A message that is sent again may have a new time in its header: with a number of its own, what
 * counts of the header is who sends what. */
static char *
analysers_take_hash_of (const MhAnalysersTaking *taking)
{
  gsize length, end = 0;
  const guint8 *data = g_bytes_get_data (taking->bytes, &length);
  const MhDeviceMessage *message = taking->message;
  MhSha256 sum;

  mh_sha256_begin (&sum);
  if (message != NULL && message->control_id != NULL)
    {
      const char *const head[]
          = { message->type, message->sender, message->processing, message->version };
      for (guint i = 0; i < G_N_ELEMENTS (head); i++)
        {
          mh_sha256_add_text (&sum, head[i]);
          mh_sha256_add_text (&sum, "|");
        }
      while (end < length && data[end] != '\r' && data[end] != '\n')
        end++;
    }

  mh_sha256_add (&sum, data + end, length - end);
  return mh_sha256_end (&sum);
}

/* --- may it be taken at all? --- */

static void
analysers_take_answer (MhAnalysersTaking *taking,
                       const char *word,
                       const char *code,
                       const char *text)
{
  taking->answer = word;
  taking->code = code;
  g_free (taking->text);
  taking->text = g_strdup (text);
}

static gboolean
is_for_practice (const char *processing)
{
  return processing != NULL && (processing[0] == 'T' || processing[0] == 'D') && processing[1] == 0;
}

/* FALSE: it is kept, but refused. */
static gboolean
is_welcome (MhAnalysersTaking *taking)
{
  const MhDeviceMessage *message = taking->message;
  const char *sender = mh_record_text (taking->link, MH_LINK_SENDER);
  if (message == NULL)
    analysers_take_answer (taking, MH_ANSWER_REJECTED, "100", taking->problem);
  else if (sender != NULL && g_strcmp0 (sender, message->sender) != 0)
    analysers_take_answer (taking, MH_ANSWER_REJECTED, "103",
                           "The sender is not the one of this link");
  else if (!message->is_astm && message->version != NULL
           && !g_str_has_prefix (message->version, "2."))
    analysers_take_answer (taking, MH_ANSWER_REJECTED, "203", "Only version 2 is understood");
  else if (is_for_practice (message->processing))
    analysers_take_answer (taking, MH_ANSWER_REJECTED, "202",
                           "Training and test messages are not taken");
  else if (!message->is_astm && message->kind == MH_DEVICE_OTHER)
    analysers_take_answer (taking, MH_ANSWER_REJECTED, "200",
                           "Messages of this kind are not taken");
  else
    return TRUE;

  return FALSE;
}

/* --- keeping it --- */

static MhRecord *
analysers_take_make_message (MhTx *tx, const MhAnalysersTaking *taking, const char *hash)
{
  const MhDeviceMessage *message = taking->message;
  gboolean is_bytes;
  MhRecord *kept = mh_record_new (&mh_analyser_message_type);

  mh_record_take_text (kept, MH_ID, mh_id_new ());
  mh_record_set_text (kept, MH_MESSAGE_HOSPITAL_ID,
                      mh_record_text (taking->link, MH_LINK_HOSPITAL_ID));
  mh_record_set_text (kept, MH_MESSAGE_LINK_ID, mh_record_id (taking->link));
  mh_record_set_text (kept, MH_MESSAGE_DIRECTION, MH_MESSAGE_IN);
  mh_record_set_text (kept, MH_MESSAGE_HASH, hash);
  mh_record_set_text (kept, MH_MESSAGE_PEER, taking->peer);
  mh_record_set_int (kept, MH_MESSAGE_AT, mh_tx_now (tx));
  mh_record_set_int (kept, MH_MESSAGE_N_REPEATS, 0);
  mh_record_take_text (kept, MH_MESSAGE_RAW, analysers_take_text_of (taking->bytes, &is_bytes));
  mh_record_set_bool (kept, MH_MESSAGE_IS_BYTES, is_bytes);
  if (message == NULL)
    return kept;

  mh_record_set_text (kept, MH_MESSAGE_KIND, message->type);
  mh_record_take_text (kept, MH_MESSAGE_CONTROL_ID,
                       message->control_id != NULL ? mh_text_cut (message->control_id, 200) : NULL);
  mh_record_set_int (kept, MH_MESSAGE_N_RESULTS, mh_device_n_values (message));
  if (message->samples->len > 0)
    mh_record_set_text (kept, MH_MESSAGE_SAMPLE_CODE,
                        mh_device_sample_number (g_ptr_array_index (message->samples, 0)));

  return kept;
}

static gboolean
analysers_take_insert (MhTx *tx, MhRecord *record, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_ptr_array_add (one, record);
  return mh_tx_insert_parts (tx, one, error);
}

/* The same words again; a person has looked at it meanwhile, or will. */
static void
answer_again (MhAnalysersTaking *taking, const MhAnalysersSeen *seen)
{
  if (g_strcmp0 (seen->answer, MH_ANSWER_ERROR) == 0)
    analysers_take_answer (taking, MH_ANSWER_ERROR, "207", seen->error);
  else if (g_strcmp0 (seen->answer, MH_ANSWER_REJECTED) == 0)
    analysers_take_answer (taking, MH_ANSWER_REJECTED, "207", seen->error);
  else
    analysers_take_answer (taking, MH_ANSWER_ACCEPTED, NULL, NULL);
  taking->repeated = TRUE;
  taking->message_id = g_strdup (seen->id);
}

static gboolean
analysers_take_keep (MhTx *tx,
                     MhAnalysersTaking *taking,
                     const char *hash,
                     gboolean same_number,
                     GError **error)
{
  gboolean welcome = is_welcome (taking);
  gboolean doubtful = welcome && same_number && !mh_record_bool (taking->link, MH_LINK_REUSES_IDS);
  if (doubtful)
    analysers_take_answer (taking, MH_ANSWER_ERROR, "205",
                           "Another message of this number came before");
  else if (welcome)
    analysers_take_answer (taking, MH_ANSWER_ACCEPTED, NULL, NULL);

  gboolean places = welcome && !doubtful && !taking->only_keep;
  g_autoptr (MhRecord) kept = analysers_take_make_message (tx, taking, hash);
  taking->message_id = g_strdup (mh_record_id (kept));
  mh_record_set_text (kept, MH_MESSAGE_STATUS,
                      !welcome  ? MH_MESSAGE_REFUSED
                      : !places ? MH_MESSAGE_REVIEW
                                : MH_MESSAGE_DONE);
  mh_record_set_text (kept, MH_MESSAGE_ANSWER, taking->answer);

  const char *problem = taking->only_keep ? taking->problem : taking->text;
  mh_record_take_text (kept, MH_MESSAGE_ERROR, problem != NULL ? mh_text_cut (problem, 400) : NULL);
  if (places && taking->message->kind == MH_DEVICE_RESULTS
      && !mh_analysers_place (tx, taking->server, taking->link, taking->message, kept, error))
    return FALSE;

  return analysers_take_insert (tx, kept, error)
         && (places || mh_analysers_tell_inbox (tx, taking->link, NULL, error));
}

gboolean
mh_analysers_take (MhTx *tx, gpointer data, GError **error)
{
  MhAnalysersTaking *taking = data;
  MhAnalysersSeen seen = { NULL };
  const char *link_id = mh_record_id (taking->link);
  const char *number = taking->message != NULL ? taking->message->control_id : NULL;
  g_autofree char *hash = analysers_take_hash_of (taking);
  g_autofree char *cut = number != NULL ? mh_text_cut (number, 200) : NULL;

  mh_analysers_taking_clear (taking);
  const MhAnalysersSent sent = { link_id, cut, hash };
  if (!mh_analysers_store_seen (mh_tx_db (tx), &sent, mh_tx_now (tx) - MH_ANALYSERS_NUMBER_AGAIN,
                                &seen, error)
      || !mh_analysers_store_heard (tx, link_id, mh_tx_now (tx), error))
    return FALSE;

  gboolean done = FALSE;
  if (seen.id != NULL)
    {
      answer_again (taking, &seen);
      done = mh_analysers_store_repeated (tx, seen.id, error);
    }
  else
    done = analysers_take_keep (tx, taking, hash, seen.same_number, error);

  mh_analysers_seen_clear (&seen);
  return done;
}

gboolean
mh_analysers_tell_inbox (MhTx *tx, MhRecord *link, const char *example, GError **error)
{
  const char *hospital_id = mh_record_text (link, MH_LINK_HOSPITAL_ID);
  g_autofree char *key = g_strconcat ("unmatched:", mh_record_id (link), NULL);
  g_autoptr (MhRecord) counted = mh_record_copy (link);
  if (!mh_tx_touch (tx, &mh_analyser_link_type, mh_record_id (link), hospital_id, error)
      || !mh_analysers_store_count (mh_tx_db (tx), counted, error))
    return FALSE;
  if (mh_record_int (counted, MH_LINK_N_OPEN) == 0 && example == NULL)
    return mh_alerts_clear (tx, hospital_id, key, error);
  if (example == NULL)
    return TRUE;

  const char *arguments[] = { mh_record_text (link, MH_LINK_NAME), example, NULL };
  return mh_alerts_raise (tx,
                          &(MhAlertDraft){ .kind = MH_ALERT_UNMATCHED_RESULT,
                                           .hospital_id = hospital_id,
                                           .subject_type = mh_analyser_link_type.code,
                                           .subject_id = mh_record_id (link),
                                           .arguments = arguments,
                                           .dedupe_key = key },
                          error);
}

static gint64
heard_of (MhRecord *link)
{
  return MAX (mh_record_int (link, MH_LINK_LAST_MESSAGE_AT),
              mh_record_int (link, MH_LINK_STATUS_AT));
}

gboolean
mh_analysers_is_quiet (MhRecord *link, gint64 now)
{
  gint64 minutes = mh_record_int (link, MH_LINK_QUIET_MINUTES);
  return minutes > 0 && mh_record_bool (link, MH_LINK_ENABLED)
         && g_strcmp0 (mh_record_text (link, MH_LINK_STATUS), MH_LINK_CONNECTED) != 0
         && now - heard_of (link) >= minutes * MH_MINUTE;
}

gboolean
mh_analysers_tell_quiet (MhTx *tx, MhRecord *link, GError **error)
{
  g_autofree char *key = g_strconcat ("offline:", mh_record_id (link), NULL);
  g_autofree char *since = g_strdup_printf ("@%" G_GINT64_FORMAT, heard_of (link));
  const char *arguments[] = { mh_record_text (link, MH_LINK_NAME), since, NULL };
  if (!mh_analysers_is_quiet (link, mh_tx_now (tx)))
    return TRUE;

  return mh_alerts_raise (
      tx,
      &(MhAlertDraft){ .kind = MH_ALERT_ANALYSER_OFFLINE,
                       .hospital_id = mh_record_text (link, MH_LINK_HOSPITAL_ID),
                       .subject_type = mh_analyser_link_type.code,
                       .subject_id = mh_record_id (link),
                       .arguments = arguments,
                       .dedupe_key = key },
      error);
}

gboolean
mh_analysers_tell_clock (MhTx *tx, MhRecord *link, gint64 minutes, GError **error)
{
  const char *hospital_id = mh_record_text (link, MH_LINK_HOSPITAL_ID);
  g_autofree char *key = g_strconcat ("clock:", mh_record_id (link), NULL);
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, minutes);
  const char *arguments[] = { mh_record_text (link, MH_LINK_NAME), count, NULL };

  if (minutes == 0)
    return mh_alerts_clear (tx, hospital_id, key, error);

  return mh_alerts_raise (tx,
                          &(MhAlertDraft){ .kind = MH_ALERT_ANALYSER_CLOCK,
                                           .severity = MH_ALERT_WARNING,
                                           .hospital_id = hospital_id,
                                           .subject_type = mh_analyser_link_type.code,
                                           .subject_id = mh_record_id (link),
                                           .arguments = arguments,
                                           .dedupe_key = key },
                          error);
}
