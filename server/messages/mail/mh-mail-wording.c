/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hospital's own words instead of the house's. */
#include "server/messages/mail/mh-mail-service.h"
#include "server/platform/actor/mh-request.h"

#include "server/messages/mail/mh-mail-texts.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-accent.h"
#include "shared/records/platform/mh-audit.h"

MhRecord *
mh_mail_service_text (MhDb *db,
                      const char *hospital_id,
                      const char *event,
                      const char *language,
                      GError **error)
{
  GError *failure = NULL;
  MhRecord *own = mh_mail_store_template (db, hospital_id, event, language, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  return own != NULL ? own : mh_mail_texts_default (event, language);
}

static MhRecord *
mail_wording_find_own (GPtrArray *own, const char *event, const char *language)
{
  for (guint i = 0; i < own->len; i++)
    {
      MhRecord *text = g_ptr_array_index (own, i);
      if (g_strcmp0 (mh_record_text (text, MH_MAIL_TEMPLATE_EVENT), event) == 0
          && g_strcmp0 (mh_record_text (text, MH_MAIL_TEMPLATE_LANGUAGE), language) == 0)
        return text;
    }
  return NULL;
}

GPtrArray *
mh_mail_service_templates (const MhRequest *req, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (GPtrArray) own
      = hospital_id != NULL ? mh_mail_store_templates (req->db, hospital_id, error) : NULL;
  if (own == NULL)
    return NULL;

  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  const char *const *languages = mh_mail_texts_languages ();
  for (const MhCode *event = mh_mail_event_codes; event->code != NULL; event++)
    for (guint i = 0; languages[i] != NULL; i++)
      {
        MhRecord *mine = mail_wording_find_own (own, event->code, languages[i]);
        if (mine != NULL)
          mh_record_set_bool (mine, MH_MAIL_TEMPLATE_CHANGED, TRUE);
        g_ptr_array_add (all, mine != NULL ? g_object_ref (mine)
                                           : mh_mail_texts_default (event->code, languages[i]));
      }

  return all;
}

static gboolean
check_language (MhRecord *draft, GError **error)
{
  const char *language = mh_record_text (draft, MH_MAIL_TEMPLATE_LANGUAGE);
  if (g_strv_contains (mh_mail_texts_languages (), language))
    return TRUE;
  mh_error_set_field (error, "language", "unknown_code", "Mails are written in en and hi.");
  return FALSE;
}

MhRecord *
mh_mail_service_set_template (const MhRequest *req, MhRecord *draft, GError **error)
{
  GError *failure = NULL;
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  if (hospital_id == NULL || !check_language (draft, error))
    return NULL;

  g_autoptr (MhRecord) before = mh_mail_store_template (
      req->db, hospital_id, mh_record_text (draft, MH_MAIL_TEMPLATE_EVENT),
      mh_record_text (draft, MH_MAIL_TEMPLATE_LANGUAGE), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : mh_record_copy (draft);
  if (before == NULL && !mh_record_has (after, MH_ID))
    mh_record_take_text (after, MH_ID, mh_id_new ());
  mh_record_set_text (after, MH_MAIL_TEMPLATE_HOSPITAL_ID, hospital_id);
  mh_record_set_text (after, MH_MAIL_TEMPLATE_SUBJECT,
                      mh_record_text (draft, MH_MAIL_TEMPLATE_SUBJECT));
  mh_record_set_text (after, MH_MAIL_TEMPLATE_TEXT, mh_record_text (draft, MH_MAIL_TEMPLATE_TEXT));
  mh_record_set_bool (after, MH_MAIL_TEMPLATE_ACTIVE,
                      !mh_record_has (draft, MH_MAIL_TEMPLATE_ACTIVE)
                          || mh_record_bool (draft, MH_MAIL_TEMPLATE_ACTIVE));
  mh_record_set_bool (after, MH_MAIL_TEMPLATE_CHANGED, TRUE);

  gboolean done = before != NULL
                      ? mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                      : mh_tx_insert (req->tx, after, MH_AUDIT_CREATE, NULL, error);
  return done ? g_steal_pointer (&after) : NULL;
}

MhRecord *
mh_mail_service_reset_template (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) own = mh_edit_get (req, &mh_mail_template_type, id, error);
  if (own == NULL || !mh_tx_delete (req->tx, own, NULL, error))
    return NULL;
  return mh_mail_texts_default (mh_record_text (own, MH_MAIL_TEMPLATE_EVENT),
                                mh_record_text (own, MH_MAIL_TEMPLATE_LANGUAGE));
}

MhRecord *
mh_mail_service_preview (const MhRequest *req, MhRecord *draft, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  const char *language = mh_record_text (draft, MH_MAIL_TEMPLATE_LANGUAGE);
  g_autoptr (MhRecord) hospital
      = hospital_id != NULL ? mh_store_get (req->db, &mh_hospital_type, hospital_id, error) : NULL;

  if (hospital == NULL)
    return NULL;

  g_autofree char *accent = NULL;
  if (!mh_setting_text (req->db, hospital_id, MH_SET_MAIL_ACCENT, &accent, error))
    return NULL;

  const char *currency = mh_record_text (hospital, MH_HOSPITAL_CURRENCY);
  g_autofree char *amount = mh_money_display (51100, currency);
  MhMailWords words = { .name = g_strcmp0 (language, "hi") == 0 ? "आशा वर्मा" : "Asha Verma",
                        .order = "MH-000123",
                        .amount = amount,
                        .due = amount,
                        .expires = "23 Nov 2026, 10:00",
                        .hospital = hospital,
                        .language = language,
                        .accent = accent };

  return mh_mail_texts_fill (draft, &words);
}
