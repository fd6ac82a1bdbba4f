/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-mail-letter.h"

#include <string.h>

#include "server/messages/mail/mh-locked-pdf.h"
#include "server/messages/mail/mh-mail-service.h"
#include "server/messages/mail/mh-mail-texts.h"
#include "server/messages/mail/mh-mime.h"
#include "server/platform/common/mh-public-link.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-accent.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/reports/mh-report-parts.h"

typedef struct
{
  MhRecord *order, *patient, *hospital, *text, *report, *user;
  char *accent; /* colour of the head */
} Parts;

static void
mail_letter_parts_clear (Parts *parts)
{
  g_clear_object (&parts->order);
  g_clear_object (&parts->patient);
  g_clear_object (&parts->hospital);
  g_clear_object (&parts->text);
  g_clear_object (&parts->report);
  g_clear_object (&parts->user);
  g_clear_pointer (&parts->accent, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, mail_letter_parts_clear)

void
mh_mail_letter_clear (MhMailLetter *letter)
{
  g_clear_pointer (&letter->message, g_bytes_unref);
}

char *
mh_mail_letter_sender (MhServer *server)
{
  char *address = mh_mime_address (mh_server_config_text (mh_server_config (server), "smtp.from"));
  return address != NULL ? address : g_strdup ("mahima@localhost");
}

/* --- what it is about --- */

static gboolean
wants_report (MhDb *db, MhRecord *mail, MhRecord *patient, gboolean *out_wants, GError **error)
{
  gboolean allowed = FALSE;
  if (!mh_setting_bool (db, mh_record_text (mail, MH_MAIL_HOSPITAL_ID), MH_SET_MAIL_ATTACH_REPORT,
                        &allowed, error))
    return FALSE;
  *out_wants = allowed && mh_record_has (mail, MH_MAIL_REPORT_ID)
               && mh_record_bool (patient, MH_PATIENT_CONSENT_EMAIL)
               && mh_record_has (patient, MH_PATIENT_BIRTH_DATE)
               && !mh_record_bool (patient, MH_PATIENT_BIRTH_ESTIMATED);
  return TRUE;
}

static gboolean
load_from (MhDb *db, MhRecord *mail, Parts *parts, GError **error)
{
  gboolean report = FALSE;
  parts->order = mh_store_get (db, &mh_order_type, mh_record_text (mail, MH_MAIL_ORDER_ID), error);
  parts->patient
      = parts->order != NULL
            ? mh_store_get (db, &mh_patient_type, mh_record_text (mail, MH_MAIL_PATIENT_ID), error)
            : NULL;
  parts->hospital = parts->patient != NULL ? mh_store_get (
                        db, &mh_hospital_type, mh_record_text (mail, MH_MAIL_HOSPITAL_ID), error)
                                           : NULL;
  parts->text = parts->hospital != NULL
                    ? mh_mail_service_text (db, mh_record_text (mail, MH_MAIL_HOSPITAL_ID),
                                            mh_record_text (mail, MH_MAIL_EVENT),
                                            mh_record_text (mail, MH_MAIL_LANGUAGE), error)
                    : NULL;

  const char *user_id = mh_record_text (mail, MH_MAIL_USER_ID);
  if (parts->text != NULL && user_id != NULL
      && (parts->user = mh_store_get (db, &mh_user_type, user_id, error)) == NULL)
    return FALSE;
  if (parts->text != NULL
      && !mh_setting_text (db, mh_record_text (mail, MH_MAIL_HOSPITAL_ID), MH_SET_MAIL_ACCENT,
                           &parts->accent, error))
    return FALSE;
  if (parts->text == NULL || !wants_report (db, mail, parts->patient, &report, error))
    return FALSE;

  if (report)
    parts->report
        = mh_store_get (db, &mh_report_type, mh_record_text (mail, MH_MAIL_REPORT_ID), error);

  return !report || parts->report != NULL;
}

static gboolean
mail_letter_load (MhServer *server, MhRecord *mail, Parts *parts, GError **error)
{
  MhStore *store = mh_server_store (server);
  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return FALSE;
  gboolean ok = load_from (db, mail, parts, error);
  mh_store_give_reader (store, db);
  return ok;
}

/* --- the words --- */

/* In the language of the mail; NULL without a code or a public address. */
static char *
ask_how (MhServer *server, MhRecord *mail, const char *code)
{
  const char *url = mh_server_config_text (mh_server_config (server), "server.public_url");
  gboolean hindi = g_strcmp0 (mh_record_text (mail, MH_MAIL_LANGUAGE), "hi") == 0;
  g_autofree char *link = mh_public_link (url, MH_PUBLIC_FEEDBACK, code);
  if (link == NULL)
    return NULL;
  return hindi ? g_strdup_printf ("आपका अनुभव कैसा रहा? यहाँ बताएँ: %s (कोड %s)", link, code)
               : g_strdup_printf ("How was it? Tell us here: %s (code %s)", link, code);
}

static MhRecord *
mail_letter_fill (MhServer *server, MhRecord *mail, const char *code, const Parts *parts)
{
  const char *currency = mh_record_text (parts->order, MH_ORDER_CURRENCY);
  gint64 amount = mh_record_int (mail, MH_MAIL_AMOUNT);
  gint64 expires = mh_record_int (parts->order, MH_ORDER_EXPIRES_AT);
  const MhWords *words = mh_words_for (mh_record_text (mail, MH_MAIL_LANGUAGE));
  g_autoptr (GTimeZone) zone = mh_part_zone (parts->hospital);
  g_autofree char *name = mh_record_display (parts->user != NULL ? parts->user : parts->patient);
  g_autofree char *shown = mh_money_display (
      amount > 0 ? amount : mh_record_int (parts->order, MH_ORDER_TOTAL), currency);
  g_autofree char *due = mh_money_display (mh_record_int (parts->order, MH_ORDER_DUE), currency);
  g_autofree char *asked = ask_how (server, mail, code);
  g_autofree char *until = mh_words_instant (words, expires, zone);

  return mh_mail_texts_fill (
      parts->text, &(MhMailWords){ .name = name,
                                   .order = mh_record_text (parts->order, MH_ORDER_NUMBER),
                                   .amount = shown,
                                   .due = due,
                                   .expires = until,
                                   .feedback = asked,
                                   .hospital = parts->hospital,
                                   .language = mh_record_text (mail, MH_MAIL_LANGUAGE),
                                   .accent = parts->accent });
}

static MhMailDrawing mail_drawing;

void
mh_mail_letter_set_drawing (MhMailDrawing drawing)
{
  mail_drawing = drawing;
}

/* The date of birth as eight digits. */
static char *
password_of (MhRecord *patient)
{
  MhDate birth = { 0 };
  if (!mh_date_parse (mh_record_text (patient, MH_PATIENT_BIRTH_DATE), &birth))
    return NULL;
  return g_strdup_printf ("%02d%02d%04d", birth.day, birth.month, birth.year);
}

static GBytes *
attachment (MhServer *server, MhRecord *mail, const Parts *parts, GError **error)
{
  g_autofree char *password = password_of (parts->patient);
  g_autoptr (GBytes) open
      = mail_drawing (server, parts->report, mh_record_text (mail, MH_MAIL_LANGUAGE), error);
  return open != NULL && password != NULL ? mh_locked_pdf (open, password, error) : NULL;
}

/* "City Hospital <noreply@…>": the hospital's name stands there unless smtp.from brings one. */
static char *
from_line (MhServer *server, MhRecord *hospital)
{
  const char *from = mh_server_config_text (mh_server_config (server), "smtp.from");
  const char *name = mh_record_text (hospital, MH_HOSPITAL_NAME);
  if (strchr (from, '<') != NULL || name == NULL)
    return g_strdup (from);
  g_autofree char *plain = g_strdelimit (g_strdup (name), "\"\\<>\r\n", ' ');
  return g_strdup_printf ("\"%s\" <%s>", plain, from);
}

gboolean
mh_mail_letter_write (MhServer *server,
                      MhRecord *mail,
                      const char *code,
                      MhMailLetter *out_letter,
                      GError **error)
{
  g_auto (Parts) parts = { 0 };
  g_autoptr (GBytes) pdf = NULL;
  if (!mail_letter_load (server, mail, &parts, error))
    return FALSE;

  if (!mh_record_bool (parts.text, MH_MAIL_TEMPLATE_ACTIVE))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "The hospital does not send this mail.");
      return FALSE;
    }

  if (parts.report != NULL && (pdf = attachment (server, mail, &parts, error)) == NULL)
    return FALSE;

  g_autoptr (MhRecord) filled = mail_letter_fill (server, mail, code, &parts);
  g_autoptr (GTimeZone) zone = mh_part_zone (parts.hospital);
  g_autofree char *from = from_line (server, parts.hospital);
  MhMimeMail message = { .from = from,
                         .to = mh_record_text (mail, MH_MAIL_RECIPIENT),
                         .subject = mh_record_text (filled, MH_MAIL_PREVIEW_SUBJECT),
                         .text = mh_record_text (filled, MH_MAIL_PREVIEW_TEXT),
                         .html = mh_record_text (filled, MH_MAIL_PREVIEW_HTML),
                         .message_id = mh_record_text (mail, MH_MAIL_MESSAGE_ID),
                         .date = mh_clock_now (mh_server_clock (server)),
                         .zone = zone,
                         .pdf = pdf };
  GBytes *bytes = mh_mime_compose (&message, error);

  if (bytes == NULL)
    return FALSE;

  *out_letter = (MhMailLetter){ bytes, pdf != NULL };
  return TRUE;
}
