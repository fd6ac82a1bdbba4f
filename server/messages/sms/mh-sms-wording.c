/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/sms/mh-sms-wording.h"

#include "server/messages/sms/mh-sms-store.h"
#include "server/messages/sms/mh-sms-texts.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/messages/mh-sms.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-audit.h"

static MhRecord *
of_house (const char *event, const char *language)
{
  MhRecord *text = mh_record_new (&mh_sms_text_type);
  mh_record_set_text (text, MH_SMS_TEXT_EVENT, event);
  mh_record_set_text (text, MH_SMS_TEXT_LANGUAGE, mh_sms_texts_language (language));
  mh_record_set_text (text, MH_SMS_TEXT_TEXT, mh_sms_texts_words (event, language));
  mh_record_set_bool (text, MH_SMS_TEXT_CHANGED, FALSE);
  return text;
}

MhRecord *
mh_sms_wording_text (MhDb *db,
                     const char *hospital_id,
                     const char *event,
                     const char *language,
                     GError **error)
{
  GError *failure = NULL;
  MhRecord *own = mh_sms_store_text (db, hospital_id, event, language, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  return own != NULL ? own : of_house (event, language);
}

static MhRecord *
sms_wording_find_own (GPtrArray *own, const char *event, const char *language)
{
  for (guint i = 0; i < own->len; i++)
    {
      MhRecord *text = g_ptr_array_index (own, i);
      if (g_strcmp0 (mh_record_text (text, MH_SMS_TEXT_EVENT), event) == 0
          && g_strcmp0 (mh_record_text (text, MH_SMS_TEXT_LANGUAGE), language) == 0)
        return text;
    }
  return NULL;
}

GPtrArray *
mh_sms_wording_list (const MhRequest *req, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (GPtrArray) own
      = hospital_id != NULL ? mh_sms_store_texts (req->db, hospital_id, error) : NULL;
  if (own == NULL)
    return NULL;

  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  for (const MhCode *event = mh_sms_template_codes; event->code != NULL; event++)
    for (const MhCode *language = mh_sms_language_codes; language->code != NULL; language++)
      {
        MhRecord *mine = sms_wording_find_own (own, event->code, language->code);
        if (mine != NULL)
          mh_record_set_bool (mine, MH_SMS_TEXT_CHANGED, TRUE);
        g_ptr_array_add (all, mine != NULL ? g_object_ref (mine)
                                           : of_house (event->code, language->code));
      }

  return all;
}

/* --- as it would be sent --- */

/* With words of the usual length. */
static char *
sample (MhRecord *text, MhRecord *hospital)
{
  g_autofree char *amount
      = mh_money_display (51100, mh_record_text (hospital, MH_HOSPITAL_CURRENCY));
  const char *const words[]
      = { "hospital", mh_record_text (hospital, MH_HOSPITAL_NAME),
          "code",     "482913",
          "order",    "MH-000123",
          "amount",   amount,
          "url",      "https://rzp.io/i/nxrHnLJ",
          "token",    "COLL-12",
          "date",     "23 Nov 2026",
          "time",     "10:30",
          "link",     " https://hospital.example/a/01935e0000007000800000006b696f73",
          NULL };

  return mh_sms_texts_fill_words (mh_record_text (text, MH_SMS_TEXT_TEXT), words);
}

static MhRecord *
sms_wording_hospital_of (const MhRequest *req, GError **error)
{
  const char *id = mh_edit_hospital (req->actor, error);
  return id != NULL ? mh_store_get (req->db, &mh_hospital_type, id, error) : NULL;
}

MhRecord *
mh_sms_wording_preview (const MhRequest *req, MhRecord *draft, GError **error)
{
  g_autoptr (MhRecord) hospital = sms_wording_hospital_of (req, error);
  if (hospital == NULL)
    return NULL;
  char *filled = sample (draft, hospital);
  MhRecord *preview = mh_record_new (&mh_sms_preview_type);
  mh_record_set_int (preview, MH_SMS_PREVIEW_SEGMENTS, mh_sms_texts_segments (filled));
  mh_record_take_text (preview, MH_SMS_PREVIEW_TEXT, filled);
  return preview;
}

/* --- keeping it --- */

/* What is registered is registered word for word; carriers drop anything else under its number. */
static gboolean
check_registered (MhRecord *before, MhRecord *draft, GError **error)
{
  const char *dlt = mh_record_text (draft, MH_SMS_TEXT_DLT_ID);
  if (before == NULL || dlt == NULL || *dlt == '\0'
      || g_strcmp0 (dlt, mh_record_text (before, MH_SMS_TEXT_DLT_ID)) != 0
      || mh_record_field_equal (before, draft, MH_SMS_TEXT_TEXT))
    return TRUE;
  mh_error_set_field (
      error, "dlt_id", "stale",
      "Other words are registered under this number. Register these and enter their "
      "number, or leave it empty until you have it.");
  return FALSE;
}

static gboolean
sms_wording_check_length (MhRecord *draft, MhRecord *hospital, GError **error)
{
  g_autofree char *filled = sample (draft, hospital);
  if (mh_sms_texts_segments (filled) <= MH_SMS_MOST_SEGMENTS)
    return TRUE;
  mh_error_set_field (error, "text", "too_long", "This takes %u parts; at most %d are sent.",
                      mh_sms_texts_segments (filled), MH_SMS_MOST_SEGMENTS);
  return FALSE;
}

MhRecord *
mh_sms_wording_set (const MhRequest *req, MhRecord *draft, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) hospital = sms_wording_hospital_of (req, error);
  if (hospital == NULL || !sms_wording_check_length (draft, hospital, error))
    return NULL;

  g_autoptr (MhRecord) before = mh_sms_store_text (
      req->db, mh_record_id (hospital), mh_record_text (draft, MH_SMS_TEXT_EVENT),
      mh_record_text (draft, MH_SMS_TEXT_LANGUAGE), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  if (!check_registered (before, draft, error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before != NULL ? before : draft);
  if (before == NULL && !mh_record_has (after, MH_ID))
    mh_record_take_text (after, MH_ID, mh_id_new ());
  mh_record_set_text (after, MH_SMS_TEXT_HOSPITAL_ID, mh_record_id (hospital));
  mh_record_set_text (after, MH_SMS_TEXT_TEXT, mh_record_text (draft, MH_SMS_TEXT_TEXT));
  mh_record_set_text (after, MH_SMS_TEXT_DLT_ID, mh_record_text (draft, MH_SMS_TEXT_DLT_ID));
  mh_record_set_bool (after, MH_SMS_TEXT_CHANGED, TRUE);

  gboolean done = before != NULL
                      ? mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                      : mh_tx_insert (req->tx, after, MH_AUDIT_CREATE, NULL, error);
  return done ? g_steal_pointer (&after) : NULL;
}

MhRecord *
mh_sms_wording_reset (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) own = mh_edit_get (req, &mh_sms_text_type, id, error);
  if (own == NULL || !mh_tx_delete (req->tx, own, NULL, error))
    return NULL;
  return of_house (mh_record_text (own, MH_SMS_TEXT_EVENT),
                   mh_record_text (own, MH_SMS_TEXT_LANGUAGE));
}
